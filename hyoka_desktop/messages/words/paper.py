"""The words around the pages: preview, zoom, search on them."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "preview": "ページのプレビュー",
    "preview_wait": "準備中…",
    "preview_updating": "更新中…",
    "preview_failed": "作れませんでした（入力は無事です）",
    "page_of": "{page}ページ目／全{pages}ページ",
    "of_pages": "/ {pages}",
    "page_number": "ページ番号",
    "thumbnails": "縮小したページ",
    "zoom": "倍率",
    "find_on_page": "ページの中で探す言葉",
    "find_tip": "Enter：次へ　Shift+Enter：前へ　Ctrl+Enter：その欄へ移る　Esc：閉じる",
    "find_count": "{current} / {found}件",
    "find_none": "見つかりません",
}

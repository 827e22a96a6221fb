"""The words of the window itself and of its messages."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "window_title": "{heading} — {application}",
    "menu_file": "ファイル(&F)",
    "menu_edit": "編集(&E)",
    "menu_item": "項目(&I)",
    "menu_view": "表示(&V)",
    "menu_help": "ヘルプ(&H)",
    "year": "年度",
    "side": "右側の欄",
    "panel_preview": "プレビュー",
    "tree": "評価書の構成",
    "filter": "項目を絞り込む",
    "saves_itself": "自動で保存しています。保存の操作は必要ありません。",
    "progress_none": "項目はまだありません",
    "progress": "自己評価の評語を記入した項目 {done}/{all}",
    "cancel": "キャンセル",
    "ok": "OK",
    "close": "閉じる",
    "choose": "選ぶ…",
    "crash_title": "不具合が起きました",
    "crash_text": "プログラムの不具合で、操作を完了できませんでした。\n保存済みの内容は無事です。作業は続けられますが、"
    "念のためファイルを開き直してください。\n\n種類：{kind}",
    "error_title": "できませんでした",
    "about_text": "評価書作成 {version}\nMIT ライセンス。"
    "書体は BIZ UD と、Noto CJK から作った Hyoka Supplement（ともに OFL 1.1）、"
    "アイコンは Tabler Icons（MIT）、画面は Qt for Python（LGPL 3.0）です。\n"
    "ライセンスの全文は、プログラムのフォルダーの中の licences フォルダーにあります。",
}

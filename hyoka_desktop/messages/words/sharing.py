"""The words on shared folders: working copies, publishing, and what others publish meanwhile."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "previous_name": "{stem}（前の版 {stamp}）.hyoka",
    "beside_name": "{stem}（{person}の作業分 {stamp}）.hyoka",
    "checked_out": "共有フォルダーの評価書です。手元の作業コピーで作業し、区切りで公開します。",
    "checkout_resumed": "前回の続きです。まだ公開していない作業コピーを開きました。",
    "copy_put_away": "前の作業コピーの記録が壊れていて、続きからは開けませんでした。\n"
    "前の作業コピーは、公開していない変更も含めて「{path}」に移してあります。\n"
    "そのファイルを開いて、必要な変更がないか確かめてください。",
    "share_state": "手元の作業コピー・公開 {time}",
    "share_state_unpublished": "手元の作業コピー・公開 {time}（未公開の変更あり）",
    "publishing": "共有フォルダーへ公開しています…",
    "publishing_stopped": "公開を中止しました。共有フォルダーのファイルは元のままです。",
    "published": "共有フォルダーへ公開しました。前の版は「前の版」の名前で残してあります。",
    "not_shared": "この評価書は共有フォルダーにないため、公開する必要はありません。",
    "already_shared": "このフォルダーは、既に共有フォルダーとして扱っています。",
    "is_newest": "開いているのは写しではなく、最新の内容です。",
    "nothing_to_publish": "公開していない変更はありません。",
    "unpublished_close": "共有フォルダーに公開していない変更があります。公開してから閉じますか。\n"
    "公開せずに閉じても、作業コピーはこのパソコンに残り、スタート画面から続けられます。",
    "publish_and_close": "公開して閉じる",
    "close_unpublished": "公開せずに閉じる",
    "publish_beside": "別の名前で置く",
    "leave_for_later": "あとにする",
    "beside_done": "あなたの作業分を、別の名前でフォルダー「{path}」に置きました。元の評価書はそのままです。",
    "share_title": "共有フォルダーの評価書",
    "waiting_title": "公開していない作業コピー",
    "waiting_line": "{name}（公開 {time} の後の変更が未公開）",
    "waiting_text": "「{path}」の作業コピーに、公開していない変更があります。",
    "waiting_continue": "続きから作業する",
    "waiting_publish": "公開する",
    "waiting_discard": "破棄する…",
    "discard_sure": "「{path}」の、公開していない変更を破棄しますか。\n"
    "作業コピーは「破棄した作業コピー」の控えとしてこのパソコンに残し、共有フォルダーの評価書は変えません。",
    "discard_do": "破棄する",
    "discarded": "破棄しました。控えは「{path}」にあります。",
    "news_published": "新しい内容が公開されました（F5 で開き直す）",
    "news_released": "編集が終わりました（F5 で開き直す）",
    "held_state": "{person}さんが{since}から編集中",
    "at_closing_ask": "共有フォルダーの評価書を閉じるとき、公開していない変更をいつも公開しますか。",
    "at_closing_always": "いつも公開する",
    "at_closing_each": "毎回確かめる",
    "mark_shared_ask": "フォルダー「{folder}」を共有フォルダーとして扱いますか。\n"
    "この中の評価書は、手元の作業コピーで作業し、区切りで公開するようになります。",
    "mark_shared_do": "共有フォルダーとして扱う",
}

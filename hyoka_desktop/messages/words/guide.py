"""The words of the help, of the tour for a first start, and of several windows."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "help_title": "使い方",
    "help_find": "使い方の中を検索",
    "help_contents": "目次",
    "help_page": "使い方のページ",
    "help_none": "その言葉を含むページはありません。",
    "help_back": "前のページに戻る（Alt+←）",
    "help_forward": "次のページに進む（Alt+→）",
    "recent_title": "最近使った評価書",
    "recent_hint": "ファイルの名前かフォルダー",
    "recent_no_match": "その名前のファイルはありません。",
    "drop_nothing": "開けるのは、評価書（.hyoka）と交換形式（.json）のファイルです。",
    "tour_card": "初めての方へ（3分）",
    "tour_card_text": "見本の評価書を開き、画面の使い方を5つの手順でご案内します。",
    "tour_card_start": "案内を始める",
    "tour_card_end": "表示しない",
    "tour_name": "使い方の案内",
    "tour_step": "{step} / {steps}",
    "tour_next": "次へ",
    "tour_end": "やめる",
    "tour_done": "終わる",
    "tour_tree": "左は評価書の構成です。↑↓キーで項目を選び、Enter で入力欄に移ります。"
    "見本なので、自由に書き換えて構いません。",
    "tour_write": "ここに書きます。保存ボタンはなく、一字ごとに自動で保存されます。Ctrl+Z で、どの操作も元に戻せます。",
    "tour_indicators": "指標は表に入力します。計画値と実績値は書いたとおりに印刷され、達成度は自動で計算されます。",
    "tour_preview": "右は、印刷されるページそのものです。ページの文字を押すと、その欄に移ります。"
    "F9 で表示と非表示を切り替えられます。",
    "tour_export": "できあがったら「書き出し」（Ctrl+E）で Word・PDF・Excel にします。"
    "困ったときは F1 で、その画面の使い方が開きます。",
}

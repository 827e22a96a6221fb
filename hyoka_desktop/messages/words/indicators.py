"""The words for sending the indicators to Excel and taking them back."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "filter_xlsx": "Excel ブック (*.xlsx)",
    "indicators_file": "{stem} 指標 {year}.xlsx",
    "indicators_title": "指標",
    "indicators_number": "項目番号",
    "indicators_item": "項目名",
    "indicators_row": "行",
    "indicators_working": "Excel のファイルを作っています…",
    "indicators_reading": "Excel のファイルを読んでいます…",
    "indicators_written": "指標を書き出しました：{path}",
    "indicators_taken": "Excel から{count}セルを取り込みました（Ctrl+Z で元に戻せます）",
    "return_title": "Excel から指標を取り込む",
    "return_text": "次の{count}セルが変わります。取り込むものに印を付けて「取り込む」を押してください。"
    "押すまで、評価書は変わりません。",
    "return_nothing": "変わるセルはありません。",
    "return_refused": "取り込めないもの（{count}件）",
    "return_take": "取り込む",
    "return_all": "すべて選ぶ",
    "return_none": "すべて外す",
    "return_where": "指標",
    "return_column": "欄",
    "return_before": "今の内容",
    "return_after": "Excel の内容",
    "return_note": "注意",
    "return_sheet_row": "Excel の行",
    "return_text_there": "内容",
    "return_why": "理由",
    "doubt_unknown_row": "この評価書の指標と結び付けられない行です",
    "doubt_repeated_row": "同じ指標の行が上にもあります",
    "doubt_unknown_column": "この様式にない列です",
    "doubt_uncalculated": "計算式の結果が保存されていません。Excel で開いて保存し直してください",
    "doubt_error": "計算の誤り（#N/A など）です",
    "doubt_day": "日付や時刻になっています。文字として入力してください",
    "doubt_choice": "選択肢にない言葉です",
    "doubt_clashing": "同じ指標の欄に、上の行と違う内容があります",
    "doubt_changed_here": "書き出した後に、評価書でも変わっています",
    "doubt_unread": "数量として読み取れません（書いたまま取り込みます）",
}

"""The words of writing: pasted text, last year's text, values of indicators in prose."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "characters_selected": "{selected}字を選択／{count}字",
    "pasted_tidy": "{details}を整えて貼り付けました。Ctrl+Z で貼り付けたままの文に戻ります。",
    "tidied_soft_hyphen": "見えないハイフン{count}個",
    "tidied_bullet": "箇条書きの記号{count}個",
    "tidied_cell": "セルの引用符・改行",
    "tidied_joined_line": "文の途中の改行{count}か所",
    "tidied_joined_word": "行末で分かれた英単語{count}語",
    "value_tip": "{name}の{field}（指標の表の値がそのまま印刷されます）",
    "value_lacking_tip": "{name}の{field}：指標の表に値がありません",
    "value_insert": "指標の値を入れる",
    "value_filter": "指標名で絞り込む",
    "value_choice": "{name}　{field}　{value}",
    "value_none": "（未入力）",
    "value_no_match": "当てはまる指標がありません",
    "past_show": "前年度",
    "past_tip": "前年度までの同じ欄の文を並べて表示します（Alt+L）。"
    "\n今年度にない所に取り消し線、新しい所に下線が付きます（共通する文が少ないときは付きません）。",
    "past_name": "{label} {year}の文",
    "past_year": "並べる年度",
    "past_copy": "前年度の文を写す",
    "past_copy_tip": "選んだ年度の文でこの欄を置き換えます。Ctrl+Z で元に戻せます。",
    "past_none": "（この年度の記入はありません）",
    "export_lacking": "次の欄の文章で使っている指標の値が、まだ入力されていません。"
    "このまま書き出すと、【？指標名】と印刷されます。"
    "\n\n{places}",
    "print_lacking": "値のない指標が【？】と印刷されます：{places}",
}

"""The words of the table of indicators."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "trend": "推移",
    "grid_read_as": "読み取り：{quantity}",
    "grid_range": "{low}～{high}",
    "grid_met": "達成",
    "grid_missed": "未達成",
    "grid_trend": "実績値の推移：{values}",
    "grid_unread_sign": "？",
    "grid_keys": "Tab・矢印キーで移動、F2 で編集。表から出るには Esc を押してから Tab",
    "grid_empty": "まだ行がありません。Enter か、上の「追加」のボタンで、最初の行を追加します",
    "grid_description": "表計算と同じキーで操作できます。Enter で下へ、Tab で右へ、F2 で編集、Delete で消去、"
    "Ctrl+D で下へコピー、Ctrl+R で右へコピー、Ctrl+Enter で選んだセルすべてに入力。"
    "表から出るには Esc を押してから Tab、次のタブへは Ctrl+Tab。",
    "grid_leave": "Tab を押すと表から出ます",
    "grid_pasted": "{cells}セルに貼り付けました",
    "grid_spread": "{cells}セルに入力しました",
    "grid_filled": "{cells}セルにコピーしました",
    "grid_cleared": "{cells}セルを消去しました",
    "grid_copied": "{cells}セルをコピーしました",
    "grid_nothing": "変わったセルはありません",
    "grid_skipped": "書き込めない欄の{count}セルは、そのままです",
    "grid_refused": "選択肢にない{count}セルは、そのままです",
    "grid_clashing": "同じ指標の欄に違う内容が重なった{count}セルは、先の行の内容にしました",
    "grid_joined_lines": "改行{count}か所を空白にしました",
    "grid_cut_columns": "表の右端を超える{count}列は貼り付けていません",
    "grid_cut_rows": "表に入らない{count}行は貼り付けていません",
    "grid_cleaned": "使えない文字を整えました（{details}）",
    "grid_paste_title": "貼り付け",
    "grid_too_long": "貼り付ける内容は{rows}行で、表の下端まで{missing}行足りません。",
    "grid_too_wide": "貼り付ける内容は{columns}列で、表の右端を{missing}列超えます。超える列は貼り付けられません。",
    "grid_paste_add": "指標を{missing}件追加して貼り付ける",
    "grid_paste_part": "入る分だけ貼り付ける",
}

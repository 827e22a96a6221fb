"""The words that explain a 達成度: its formula, or why there is none."""

from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, str]] = {
    "no_actual": "実績値がまだありません。",
    "no_target": "計画値がないため、計算しません。",
    "no_baseline": "基準値を一つの数量として読み取れないため、計算しません。",
    "yes_no": "有無で見る指標のため、計算しません。",
    "milestone": "節目（期日）で見る指標のため、計算しません。",
    "qualitative": "定性的な指標のため、計算しません。",
    "not_a_quantity": "計画値か実績値を一つの数量として読み取れないため、計算しません。",
    "units_differ": "計画値と実績値の単位が違うため、計算しません。",
    "range": "範囲の値のため、計算しません。",
    "not_positive": "0以下の値のため、計算しません。",
}
FORMULAS: Final[Mapping[str, str]] = {
    "larger": "実績値 {actual} ÷ 計画値 {target} = {rate}（大きい方が良い指標として計算。小数第1位未満切捨て）",
    "smaller": "計画値 {target} ÷ 実績値 {actual} = {rate}（小さい方が良い指標として計算。小数第1位未満切捨て）",
    "reduction": "（基準値 {baseline} － 実績値 {actual}）÷（基準値 {baseline} － 計画値 {target}）= {rate}"
    "（基準値から減らす指標として計算。小数第1位未満切捨て）",
}
UNREAD: Final[Mapping[str, str]] = {
    "no_number": "数が書かれていないため、数量として計算に使いません。",
    "several": "数が二つ以上あり、一つに決められないため、計算に使いません。",
    "compared": "ほかの年度などと比べた増減で、それだけでは数量にならないため、計算に使いません。",
    "phrase": "数のほかに文があり、一つの数量に決められないため、計算に使いません。",
    "ambiguous": "丸数字や分数などの文字があり、数を確かめられないため、計算に使いません。",
}
"""Why a text was not read as a quantity."""

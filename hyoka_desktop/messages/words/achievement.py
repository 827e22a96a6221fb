"""The words that explain a 達成度: its formula, or why there is none."""

from collections.abc import Mapping
from typing import Final

REASONS: Final[Mapping[str, str]] = {
    "no_actual": "実績値がまだありません。",
    "no_target": "計画値がないため、計算しません。",
    "not_a_quantity": "計画値か実績値を一つの数量として読み取れないため、計算しません。",
    "units_differ": "計画値と実績値の単位が違うため、計算しません。",
    "range": "範囲の値のため、計算しません。",
    "not_positive": "0以下の値のため、計算しません。",
}
FORMULAS: Final[Mapping[str, str]] = {
    "larger": "実績値 {actual} ÷ 計画値 {target} = {rate}（大きい方が良い指標として計算。小数第1位未満切捨て）",
    "smaller": "計画値 {target} ÷ 実績値 {actual} = {rate}（小さい方が良い指標として計算。小数第1位未満切捨て）",
}

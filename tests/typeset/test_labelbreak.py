"""Labels of narrow columns: as many lines as any text would take, but alike and parted between words."""

from collections import defaultdict

import pytest

from hyoka_desktop.typeset.labelbreak import break_label
from hyoka_desktop.typeset.linebreak import break_text

FULL = defaultdict(lambda: 1000.0)


@pytest.mark.parametrize(
    ("ems", "lines"),
    [
        (3.8, ["中期", "目標"]),
        (4.0, ["中期目標"]),
        (5.2, ["主な", "評価指標"]),
        (6.9, ["業務実績・", "自己評価"]),
        (8.0, ["主務大臣による", "評価"]),
        (4.9, ["（参考", "情報）"]),
        (3.0, ["評定に", "至った", "理由"]),
        (2.0, ["従事", "人員", "数"]),
        (2.0, ["令和", "４", "年度"]),
        (2.0, ["令和", "4", "年度"]),
    ],
)
def test_a_label_is_parted_between_words(ems, lines):
    assert list(break_label("".join(lines), FULL, ems * 1000)) == lines


@pytest.mark.parametrize("ems", [1.0, 1.5, 2.0, 2.9, 3.8, 5.0, 7.5, 11.0])
@pytest.mark.parametrize(
    "text",
    [
        "中期目標",
        "法人の業務実績・自己評価",
        "当該項目の重要度、困難度",
        "予算額（千円）",
        "ABC123の指標",
        "",
        "々々々",
    ],
)
def test_it_takes_no_more_lines_than_any_text_and_loses_nothing(text, ems):
    lines = break_label(text, FULL, ems * 1000)
    assert "".join(lines) == text
    assert len(lines) == len(break_text(text, FULL, ems * 1000))


def test_a_sentence_in_a_label_is_filled():
    text = "この欄には法人の業務の実績を記載する。" * 4
    assert break_label(text, FULL, 12000.0) == break_text(text, FULL, 12000.0)

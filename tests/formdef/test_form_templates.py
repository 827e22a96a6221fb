"""Templates of captions: places for fields, formats, patterns and braces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.formdef.template import Format, Place, Template, parse_template

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
LITERALS = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1, max_size=8)
PLACES = st.builds(
    Place,
    st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    st.none() | st.sampled_from(Format),
    st.none() | st.text(st.characters(codec="utf-8", exclude_characters="{}"), max_size=5),
)


def written(part: str | Place) -> str:
    if isinstance(part, str):
        return part.replace("{", "{{").replace("}", "}}")
    name = "|".join(part.names) + (f":{part.format.value}" if part.format else "")
    return "{" + name + (f"?{part.pattern}" if part.pattern is not None else "") + "}"


@given(st.lists(st.one_of(LITERALS, PLACES), max_size=6))
def test_a_written_template_reads_as_its_parts(parts: list[str | Place]) -> None:
    template = parse_template("".join(written(part) for part in parts))
    assert [part for part in template.parts if isinstance(part, Place)] == [p for p in parts if isinstance(p, Place)]
    assert "".join(part for part in template.parts if isinstance(part, str)) == "".join(
        part for part in parts if isinstance(part, str)
    )


@given(st.text(max_size=20))
def test_a_text_with_doubled_braces_stands_for_itself(text: str) -> None:
    template = parse_template(written(text))
    assert "".join(part for part in template.parts if isinstance(part, str)) == text
    assert template.names == ()


@given(st.text("{}|:?%abc_あ", max_size=12))
def test_any_text_is_a_template_or_refused_with_the_faulty_piece(source: str) -> None:
    fault, template = "", Template(())
    try:
        template = parse_template(source)
    except ValueError as raised:
        fault = str(raised)
    assert fault.strip("{}") in source
    assert all(part != "" for part in template.parts)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("", ()),
        ("評定", ("評定",)),
        ("{policy}", (Place(("policy",)),)),
        ("・{label|name}：{actual}", ("・", Place(("label", "name")), "：", Place(("actual",)))),
        ("{cover_date:date}", (Place(("cover_date",), Format.DATE),)),
        ("{target?【計画：%】}", (Place(("target",), None, "【計画：%】"),)),
        ("{year:fiscal_year?%の}", (Place(("year",), Format.FISCAL_YEAR, "%の"),)),
        ("{a?}", (Place(("a",), None, ""),)),
        ("{a?%\n}", (Place(("a",), None, "%\n"),)),
    ],
)
def test_a_template_is_read_as_it_is_meant(source: str, parts: tuple[object, ...]) -> None:
    assert parse_template(source) == Template(parts)


@pytest.mark.parametrize(
    "source", ["{", "}", "{}", "{ a}", "{a", "a}", "{a|}", "{a:DATE}", "{法人名}", "{a:}", "{a?{b}}"]
)
def test_what_is_no_template_is_refused(source: str) -> None:
    with pytest.raises(ValueError):
        parse_template(source)

"""Say what was found in a document that came back from Word: what there was, and what was done about it."""

from collections.abc import Mapping
from typing import Final

from hyoka_desktop.messages.commandline import ODDITIES

_LONGEST: Final = 60
_NOT_TAKEN: Final = "取り込んでいません。"
_NOWHERE: Final = "本文"
_EMPTY: Final = "（空）"

NOTES: Final[Mapping[str, str]] = {
    "table_missing": "「{place}」の表が見つかりません。この表の欄は、渡したときのままとして扱います。",
    "table_added": f"渡した文書にない表があります（{{after}}）。{_NOT_TAKEN}",
    "section_doubtful": "項目「{place}」の番号が、別の項目の番号に変わっています。この項目の欄は取り込んでいません。",
    "row_missing": "「{place}」の{row}行目が削除されています（{before}）。"
    "行は削除せず、その欄は渡したときのままとして扱います。",
    "row_added": f"「{{place}}」に行が追加されています（{{row}}行目：{{after}}）。{_NOT_TAKEN}",
    "shape_changed": f"「{{place}}」の{{row}}行目で、セルが結合・分割されています（{{after}}）。この行は{_NOT_TAKEN}",
    "words_changed": "「{place}」の決まった言葉か計算された行「{before}」が「{after}」に変わっています。"
    f"この部分は{_NOT_TAKEN}",
    "words_missing": f"「{{place}}」の「{{before}}」が削除されています。この部分は{_NOT_TAKEN}",
    "lines_added": f"「{{place}}」に、どの欄のものか分からない文「{{after}}」が加わっています。{_NOT_TAKEN}",
    "doubtful": f"「{{place}}」の文が、どの欄のものか一つに決まりません（{{after}}）。この欄は{_NOT_TAKEN}",
    "locked": f"「{{place}}」は直せない欄ですが、「{{before}}」が「{{after}}」に変わっています。{_NOT_TAKEN}",
    "later_year": f"「{{place}}」に、評価対象より後の年度の値「{{after}}」が入っています。{_NOT_TAKEN}",
    "not_a_choice": f"「{{place}}」の「{{after}}」は、選べる値ではありません。{_NOT_TAKEN}",
    "not_a_date": f"「{{place}}」の「{{after}}」は、日付として読み取れません。{_NOT_TAKEN}",
    "differing": f"「{{place}}」が、文書の中の二か所以上で違う内容に変わっています（{{after}}）。{_NOT_TAKEN}",
    "elsewhere": "「{place}」は一か所だけ「{after}」に変わり、ほかの所は「{before}」のままです。"
    "変わった方を取り込みます。",
    "value_written_over": "「{place}」の指標の値「{before}」が書き換えられています。文字として取り込みます。",
    "cleaned": "「{place}」の、文書に書けない文字を整えました（{before}）。",
    "picture": f"「{{place}}」に図や写真があります（{{after}}）。図は{_NOT_TAKEN}文だけを取り込みます。",
    "text_box": f"「{{place}}」にテキストボックス（{{after}}）があります。{_NOT_TAKEN}",
    "footnote": f"「{{place}}」に脚注があります（{{after}}）。脚注は{_NOT_TAKEN}文だけを取り込みます。",
    "equation": f"「{{place}}」に数式（{{after}}）があります。数式は{_NOT_TAKEN}文だけを取り込みます。",
    "nested_table": f"「{{place}}」のセルの中に表（{{after}}）があります。その表は{_NOT_TAKEN}",
    "embedded": f"「{{place}}」に埋め込まれたファイルがあります。{_NOT_TAKEN}",
    "numbering": "「{place}」の段落「{after}」に、Word の自動の番号や記号が付いています。"
    "番号や記号は取り込まず、文だけを取り込みます。",
    "symbol": "「{place}」に、特別な書体でだけ形が決まる記号があります。その文字のまま取り込みます。",
    "no_passport": "文書の印（フッターとプロパティ）が消えています。見える項目番号と見出しで欄を探しました。",
    "other_passport": "文書の印が、渡した文書のもの（{before}）ではありません（{after}）。内容を確かめてください。",
    "comment_unplaced": "コメント「{after}」は、どの欄のものか分かりません。評価書の全体へのものとして扱ってください。",
}


def note_sentence(code: str, place: str, before: str, after: str, row: int) -> str:
    """Say a note; long texts are cut, and what is empty is said to be."""
    if code == "cleaned":
        before = _cleaned(before)
    return NOTES[code].format(place=place or _NOWHERE, before=_excerpt(before), after=_excerpt(after), row=row)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return _EMPTY if not line else line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _cleaned(counts: str) -> str:
    """Say what the normaliser changed, given as `control=2 direction=1`."""
    parts = (pair.partition("=") for pair in counts.split())
    return "、".join(f"{ODDITIES.get(kind, kind)} {count}" for kind, _, count in parts)

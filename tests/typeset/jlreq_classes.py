"""Character classes of JLReq, Appendix A, as far as agencies use them, and when a line may end: not off the package."""

NOT_AT_START = {
    "cl-02 closing brackets": "’”）〕］｝〉》」』】〙〗»〟",
    "cl-03 hyphens": "‐〜゠–",
    "cl-04 dividing punctuation": "！？‼⁇⁈⁉",
    "cl-05 middle dots": "・：；",
    "cl-06 full stops": "。．",
    "cl-07 commas": "、，",
    "cl-09 iteration marks": "ヽヾゝゞ々〻",
    "cl-10 prolonged sound mark": "ー",
    "cl-11 small kana": "ぁぃぅぇぉァィゥェォっゃゅょゎゕゖッャュョヮヵヶ",
    "cl-13 postfixed abbreviations": "％‰℃",
    "half-width forms": "｡､｣･ｰｧｨｩｪｫｬｭｮｯ",
    "brackets of the forms": "＞",
    "Latin closing": ")]},.:;?!%",
}
NOT_AT_END = {
    "cl-01 opening brackets": "‘“（〔［｛〈《「『【〘〖«〝",
    "cl-12 prefixed abbreviations": "￥＄￡№",
    "half-width forms": "｢",
    "brackets of the forms": "＜",
    "Latin opening": "([{",
}
SELECTORS = ("\ufe00", "\ufe0f", "\U000e0100", "\U000e0101", "\U000e01ef")
START = frozenset("".join(NOT_AT_START.values()))
END = frozenset("".join(NOT_AT_END.values()))
CLOSING_HALF_BLANK = frozenset("、。，．」』）］｝〉》】〕’”")
IN_WORDS = frozenset(".,_-/:@&=+%'")
SPACES = frozenset(" 　")


def is_selector(char):
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def is_word(char):
    return char.isascii() and (char.isalnum() or char in IN_WORDS)


def may_end(before, after):
    """Tell whether a line may end between two characters, by the plain rules."""
    if after in START or before in END or is_selector(after) or after in SPACES:
        return False
    if is_word(before) and is_word(after):
        return False
    return not (before == after and before in "―…‥")

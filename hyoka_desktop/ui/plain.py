"""Show data as they are written where Qt would see more in them: markup in a `<`, a key to press in an `&`."""

import re
from html import escape
from typing import Final

_KEY_SIGN: Final = re.compile(r"\(&[A-Z]\)(?=…?$)")


def plain_caption(text: str) -> str:
    """Tell the caption of a button, a box to tick or a tab that shows exactly this text: no `&` names a key."""
    return text.replace("&", "&&")


def shown_caption(caption: str) -> str:
    """Tell what a caption with a key sign shows: 「ファイル(&F)」 is 「ファイル」."""
    return _KEY_SIGN.sub("", caption).replace("&&", "&")


def keyed_caption(text: str, key: str) -> str:
    """Write a letter with which a menu entry is chosen behind its name, before the dots of one that asks more."""
    name = text.removesuffix("…")
    return f"{name}(&{key}){text[len(name) :]}"


def plain_tip(text: str) -> str:
    """Tell a tooltip that shows exactly this text: one with a sign of markup is written as markup of itself.

    Qt guesses rich text otherwise, and would probe the files that an `<img>` names.
    """
    if "<" not in text and "&" not in text:
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"

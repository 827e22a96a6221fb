"""Show data as plain text where Qt would guess rich text (and probe files that an `<img>` names)."""

from html import escape


def plain_tip(text: str) -> str:
    """Tell a tooltip that shows exactly this text: one with a sign of markup is written as markup of itself."""
    if "<" not in text and "&" not in text:
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"

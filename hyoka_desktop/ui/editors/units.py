"""Go between the characters of a text and the UTF-16 units in which Qt counts its places: 𠮷 is two of them."""


def units_of(text: str) -> int:
    """Tell how many units a text takes."""
    return len(_encoded(text)) // 2


def split_at(text: str, units: int) -> tuple[str, str]:
    """Divide a text at a place that Qt tells."""
    encoded = _encoded(text)
    return _decoded(encoded[: 2 * units]), _decoded(encoded[2 * units :])


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _decoded(encoded: bytes) -> str:
    return encoded.decode("utf-16-le", "surrogatepass")

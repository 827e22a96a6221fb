"""Name the places of a document that contents, outline and links point to."""


def anchor_of_item(node: int) -> str:
    """Name the place of a 調書."""
    return f"item{node}"


def anchor_of_part(index: int) -> str:
    """Name the place of a part of the form."""
    return f"part{index}"


def anchor_of_heading(anchor: str, number: int) -> str:
    """Name the place of a heading: the first of a part is the part's own."""
    return anchor if number == 0 else f"{anchor}_{number}"

"""Make one document each: a module a program, with `make(document, page_numbers) -> bytes`.

`page_numbers` are the printed pages of the anchors, for the contents of a .docx. Each takes the composed document, so
that composing counts for nobody, and puts the same characters into the same cells.
"""


class CannotMake(Exception):
    """Report that a program gives up on a document, in its own words."""

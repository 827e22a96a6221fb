"""Offer the rules of writing to the editors: lists that continue, tidy paste, words, the differences of two texts."""

from hyoka_desktop.text.alignment import matched_paragraphs
from hyoka_desktop.text.diff import Piece, PieceKind, differences
from hyoka_desktop.text.lists import continued_mark, is_empty_item
from hyoka_desktop.text.pasting import Tidying, tidy
from hyoka_desktop.text.words import next_word, previous_word, word_around

__all__ = [
    "Piece",
    "PieceKind",
    "Tidying",
    "continued_mark",
    "differences",
    "is_empty_item",
    "matched_paragraphs",
    "next_word",
    "previous_word",
    "tidy",
    "word_around",
]

"""Measure our documents beside those that other programs make of the same content; `python run.py bench`."""

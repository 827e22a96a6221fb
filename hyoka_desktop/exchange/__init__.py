"""Bring reports in and out as data: the JSON interchange format, version 1."""

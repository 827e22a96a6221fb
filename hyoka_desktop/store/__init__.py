"""The report file: SQLite through sqlite-utils, with one write path."""

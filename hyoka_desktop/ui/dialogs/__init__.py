"""The dialogs of the window. Data are always shown as plain text."""

"""Search in the window: items and functions by name, words in an item, find and replace over all items."""

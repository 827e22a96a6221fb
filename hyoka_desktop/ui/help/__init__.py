"""The help: its window, the key that opens it at the screen in hand, and the tour for a first start."""

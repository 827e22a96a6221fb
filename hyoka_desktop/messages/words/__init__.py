"""The words of the window, an area a module; `messages.window` is the way to them."""

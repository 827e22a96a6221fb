"""The right side of the desk: one panel a module, all in `side.bar`."""

"""The window: widgets show and collect, decisions are made in `services`."""

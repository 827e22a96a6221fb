"""What a user can do with a report, without any window: open, edit, undo, export."""

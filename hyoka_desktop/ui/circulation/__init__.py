"""The dialogs of circulation: hand out, review what came back, the receipt, the board."""

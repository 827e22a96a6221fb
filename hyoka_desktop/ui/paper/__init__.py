"""Pages on the screen and on the printer, painted from page frames."""

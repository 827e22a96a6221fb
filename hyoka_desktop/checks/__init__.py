"""点検: rules over a snapshot that find slips before the ministry does."""

"""Read a document that was handed out for Word and came back, against what it held."""

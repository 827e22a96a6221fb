"""Break a document into lines and pages once, for PDF, screen and printer alike; knows no output format."""

"""What text is, without paper."""

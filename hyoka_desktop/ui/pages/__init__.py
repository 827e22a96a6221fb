"""The pages in the middle of the window, made from the form definition."""

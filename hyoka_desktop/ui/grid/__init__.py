"""The table of indicators, worked with as a spreadsheet."""

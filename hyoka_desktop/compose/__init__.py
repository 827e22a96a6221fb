"""Compose a report under a form into a document: the form is interpreted here, nothing is broken into lines."""

"""Compose a report and a form definition into a document: the form is interpreted here, nothing is broken into lines."""

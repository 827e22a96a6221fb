"""Say what a 様式 asks for and how it is laid out: dataclasses, and the loader that reads them from `forms/`."""

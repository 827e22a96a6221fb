"""One editor for each kind of field; all speak the same few words (`base.FieldEditor`)."""

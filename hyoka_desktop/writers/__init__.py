"""Write documents and frames in file formats: translate units, compute nothing."""

"""The document model: what stands on the paper, without any output format and without line or page breaks."""

"""Lists of words, one entry a line, that the redaction reads. README.md says where they come from."""

"""Lists of words that the redaction reads. README.md says where they come from."""

"""Pages become the bytes of a tagged PDF/A file."""

"""Writing pages as a tagged PDF/A file."""

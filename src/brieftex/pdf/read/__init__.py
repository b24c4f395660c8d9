"""PDF files, read back: what a reader finds in them, and whether it is what was written."""

"""Stage 4: an issue and a theme become a document of blocks."""

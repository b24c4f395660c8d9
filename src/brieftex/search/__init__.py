"""Finding words in a folder tree of issues, through an index that is a cache."""

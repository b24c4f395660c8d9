"""Charts: numbers become outlines and words in their places."""

"""Charts: numbers become placed outlines and text."""

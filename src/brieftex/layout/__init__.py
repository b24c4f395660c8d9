"""Lines, blocks and charts, pages, and the pages as text."""

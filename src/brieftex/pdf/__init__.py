"""PDF files: ``write`` makes them, ``read`` holds them against what was meant."""

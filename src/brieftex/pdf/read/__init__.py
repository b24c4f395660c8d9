"""Reading PDF files back, to verify that they hold what was to be written."""

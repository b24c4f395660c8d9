"""Pages drawn as a tagged PDF/A file. The only package that knows reportlab and Pillow."""

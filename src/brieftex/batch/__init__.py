"""Many issues set in one run: by processes, on other machines, and only those that changed."""

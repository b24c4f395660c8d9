"""The issue file: its fields, reading it, and the model it becomes."""

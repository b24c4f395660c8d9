"""The file of a meeting: its fields, its reader, its JSON Schema."""

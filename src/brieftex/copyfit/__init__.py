"""Setting an issue in the number of pages asked for (copyfitting)."""

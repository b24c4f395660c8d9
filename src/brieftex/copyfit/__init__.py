"""copyfit."""

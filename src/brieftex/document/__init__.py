"""The document model of the typesetter: styles and blocks of styled text."""

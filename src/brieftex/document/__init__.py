"""What the typesetter works on: styles, styled text and blocks."""

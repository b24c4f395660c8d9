"""The document: what an issue and a theme come to, and how they become it."""

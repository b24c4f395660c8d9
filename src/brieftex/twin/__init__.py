"""The docx twin of an issue, and the way back from one that was edited."""

"""What an editor writes and how an issue is to look, as frozen values."""

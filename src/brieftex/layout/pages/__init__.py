"""Stages 8 and 9: where pages end, and where everything stands on them."""

"""Stages 8 and 9: where pages end, and what stands where on each of them."""

"""How rules are written, registered, run, explained and mended."""

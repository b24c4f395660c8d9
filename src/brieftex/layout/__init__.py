"""Setting lines, blocks and charts, breaking and making up pages, and dumping them as text."""

"""Finding, reading and choosing font faces, and reporting what they lack."""

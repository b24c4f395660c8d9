"""The rules of ``check``, a module for each kind of thing that they look at."""

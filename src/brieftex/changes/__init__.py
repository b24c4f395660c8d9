"""What changed between two issues, by meaning: pieces first, then words.

Nothing here knows files of YAML or how pages look: two values of the model are compared.
"""

"""YAML text as a tree of scalars, sequences and mappings, each with its place in the file.

The only package that imports yaml. Scalars stay text: what ``8:30``, ``no`` or ``012``
means is for the reader of a field to say.
"""

from brieftex.patterns import late_patterns

with late_patterns("yaml"):
    import yaml as yaml

from brieftex.input.yaml.nodes import Mapping, Node, Scalar, Sequence
from brieftex.input.yaml.parse import DEPTH_LIMIT, Parsed, parse, parse_all

__all__ = ["DEPTH_LIMIT", "Mapping", "Node", "Parsed", "Scalar", "Sequence", "parse", "parse_all"]

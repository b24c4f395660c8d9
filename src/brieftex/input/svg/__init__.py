"""SVG files: what is drawn exactly as vectors and words, and the rest for a renderer.

No script runs, nothing outside the file is opened, size and nesting are bounded. Either a file
is drawn here exactly, or all of it is handed on; what nobody draws is named: nothing gets lost
in silence.
"""

from brieftex.input.svg.read import BYTE_LIMIT, SvgFile, read_svg
from brieftex.input.svg.tree import SvgError

__all__ = ["BYTE_LIMIT", "SvgError", "SvgFile", "read_svg"]

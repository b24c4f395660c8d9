"""SVG files as drawings: the part of SVG 1.1 that office programs export, read strictly.

No script runs, nothing outside the file is opened, size and nesting are bounded. What is not
drawn, or drawn otherwise, is named: nothing gets lost in silence. (svglib would bring lxml and
keeps quiet about what it leaves out.)
"""

from brieftex.input.svg.read import SvgDrawing, read_svg
from brieftex.input.svg.tree import SvgError

__all__ = ["SvgDrawing", "SvgError", "read_svg"]

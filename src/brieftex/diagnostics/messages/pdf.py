"""BT9xx: what is found while the PDF is drawn or read back."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

UNDECODABLE_PICTURE: Final = Kind(
    "BT901",
    "undecodable-picture",
    Severity.ERROR,
    "图片“{file}”的内容已损坏，无法解码",
    "the content of the picture “{file}” is damaged and cannot be decoded",
    ("用看图软件打开它，另存为新的 PNG 或 JPEG 文件",),
    ("open it in an image viewer and save it as a new PNG or JPEG file",),
)

"""BT9xx: what is found while the PDF is drawn or read back."""

from __future__ import annotations

from typing import Final

from brieftex.diagnostics.core import Kind, Severity

UNRENDERED_PICTURE: Final = Kind(
    "BT905",
    "unrendered-picture",
    Severity.ERROR,
    "插图“{file}”画不出来：{reason}",
    "the picture “{file}” cannot be drawn: {reason}",
    ("用原来的软件重新导出 SVG，或改存为 PNG",),
    ("export it again as SVG, or save it as PNG",),
)
MISSING_IN_PICTURE: Final = Kind(
    "BT906",
    "missing-in-picture",
    Severity.WARNING,
    "插图“{file}”里的这些字没有字体可用，图里缺了：{characters}",
    "no face has these characters of the picture “{file}”, where they are left out: {characters}",
    ("在原来的软件里换成别的字，或把文字转成曲线、把图存为 PNG",),
    ("use others, convert text to paths, or save the picture as PNG",),
)
PICTURE_WITHOUT_END: Final = Kind(
    "BT907",
    "picture-without-end",
    Severity.WARNING,
    "图片“{file}”的文件缺了结尾，画面看来是完整的，已照样印出",
    "the file of the picture “{file}” lacks its end; the picture seems whole and is printed",
    ("核对印出的图；最好向提供的人再要一次文件",),
    ("look at it as printed; better ask for the file once more",),
)
UNDECODABLE_PICTURE: Final = Kind(
    "BT901",
    "undecodable-picture",
    Severity.ERROR,
    "图片“{file}”的内容已损坏，无法解码",
    "the content of the picture “{file}” is damaged and cannot be decoded",
    ("用看图软件打开它，另存为新的 PNG 或 JPEG 文件",),
    ("open it in an image viewer and save it as a new PNG or JPEG file",),
)

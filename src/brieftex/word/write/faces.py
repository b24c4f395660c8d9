"""The families that a document of Word names for the roles of a theme.

A theme lists families by preference, those of several systems among them; a document names one for
each script, which should be on the computer of whoever gets it: where the list has one that comes
with Word or WPS or is installed in every office, that one.
"""

from __future__ import annotations

from brieftex.styled.styles import FontRequest, RoleRequest
from brieftex.word.write.markup import properties, tag

_OFFICE = (
    "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "方正小标宋_GBK", "黑体", "宋体", "仿宋",
    "楷体", "微软雅黑",
)  # fmt: skip
_LATIN = ("Times New Roman", "Arial", "Calibri", "Cambria", "Georgia", "Verdana", "Tahoma")
_OTHER_NAMES = {
    "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "方正小标宋_GBK",
    "方正小标宋_GBK": "方正小标宋简体", "黑体": "SimHei", "宋体": "SimSun", "仿宋": "FangSong",
    "楷体": "KaiTi",
}  # fmt: skip


def han_family(role: RoleRequest) -> str:
    """The family of a role's Chinese characters."""
    return next((name for name in role.han if name in _OFFICE), role.han[0])


def latin_family(role: RoleRequest) -> str:
    """The family of a role's Latin letters and digits: that of its Chinese ones, unless the role
    has one that is installed with Word."""
    return next((name for name in role.latin if name in _LATIN), han_family(role))


def fonts_element(fonts: FontRequest, role: str) -> str:
    """The fonts of a role, for each sort of character that Word knows."""
    request = fonts.roles[role]
    latin = latin_family(request)
    return tag(
        "rFonts", ascii=latin, hAnsi=latin, eastAsia=han_family(request), cs=latin
    )  # fmt: skip


def font_table(fonts: FontRequest) -> str:
    """The fonts that are named, with what Word takes where one is missing."""
    names = {han_family(role): True for role in fonts.roles.values()}
    for role in fonts.roles.values():
        names.setdefault(latin_family(role), False)
    entries = []
    for name, is_han in names.items():
        inner = tag("altName", val=_OTHER_NAMES[name]) if name in _OTHER_NAMES else ""
        inner += tag("charset", val="86" if is_han else "00")
        inner += tag("family", val="auto" if is_han else "roman")
        entries.append(tag("font", inner, tag("pitch", val="variable"), name=name))
    return "".join(entries)


def role_style(fonts: FontRequest, role: str) -> str:
    """The character style of a role: words set in its faces within other text."""
    run = properties("rPr", {"rFonts": fonts_element(fonts, role)})
    name = tag("name", val=role)
    return tag("style", name, tag("qFormat"), run, type="character", customStyle=1, styleId=role)

"""BT365 to BT369: characters that are not what they look like."""

from __future__ import annotations

from brieftex.diagnostics.core import Kind, Severity

COMPATIBILITY_CHARACTER = Kind(
    "BT365", "compatibility-character", Severity.WARNING,
    "“{wrong}”看起来像“{right}”，却是别的字符，检索不到",
    "{wrong} looks like {right} but is another character, which no search finds",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
PRIVATE_CHARACTER = Kind(
    "BT366", "private-character", Severity.WARNING,
    "这里是自造字（专用区字符），别的电脑认不出是什么字",
    "a character of private use, which other computers do not know",
    ("换成正式的字，例如用“生僻字”输入法重新输入",),
    ("type the real character anew",),
)  # fmt: skip
LOST_OBJECT = Kind(
    "BT367", "lost-object", Severity.WARNING,
    "这里原来有图片、公式或别的对象，粘贴时没有带过来",
    "a picture, an equation or another object stood here and was not pasted with the text",
    ("补上它（图片写成 `![图题](文件名)`），或者删去这个占位的字符",),
    ("put it in, a picture as `![caption](file)`, or delete the character that stands for it",),
)  # fmt: skip
TIMES_SIGN = Kind(
    "BT368", "times-sign", Severity.WARNING,
    "乘号写成了“{wrong}”", "{wrong} stands for the sign of multiplication",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip
SPLIT_WORD = Kind(
    "BT369", "split-word", Severity.WARNING,
    "这个外文词像是在别处转行时断开的：“{wrong}”",
    "{wrong} looks like a word that was hyphenated where a line ended elsewhere",
    ("删去连字符和空格，把词连起来",), ("delete the hyphen and the space",),
)  # fmt: skip
LETTER_IN_NUMBER = Kind(
    "BT379", "letter-in-number", Severity.WARNING,
    "数里混进了字母：“{wrong}”", "a letter stands for a digit: {wrong}",
    ("写成“{right}”",), ("write {right}",),
)  # fmt: skip

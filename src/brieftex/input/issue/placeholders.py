"""The words that ``brieftex new`` puts where the editor's are to stand.

The rule that finds those nobody replaced looks for all of them; a test holds the forms against
this list.
"""

from __future__ import annotations

NUMBERED = r"[^（）\n]{0,60}第[一二三四五六七八九十]条的标题"
"""The title of an item, with that of its section."""

_WORDS = (
    "编发单位", "各位领导", "本期专题名", "卷首语的正文。", "正文(?:第[一二]段)?。", "媒体或单位",
    NUMBERED, "(?:走势|结构)一条的标题", "标题", "(?:下一层的)?小标题，印作“[一二三（）]+、?……”",
    "脚注的内容。", "编写人", "审核人", "报送的领导", "各部门", r"第一段。“\|”下面[^\n]*",
    "第二段。可以用[^\n]*", "要点[一二]。", "本周走势见图1。", "进展情况见表1。", "图题", "表题",
    "事项", "进展", "单位", "供稿单位", "发文机关名称", "发文字号", "期号文字", "主送机关",
    r"缘由。“\|”下面[^\n]*", "发文机关署名", "抄送机关", "印发机关", "单位和会议名称，后面写“纪要”",
    "纪要编号", "时间、主持人、会议名称和议题。", "第[一二]个议题(?:，印作“一、……”)?", "议定事项。",
    "出席人员", "请假人员", "列席人员", "提要", "姓名", "职务", "发言。", "附件正文。",
)  # fmt: skip

PATTERN = rf"(?m)^（(?:{'|'.join(_WORDS)})）：?$"
"""A line of the copy that is nothing but a placeholder."""

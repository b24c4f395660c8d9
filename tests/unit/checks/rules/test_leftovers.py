"""Words left over from drafts, platforms and language models are told of, their likes are not."""

from __future__ import annotations

from helpers.cases import each
from helpers.checking import issue_of, saying

from brieftex.checks.engine.registry import check_issue


def _found(text: str) -> list[str]:
    names = [found.kind.name for found in check_issue(issue_of(saying(text)))]
    return [name for name in names if name in ("unfilled-place", "leftover-words")]


@each("text", [
    "会议于X月召开。", "于 X 月召开", "会议于×日召开。", "约X万元", "增长X%。", "XX县召开会议。",
    "ＸＸ公司", "电话xxx", "××××年印发", "（此处插入图片）", "【待补充】", "（数据待核实）",
    "[请填写姓名]", "见TODO。", "Lorem ipsum dolor",
])  # fmt: skip
def test_places_that_are_still_empty(text: str) -> None:
    assert _found(text) == ["unfilled-place"]


@each("text", [
    "点击上方“蓝字”关注我们", "长按识别图中二维码", "单击此处添加标题", "点击此处输入文字",
    "阅读原文", "— END —", "往期推荐", "以下是为您起草的简报：", "希望以上内容对您有帮助！",
    "如果需要进一步修改，请告诉我。", "作为一个AI语言模型，", "好的，根据您的要求，我起草如下：",
    "【字体：大 中 小】", "分享到：", "上一篇：无", "【打印】 【关闭】", "扫一扫在手机打开当前页",
    "图片", "原创 青溪发布", "阅读 1.2万", "喜欢此内容的人还喜欢", "继续滑动看下一个",
    "批注 [张1]: 改", "全文约800字", "- 1 -", "— 12 —", "－3－", "·3·", "12", "3/12", "第1页",
    "第1页 共5页", "第1页/共5页", "第 1 页，共 5 页", "共5页", "Page 1 of 5",
    "第十二页", "P12",
])  # fmt: skip
def test_words_around_a_text_that_was_copied(text: str) -> None:
    assert _found(text) == ["leftover-words"]


@each("text", [
    "做了X光检查", "X射线", "3×4月报", "2X", "XXL码", "XX染色体", "××公司经理李某", "a@xx.com",
    "https://xxx.gov.cn", "时间待定（另行通知）", "（请各单位遵照执行）", "（此处）",
    "以下是三点体会", "希望各单位认真落实", "老支书说：“如果有困难就告诉我。”", "点赞干部作风",
    "点赞", "END公司", "阅读原文可知", "扫码办理", "全文公布", "图片展", "原创性成果", "打印机",
    "分享到群里",
    "第1页有误", "共5页，第1页不清", "2026", "3个", "- 3", "|甲|\\n|-|\\n|3|",
])  # fmt: skip
def test_what_is_meant_to_be_printed(text: str) -> None:
    assert _found(text) == []

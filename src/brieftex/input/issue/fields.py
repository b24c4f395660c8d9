"""Every field of an issue file, once: its names, what it holds and what it is for.

Reading (``read``), the JSON Schema and the reference are all made from these records, so that
an editor's completion, the documentation and the program can never disagree.
"""

from __future__ import annotations

from functools import cache

from brieftex.input.fields import Field, Record, RecordOf, RecordsOf
from brieftex.input.fields.forms import holders
from brieftex.input.issue.bodies import BODY
from brieftex.input.issue.fit import WISH
from brieftex.input.issue.pdf_pages import PAGE_FIT, PDF_PAGES
from brieftex.input.issue.values import (
    BREAKING,
    CODES,
    CONTENTS,
    DATE,
    FILE_PATH,
    INTEGER,
    MARK,
    NAMES,
    PARAGRAPHS,
    PEOPLE,
    PROSE,
    STATES,
    TEXT,
    TEXTS,
    TITLE,
    TRUE,
    URL,
    VERSION,
)

SOURCE = Record("source", "来源", (
    Field("name", ("名称", "媒体"), TEXT, "媒体或网站的名称", "人民网", required=True,
          before="(?:信息|文章)?来源"),
    Field("title", ("标题", "原题"), TEXT, "原文标题", "高校改革新进展"),
    Field("url", ("网址", "链接"), URL, "网址，以 http、https 或 mailto 开头",
          "http://edu.people.com.cn/n1/2023/1228/c1006.html"),
    Field("date", ("日期",), DATE, "发布日期", "2023-12-28"),
    Field("accessed", ("查阅日期",), DATE, "查阅日期", "2024-01-05"),
))  # fmt: skip

ITEM = Record("item", "条目", (
    Field("title", ("标题",), TITLE, "条目标题，序号由程序编排",
          "某某大学成立人工智能学院", required=True, titled="item"),
    Field("editor_note", ("编者按", "按语"), PROSE, "编者按，印在正文之前",
          "三校做法不同，结果相近，一并刊出。"),
    Field("summary", ("提要", "摘要"), TEXT, "提要，一两句话，印在标题之下",
          "三校经验：先试点，再推开。"),
    Field("body", ("正文",), BODY, "正文：Markdown 文本，或由若干块组成的列表", "|",
          titled="item"),
    Field("contributors", ("供稿", "供稿单位"), NAMES, "供稿的单位或人，印作“（教务处供稿）”",
          "[教务处]", before="供稿(?:单位|人)?", behind="供稿"),
    Field("sources", ("来源",), RecordsOf(SOURCE), "消息来源",
          "[{name: 人民网, date: 2023-12-28}]"),
))  # fmt: skip

SECTION = Record("section", "栏目", (
    Field("title", ("标题", "栏目名"), TITLE, "栏目名称，序号由程序编排；可省略",
          "高校动态", titled="section"),
    Field("editor_note", ("编者按", "按语"), PROSE, "编者按，印在各条之前",
          "本栏四篇出自同一次座谈会。"),
    Field("body", ("正文",), BODY, "栏目自己的正文，印在各条之前；可以只有它，没有条目", "|",
          titled="section"),
    Field("items", ("条目", "文章"), RecordsOf(ITEM), "栏目里的各条；只有一条时不编号",
          "[{title: 某某大学成立人工智能学院, body: 正文}]"),
), either=("items", "body"))  # fmt: skip

FOREWORD = Record("foreword", "卷首语", (
    Field("title", ("标题",), TITLE, "卷首语的标题，可省略", "编者按"),
    Field("salutation", ("称谓", "主送机关"), TEXT, "称谓或主送机关，顶格排", "校领导："),
    Field("body", ("正文",), BODY, "正文，其中的小标题不编号", "|", required=True),
))  # fmt: skip

ATTACHMENT = Record("attachment", "附件", (
    Field("title", ("标题",), TITLE,
          "附件标题，序号由程序编排；有 pdf 时可以不写，用文件名",
          "调研提纲", required=True, titled="attachment", instead="pdf"),
    Field("body", ("正文",), BODY, "附件正文；有 pdf 时可以不写", "|", titled="attachment"),
    Field("pdf", ("PDF",), FILE_PATH,
          "别的程序做的 PDF，放在本文件的文件夹里，它的页排在正文之后", "附件/报告.pdf"),
    Field("pages", ("页码", "页"), PDF_PAGES, "收 PDF 的哪些页；不写是全部", "1-6"),
    Field("fit", ("版面",), PAGE_FIT,
          "PDF 的页：inside 缩进版心里，印书眉，第一页上方印“附件”和标题；"
          "whole 占满整页，原来多大就多大", "whole"),
    Field("odd_page", ("奇数页", "单数页"), TRUE, "从奇数页（右页）起", "true"),
), either=("body", "pdf"))  # fmt: skip

MASTHEAD = Record("masthead", "报头", (
    Field("name", ("刊名", "名称"), TITLE, "刊名", "资政参考", required=True),
    Field("suffix", ("刊名后缀", "标志后缀"), TEXT,
          "接在刊名之后的字；联合行文时“文件”二字印在各机关名称右侧", "文件"),
    Field("above", ("刊名上行", "会议全称"), TITLE, "刊名之上的一行小字：会议全称、单位",
          "青溪县第十七届人民代表大会第五次会议"),
    Field("name_picture", ("刊名图", "刊名图片"), FILE_PATH,
          "刊名的题字，PNG 或 SVG 图片的相对路径；name 仍要写，供检索和朗读", "images/刊名.svg"),
    Field("number", ("期号", "期数"), INTEGER, "期号，印作“第3期”", "3", instead="number_words"),
    Field("number_words", ("期号文字", "期次"), TEXT, "印在期号位置的文字，代替“第3期”",
          "第三、四期合刊"),
    Field("supplement", ("增刊", "增刊号"), INTEGER, "增刊的号，另行编号，印作“增刊第1期”", "1"),
    Field("total", ("总期号", "总期数"), INTEGER, "总期号，印作“总第27期”", "27"),
    Field("issuer", ("编发单位", "主办单位"), TEXT, "编发单位", "党委政策研究室"),
    Field("date", ("日期", "编发日期"), DATE, "编发日期", "2024-03-20"),
    Field("classification", ("密级",), TEXT, "密级和保密提示", "内部资料　注意保存"),
    Field("retention", ("保密期限",), TEXT, "保密期限，印作“机密★1年”", "1年"),
    Field("urgency", ("紧急程度",), TEXT, "紧急程度", "特急"),
    Field("copy_number", ("份号", "编号"), INTEGER, "这一份的顺序号，印作六位数字", "12"),
    Field("document_number", ("发文字号", "文号"), TEXT, "发文字号，与期号同一行",
          "甲大研〔2024〕5号"),
    Field("signers", ("签发人",), NAMES, "上行文的签发人，与发文字号同一行，居右", "[李明]",
          before="签发人?"),
))  # fmt: skip

SIGNATURE = Record("signature", "落款", (
    Field("names", ("署名", "发文机关"), NAMES, "署名；联合行文时每个机关一行",
          "[党委政策研究室]"),
    Field("date", ("日期", "成文日期"), DATE, "成文日期", "2024-03-20"),
    Field("office", ("职务", "签发人职务"), TEXT,
          "签发人的职务，印在姓名左边；命令和盖签发人签名章的公文用", "县长"),
    Field("seals", ("印章", "签名章"), TEXTS,
          "印章的图片，PNG 或 SVG 的相对路径，依署名的次序，端正地压在署名和成文日期上；"
          "有 office 时是签名章，代替姓名。送审版、邮件版和有水印的不印",
          "[images/章.png]"),
    Field("remark", ("附注",), TEXT, "附注，加圆括号印在成文日期之下", "联系人：李明",
          before="附注"),
))  # fmt: skip

ATTENDANCE = Record("attendance", "与会人员", (
    Field("present", ("出席",), PEOPLE, "出席的单位和人员", "[陈立, 王志强]",
          before="(?:出席|参会|参加)(?:人员|单位)?"),
    Field("excused", ("请假",), PEOPLE, "请假的人员", "[钱伟（出差）]",
          before="(?:请假|缺席)(?:人员)?"),
    Field("observers", ("列席",), PEOPLE, "列席的单位和人员", "[县法院、县检察院负责同志]",
          before="列席(?:人员|单位)?"),
))  # fmt: skip

COLOPHON = Record("colophon", "版记", (
    Field("prepared_by", ("编写", "编辑"), NAMES, "编写人", "[甲]",
          before="编写人?|编辑人?|责任编辑|责编|撰稿人?"),
    Field("reviewed_by", ("审核",), NAMES, "审核人", "[乙]", before="审核人?|核稿人?|审稿人?"),
    Field("approved_by", ("签发",), NAMES, "签发人", "[丙]", before="签发人?"),
    Field("report_to", ("报",), NAMES, "报：上级", "[校领导]", before="报|报送|呈报|上报"),
    Field("send_to", ("送",), NAMES, "送：平级", "[各学院]", before="送|报送"),
    Field("distribute_to", ("发",), NAMES, "发：下级", "[各系]", before="发|分发|下发"),
    Field("copy_to", ("抄送",), NAMES, "抄送机关", "[各处室]", before="抄送"),
    Field("printed_by", ("印发机关",), TEXT, "印发机关", "党委办公室"),
    Field("printed_on", ("印发日期",), DATE, "印发日期", "2024-03-21"),
    Field("copies", ("份数", "印数"), INTEGER, "印发份数，印作“共印60份”", "60"),
    Field("even_page", ("偶数页", "双数页"), TRUE, "版记总排在偶数页（封底）", "true"),
))  # fmt: skip

ISSUE = Record("issue", "文件", (
    Field("brieftex", ("格式版本", "版本"), VERSION, "格式版本，现为 1", "1"),
    Field("theme", ("主题", "样式"), FILE_PATH, "主题：briefing 简报、official 公文、letter 信函、"
          "order 命令、minutes 纪要、reference 内参、large-print 大字、word 与 Word 相同，"
          "中英文名都可以，或主题文件的路径",
          "briefing"),
    Field("state", ("状态",), STATES,
          "到哪一步了：草稿每页自动印“草稿”；只有定稿才能编份号印、用邮件发出",
          "draft"),
    Field("approved_by", ("定稿人",), TEXT, "谁定的稿，由 brieftex approve 写", "李明"),
    Field("approved_on", ("定稿日期",), DATE, "定稿的日期，由 brieftex approve 写", "2024-03-20"),
    Field("approved_text", ("定稿印记",), MARK,
          "定稿时全文的印记，由 brieftex approve 写；此后改了字，排版时指出是哪几行",
          "0f3c9a71d2b85e6640a1c7f9.Qk3x"),
    Field("masthead", ("报头",), RecordOf(MASTHEAD), "报头：刊名、期号、编发单位、日期",
          "{name: 资政参考, number: 3}", required=True),
    Field("title", ("标题", "专题"), TITLE, "本期的标题或专题名，可省略", "教育强国专题"),
    Field("summary", ("提要", "摘要"), TEXT, "提要，一两句话，印在标题之下",
          "三校经验：先试点，再推开。"),
    Field("contents", ("目录",), CONTENTS,
          "是否印目录；auto 表示三个栏目以上或八页以上才印", "auto"),
    Field("foreword", ("卷首语", "编者按", "按语"), RecordOf(FOREWORD), "卷首语或编者按",
          "{salutation: 校领导：, body: 正文}"),
    Field("salutation", ("主送机关", "称谓"), TEXT, "主送机关或称谓，顶格印在正文之前",
          "各学院、机关各部门："),
    Field("body", ("正文",), BODY,
          "全期只有一篇（专题简报、公文）时的正文，标题用上面的 title；"
          "小标题编号一、（一）1.（1），后面的栏目接着编",
          "|", titled="issue"),
    Field("contributors", ("供稿", "供稿单位"), NAMES, "这一篇的供稿单位或人", "[教务处]",
          before="供稿(?:单位|人)?", behind="供稿"),
    Field("sources", ("来源",), RecordsOf(SOURCE), "这一篇的来源",
          "[{name: 人民网, date: 2023-12-28}]"),
    Field("sections", ("栏目",), RecordsOf(SECTION), "各栏目",
          "[{title: 高校动态, items: [{title: 某某大学}]}]"),
    Field("attendance", ("与会人员", "参会人员"), RecordOf(ATTENDANCE),
          "会议纪要的出席、请假、列席名单，印在正文和附件说明之后",
          "{present: [陈立, 王志强], observers: [县法院负责同志]}"),
    Field("signature", ("落款",), RecordOf(SIGNATURE), "正文之后的署名、成文日期和附注",
          "{names: [党委政策研究室], date: 2024-03-20}"),
    Field("attachments", ("附件",), RecordsOf(ATTACHMENT), "附件，各自另起一页",
          "[{title: 调研提纲, body: 正文}]"),
    Field("colophon", ("版记", "报尾"), RecordOf(COLOPHON), "版记：编写、审核、签发、报送发、份数",
          "{prepared_by: [甲], copies: 60}"),
    Field("line_breaking", ("换行方式",), BREAKING,
          "换行方式：total 整段择优，first 逐行，word 与 Word 相同，用来保持旧刊的行；默认从主题",
          "word"),
    Field("paragraphs", ("分段",), PARAGRAPHS,
          "正文怎样分段：auto 自动，空行分段，从 Word、微信粘贴来的一行一段也照样分开；"
          "blank 只按空行；line 每行一段",
          "blank"),
    Field("fit", ("页数要求", "页数限制"), WISH,
          "页数要求：在主题允许的限度内改变行距、标题前后的空、版心来达到，三项中写一项",
          "{max_pages: 8}"),
    Field("keep", ("不断开",), TEXTS, "不可在中间换行的词语", "[人工智能学院]"),
    Field("allow", ("允许",), CODES, "本期不再提示的检查代码", "[BT412]"),
))  # fmt: skip


@cache
def homes() -> tuple[tuple[Field | None, Record], ...]:
    """Every record, with the field that holds it: None for the file itself."""
    return holders(ISSUE)


@cache
def field_words() -> frozenset[str]:
    """Every key and name of a field that an issue file may hold."""
    return frozenset(word for _, record in homes() for f in record.fields for word in f.words)

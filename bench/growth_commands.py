"""The kinds of input of the commands beside ``build`` and ``check`` that ``growth.py`` measures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from growth_kinds import BUILD, CHECK, Files, Kind, body, notes, numbered
from growth_word import docx

DOCX = ("build", "issue.yaml", "--docx", "-o", "a.docx")
CHANGES = ("diff", "old.yaml", "issue.yaml", "-o", "a.pdf")
TRACKED = (
    "diff",
    "old.yaml",
    "issue.yaml",
    "-o",
    "a.docx",
    "--author",
    "甲",
    "--date",
    "2026-05-06",
)
IMPORT = ("import", "a.docx", "-o", "b.yaml")
ONTO = ("import", "a.docx", "--onto", "issue.yaml")
COLLECT = ("collect", ".", "-o", "a.pdf")
PAPERS = ("collect", "m.yaml", "-o", "a.pdf")
MANY = ("build", ".", "-j", "1", "-o", "out")


def _folder(count: int, one: Callable[[int], str], **more: str) -> Files:
    """A folder of so many issues."""
    files: Files = {f"i{k:05}.yaml": _numbered_issue(k, one(k)) for k in range(count)}
    return files | dict(more)


def _numbered_issue(k: int, text: str) -> str:
    head = f"masthead: {{name: 试排, number: {k + 1}, date: {2000 + k // 12}-{k % 12 + 1:02}-01}}"
    return f"brieftex: 1\n{head}\nsections:\n  - title: 栏\n    items:\n" + text


def _item(k: int) -> str:
    return (
        f"      - title: 第{k}所大学成立中心\n        body: 第{k}所大学成立教学中心，开展评估。\n"
    )


def _same_item(_: int) -> str:
    return "      - title: 大学成立中心\n        body: 大学成立教学中心，开展评估。\n"


def _changed(old: Callable[[int], str], new: Callable[[int], str]) -> Callable[[int], Files]:
    return lambda n: {"old.yaml": body(old(n)), "issue.yaml": body(new(n))}


def _bold(word: str, n: int) -> str:
    return f"**甲{word}**乙{word}丙，" * n


def _ruby(word: str, n: int) -> str:
    return f"{{甲|jiǎ}}乙{word}丙，" * n


def _called(word: str) -> Callable[[int], str]:
    def text(n: int) -> str:
        calls = "".join(f"甲{word}[^{k}]，" for k in range(n))
        return calls + "\n\n" + "\n".join(f"[^{k}]: 乙{word}{k}。" for k in range(n))

    return text


def _table(word: str) -> Callable[[int], str]:
    return lambda n: "|甲|乙|\n|-|-|\n" + "".join(f"|子{k}|{word}|\n" for k in range(n))


def _meeting(count: int) -> Files:
    papers = "".join(
        f"  - {{title: 议题{k}, papers: [{{issue: p{k}.yaml}}]}}\n" for k in range(count)
    )
    files: Files = {"m.yaml": f"meeting: {{name: 会议}}\nagenda:\n{papers}"}
    return files | {f"p{k}.yaml": body(f"第{k}号材料。") for k in range(count)}


def _agenda(count: int) -> Files:
    rows = "".join(f"  - {{title: 议题{k}, presenters: [李明]}}\n" for k in range(count))
    papers = "  - {title: 末, papers: [{issue: p.yaml}]}\n"
    return {"m.yaml": f"meeting: {{name: 会议}}\nagenda:\n{rows}{papers}", "p.yaml": body("甲")}


def _ranges(count: int) -> Files:
    pages = ",".join(str(k % 3 + 1) for k in range(count))
    paper = f"{{pdf: a.pdf, pages: '{pages}'}}"
    text = f"meeting: {{name: 会议}}\nagenda:\n  - title: 甲\n    papers: [{paper}]\n"
    return {"m.yaml": text, "issue.yaml": body("甲。\n\n" * 60)}


def _foreign(count: int) -> Files:
    text = "meeting: {name: 会议}\nagenda:\n  - title: 甲\n    papers: [{pdf: a.pdf}]\n"
    return {"m.yaml": text, "issue.yaml": body(numbered(20 * count))}


def _readers(count: int) -> Files:
    rows = "".join(f"甲{k},校办,a{k}@lanhu.example.edu,1,都要\n" for k in range(count))
    text = body("甲").replace("masthead:", "state: final\nmasthead:")
    return {"issue.yaml": text, "readers.csv": "姓名,单位,邮箱,份数,方式\n" + rows}


def _final(n: int) -> str:
    return body(numbered(n)).replace("masthead:", "state: final\nmasthead:")


# The document is that of the issue, in which the words were changed by a program.
_EDIT = (("build", "issue.yaml", "--docx", "-o", "a.docx"),)

COMMANDS: dict[str, Kind] = {
    # -- documents of Word
    "docx paragraphs": Kind(250, lambda n: body(numbered(n)), DOCX),
    "docx text": Kind(1_000, lambda n: body("衡澜大学教学" * n), DOCX),
    "docx runs": Kind(1_000, lambda n: body("**甲**乙" * n), DOCX),
    "docx footnotes": Kind(100, notes, DOCX),
    "docx table rows": Kind(100, lambda n: body(_table("丑")(n)), DOCX),
    "docx list items": Kind(250, lambda n: body("\n".join(["- 甲乙丙"] * n)), DOCX),
    "docx counted lists": Kind(100, lambda n: body("\n\n".join(["1. 甲\n2. 乙", "丙"] * n)), DOCX),
    "docx links": Kind(250, lambda n: body("[甲](https://a.cn/)乙" * n), DOCX),
    "docx headings": Kind(250, lambda n: body("\n\n".join(["## 甲", "乙。"] * n)), DOCX),
    "docx readings": Kind(250, lambda n: body("{甲|jiǎ}" * n), DOCX),
    "docx charts": Kind(
        10,
        lambda n: body("甲").replace(
            "  body: |\n      甲\n",
            "  body:\n" + "    - {chart: bar, categories: [甲, 乙], values: [1, 2]}\n" * n,
        ),
        DOCX,
    ),
    # -- import
    **{
        f"import {part}": Kind(size, partial(docx, part=part), IMPORT)
        for part, size in (
            ("paragraphs", 250),
            ("cells", 100),
            ("runs", 250),
            ("changes", 250),
            ("footnotes", 100),
            ("comments", 100),
            ("bookmarks", 250),
            ("fields", 250),
            ("links", 250),
            ("styles", 250),
            ("lists", 250),
            ("tabs", 1_000),
            ("text", 2_500),
            ("headings", 100),
            ("nested tables", 4),
            ("merged cells", 100),
            ("breaks", 250),
            ("unknown", 250),
            ("pictures", 25),
            ("text boxes", 50),
            ("headers", 25),
            ("columns", 10),
            ("tables", 50),
            ("spaces", 1_000),
            ("properties", 250),
        )
    },
    "import text": Kind(500, lambda n: {"a.txt": numbered(n)}, ("import", "a.txt", "-o", "b.yaml")),
    "import a line": Kind(
        2_500, lambda n: {"a.txt": "衡澜大学成立中心," * n}, ("import", "a.txt", "-o", "b.yaml")
    ),
    "import Markdown": Kind(
        250,
        lambda n: {"a.md": "# 题\n\n" + "## 目\n\n甲**乙**丙。\n\n" * n},
        ("import", "a.md", "-o", "b.yaml"),
    ),
    "import Markdown notes": Kind(
        100,
        lambda n: {
            "a.md": "".join(f"甲[^{k}]" for k in range(n))
            + "\n\n"
            + "\n".join(f"[^{k}]: 乙。" for k in range(n))
        },
        ("import", "a.md", "-o", "b.yaml"),
    ),
    "import Markdown rows": Kind(
        100, lambda n: {"a.md": _table("丑")(n)}, ("import", "a.md", "-o", "b.yaml")
    ),
    "import many": Kind(
        10,
        lambda n: {f"d/{k}.txt": f"题目{k}\n\n第{k}段。\n" for k in range(n)},
        ("import", "d", "-o", "b.yaml"),
    ),
    "import into": Kind(
        250,
        lambda n: {"issue.yaml": body(numbered(n)), "a.txt": "题目\n\n甲乙丙。\n"},
        ("import", "a.txt", "--into", "issue.yaml", "--section", "新栏"),
    ),
    "import onto, the same": Kind(100, lambda n: body(numbered(n)), ONTO, before=_EDIT),
    "import onto, edited": Kind(
        50,
        lambda n: body(numbered(n)),
        ONTO,
        before=(*_EDIT, ("edit", "a.docx", "开放", "封闭")),
    ),
    "import onto, words gone": Kind(
        50, lambda n: body(numbered(n)), ONTO, before=(*_EDIT, ("edit", "a.docx", "开放", ""))
    ),
    # -- diff
    "diff as pages": Kind(100, _changed(numbered, lambda n: numbered(n, "封闭")), CHANGES),
    "diff as pages, a long text": Kind(
        500,
        _changed(lambda n: "衡澜大学成立中心，" * n, lambda n: "衡澜学院成立中心，" * n),
        CHANGES,
    ),
    "diff as pages, many runs": Kind(
        250, _changed(partial(_bold, "子"), partial(_bold, "丑")), CHANGES
    ),
    "diff as pages, readings": Kind(
        250, _changed(partial(_ruby, "子"), partial(_ruby, "丑")), CHANGES
    ),
    "diff as pages, notes": Kind(100, _changed(_called("子"), _called("丑")), CHANGES),
    "diff as pages, rows": Kind(100, _changed(_table("子"), _table("丑")), CHANGES),
    "diff as pages, others": Kind(
        100, _changed(numbered, lambda n: "\n\n".join(f"另有{k}项。" for k in range(n))), CHANGES
    ),
    "diff with bars": Kind(
        100, _changed(numbered, lambda n: numbered(n, "封闭")), (*CHANGES, "--bars")
    ),
    "diff with bars, a long text": Kind(
        500,
        _changed(lambda n: "衡澜大学成立中心，" * n, lambda n: "衡澜学院成立中心，" * n),
        (*CHANGES, "--bars"),
    ),
    "diff tracked": Kind(250, _changed(numbered, lambda n: numbered(n, "封闭")), TRACKED),
    "diff tracked, moved": Kind(
        250, _changed(numbered, lambda n: "\n\n".join(numbered(n).split("\n\n")[::-1])), TRACKED
    ),
    "diff tracked, pieces gone": Kind(
        100,
        lambda n: {
            "old.yaml": _numbered_issue(1, "".join(map(_item, range(n)))),
            "issue.yaml": _numbered_issue(1, "".join(map(_item, range(0, n, 2))) or _item(0)),
        },
        TRACKED,
    ),
    "diff with Word": Kind(
        100,
        lambda n: {"issue.yaml": body(numbered(n)), "other.yaml": body(numbered(n, "封闭"))},
        ("diff", "issue.yaml", "--docx", "a.docx"),
        before=(("build", "other.yaml", "--docx", "-o", "a.docx"),),
    ),
    "diff with what was approved": Kind(
        250,
        lambda n: body(numbered(n)),
        ("diff", "issue.yaml", "--approved"),
        before=(("approve", "issue.yaml", "--by", "李明"), ("edit", "issue.yaml", "开放", "封闭")),
    ),
    "diff of sections": Kind(
        50,
        lambda n: {
            name: "brieftex: 1\nmasthead: {name: 试排}\nsections:\n"
            + "".join(
                f"  - title: {word}{k}\n    items: [{{title: 题, body: 文}}]\n" for k in range(n)
            )
            for name, word in (("old.yaml", "栏"), ("issue.yaml", "目"))
        },
        ("diff", "old.yaml", "issue.yaml"),
    ),
    "diff of list items": Kind(
        500,
        _changed(
            lambda n: "\n".join(f"- 甲{k}子" for k in range(n)),
            lambda n: "\n".join(f"- 甲{k}丑" for k in range(n)),
        ),
        ("diff", "old.yaml", "issue.yaml"),
    ),
    "diff of others as JSON": Kind(
        250,
        _changed(numbered, lambda n: "\n\n".join(f"另有{k}项。" for k in range(n))),
        ("diff", "old.yaml", "issue.yaml", "--format", "json"),
    ),
    "diff of notes": Kind(
        250, _changed(_called("子"), _called("丑")), ("diff", "old.yaml", "issue.yaml")
    ),
    # -- approval
    "approve": Kind(250, lambda n: body(numbered(n)), ("approve", "issue.yaml", "--by", "李明")),
    "changed since approval": Kind(
        500,
        lambda n: body(numbered(n)),
        CHECK,
        before=(("approve", "issue.yaml", "--by", "李明"), ("edit", "issue.yaml", "开放", "封闭")),
    ),
    # -- other ways to build
    "dump": Kind(250, lambda n: body(numbered(n)), ("dump", "issue.yaml")),
    "faces in use": Kind(500, lambda n: body(numbered(n)), ("fonts", "issue.yaml")),
    "line numbers": Kind(250, lambda n: body(numbered(n)), (*BUILD, "--edition", "review")),
    "watermark": Kind(250, lambda n: body(numbered(n)), (*BUILD, "--watermark", "草")),
    "source attached": Kind(250, lambda n: body(numbered(n)), (*BUILD, "--attach-source")),
    "new from the last": Kind(
        100,
        lambda n: (
            "brieftex: 1\nmasthead: {name: 试排, number: 3, date: 2024-03-20}\nsections:\n"
            + "".join(f"  - title: 栏{k}\n    items: [{{title: 题, body: 文}}]\n" for k in range(n))
        ),
        ("new", "b.yaml", "--from", "issue.yaml"),
    ),
    # -- many files
    "files": Kind(10, lambda n: _folder(n, _item), MANY),
    "files checked": Kind(25, lambda n: _folder(n, _item), ("check", ".")),
    "files alike": Kind(25, lambda n: _folder(n, _same_item), ("check", ".")),
    "items of two files": Kind(
        100,
        lambda n: {
            f"{name}.yaml": _numbered_issue(number, "".join(map(_item, range(n))))
            for number, name in enumerate("ab")
        },
        ("check", "."),
    ),
    "names of two files": Kind(
        250,
        lambda n: {
            f"{name}.yaml": body("甲").replace("masthead:", f"contributors: [{who * n}]\nmasthead:")
            for name, who in (("a", "教务处, "), ("b", "教务部, "))
        },
        ("check", "."),
    ),
    # -- volumes
    "volume of issues": Kind(10, lambda n: _folder(n, _item), COLLECT),
    "volume of items": Kind(
        50, lambda n: {"a.yaml": _numbered_issue(1, "".join(map(_item, range(n))))}, COLLECT
    ),
    "volume of the same items": Kind(
        50, lambda n: {"a.yaml": _numbered_issue(1, "".join(map(_same_item, range(n))))}, COLLECT
    ),
    "names of a volume": Kind(
        100,
        lambda n: {
            "a.yaml": body("李明、王芳，" * 50),
            "n.csv": "名称,类别,拼音\n" + "".join(f"李明{k},人,lǐ míng\n" for k in range(n)),
        },
        ("collect", "a.yaml", "--names", "n.csv", "-o", "a.pdf"),
    ),
    "speakers of a volume": Kind(
        100,
        lambda n: {
            "a.yaml": body("甲").replace(
                "  body: |\n      甲\n",
                "  body:\n"
                + "".join(f"    - {{speaker: 李{k}明, text: 甲。}}\n" for k in range(n)),
            )
        },
        COLLECT,
    ),
    "papers": Kind(10, _meeting, PAPERS),
    "agenda": Kind(100, _agenda, PAPERS),
    "pages of a paper": Kind(5, _foreign, PAPERS, before=(BUILD,)),
    "ranges of a paper": Kind(25, _ranges, PAPERS, most=100, before=(BUILD,)),
    # -- publication day
    "readers": Kind(500, _readers, ("readers", "check")),
    "readers listed": Kind(500, _readers, ("readers", "list")),
    "reader added": Kind(500, _readers, ("readers", "add", "--name", "王五", "--copies", "1")),
    "drafts": Kind(25, _readers, ("mail", "issue.yaml")),
    "draft for all": Kind(250, _readers, ("mail", "issue.yaml", "--one")),
    "copies for readers": Kind(25, _readers, ("print", "issue.yaml", "--to", "readers.csv")),
    "personal copies": Kind(
        10, _readers, ("print", "issue.yaml", "--to", "readers.csv", "--personal")
    ),
    "pages printed": Kind(250, _final, ("print", "issue.yaml", "--unnumbered", "3")),
    "booklet": Kind(250, _final, ("print", "issue.yaml", "--booklet", "--unnumbered", "3")),
    "ledger": Kind(
        100, _readers, ("ledger", "list"), before=(("print", "issue.yaml", "--to", "readers.csv"),)
    ),
    "ledger verified": Kind(
        100,
        _readers,
        ("ledger", "verify"),
        before=(("print", "issue.yaml", "--to", "readers.csv"),),
    ),
    "register": Kind(
        50,
        _readers,
        ("ledger", "export", "-o", "r.pdf"),
        before=(("print", "issue.yaml", "--to", "readers.csv"),),
    ),
    "copies returned": Kind(
        100,
        _readers,
        ("ledger", "return", "1"),
        before=(("print", "issue.yaml", "--to", "readers.csv"),),
    ),
    # -- search
    "search issues": Kind(100, lambda n: _folder(n, _item), ("search", "大学")),
    "search issues again": Kind(
        100, lambda n: _folder(n, _item), ("search", "大学"), before=(("search", "大学"),)
    ),
    "search a long issue": Kind(2_500, lambda n: body("甲乙丙。" * n), ("search", "甲乙")),
    "search items": Kind(
        250,
        lambda n: {"a.yaml": _numbered_issue(1, "".join(map(_item, range(n))))},
        ("search", "大学"),
    ),
    "search for many words": Kind(
        2, lambda n: body("甲乙丙。" * 200 * n), ("search", *["甲乙"] * 40)
    ),
    "search with variants": Kind(
        250,
        lambda n: {"a.yaml": _numbered_issue(1, "".join(map(_item, range(n))))},
        ("search", "大學", "--variants"),
    ),
    "search with pages": Kind(5, lambda n: _folder(n, _item), ("search", "大学", "--pages")),
    "other files": Kind(
        100,
        lambda n: {"issue.yaml": body("甲"), **{f"x{k}.yaml": "a: 1\n" for k in range(n)}},
        ("search", "甲"),
    ),
    "folders": Kind(
        100, lambda n: {f"d{k}/issue.yaml": body("甲乙") for k in range(n)}, ("search", "甲乙")
    ),
}

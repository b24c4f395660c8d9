"""Facts become an issue, or items for one: masthead, sections, items, attachments, colophon.

A document with a masthead whose headings of the first level hold headings of the second is an
issue of sections and items; any other is a single piece, with a title and a body.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from brieftex.compose.numbering import label as numbered
from brieftex.diagnostics import Finding
from brieftex.diagnostics.messages import incoming as messages
from brieftex.model.content import Body, Inline, Paragraph
from brieftex.model.issue import Attachment, Foreword, Issue, Item, Masthead, Section
from brieftex.word import signs
from brieftex.word.bodies import BodyMaker, BodyParts
from brieftex.word.facts import Alignment, BlockFacts, FaceSort, Facts, LeftOut, Look, Para
from brieftex.word.front import (
    flattened,
    masthead_of,
    take_colophon,
    take_masthead,
    take_signature,
)
from brieftex.word.inlines import Account, common_look
from brieftex.word.roles import SECTION_LEVEL, BlockRole, Judged, judge
from brieftex.word.trims import NUMBERS, PRINTED, remaining

NAME = "（刊名）"
"""What stands for the name of the briefing until the editor puts it in."""

_LONGEST_TITLE = 60


class HeadingForms(Struct, frozen=True):
    """The labels of headings by level: in an issue of sections, and in a single piece."""

    headings: tuple[str, ...]
    body_headings: tuple[str, ...]


class Shaped(Struct, frozen=True):
    """What became of a document: an issue, with comments on what is to be decided, findings, and
    every character that is not among its texts: left out or read as a value, and added.
    ``drawn`` are the numbers of the pictures that became charts."""

    issue: Issue
    comments: dict[str, tuple[str, ...]]
    findings: tuple[Finding, ...]
    left: tuple[LeftOut, ...]
    added: tuple[str, ...] = ()
    drawn: frozenset[int] = frozenset()


class _Shaper(Struct):
    account: Account
    maker: BodyMaker
    forms: HeadingForms
    look: Look
    stem: str
    comments: dict[str, tuple[str, ...]] = field(default_factory=dict)


def body_look(facts: Facts) -> Look:
    """The look of running text: that of most characters of long paragraphs, or of all."""
    paragraphs = [b for b in facts.blocks if isinstance(b, Para) and not b.boxed]
    long = [p for p in paragraphs if len(p.text) > 40]
    return common_look(long or paragraphs)


def shape(
    facts: Facts, issue: Issue, forms: HeadingForms, pictures: Sequence[str | None], stem: str
) -> Shaped:
    """The issue that a document is. ``issue`` gives its source, folder and whatever the document
    lacks; ``stem`` is the title of one that has none."""
    account = Account(facts)
    account.left += facts.left
    look = body_look(facts)
    maker = BodyMaker(account, look, forms.body_headings, pictures)
    shaper = _Shaper(account, maker, forms, look, stem)
    blocks: list[BlockFacts] = flattened(facts.blocks)
    front, blocks = take_masthead(account, blocks, look)
    colophon, blocks = take_colophon(account, blocks)
    blocks, attached = _attachments(shaper, blocks)
    if colophon is None and attached:
        colophon, attached[-1] = take_colophon(account, attached[-1])
    signature, blocks = take_signature(account, blocks)
    made = _masthead(shaper, front.values, issue)
    made = replace(made, signature=signature or issue.signature)
    made = replace(made, colophon=colophon or issue.colophon)
    faces = look.face is not FaceSort.OTHER or look.size > 0
    title, blocks = _title(shaper, blocks)
    judged = judge(blocks, look, faces=faces)
    if _is_sections(judged, masthead=front.found):
        made = replace(_sections(shaper, judged, made), title=title)
    else:
        made = _piece(shaper, judged, made, title)
    made = replace(made, attachments=tuple(_attachment(shaper, part) for part in attached if part))
    maker.leave_unused_notes()
    return Shaped(
        made, shaper.comments, tuple(account.all_findings()), tuple(account.left),
        tuple(account.added),
    )  # fmt: skip


def _masthead(shaper: _Shaper, values: dict[str, object], issue: Issue) -> Issue:
    last = issue.masthead
    held = {
        each: value
        for each in Masthead.__struct_fields__
        if each not in ("places", "name") and (value := getattr(last, each)) not in (None, ())
    }
    name = last.name if last.name.text else Inline(NAME)
    made = masthead_of({**held, **values}, name)
    if made.name.text == NAME:
        shaper.comments["masthead.name"] = ("待定：稿件里没有刊名",)
        shaper.account.findings.append(messages.TO_DECIDE.at(
            None, "masthead.name", what="刊名", what_en="name of the briefing", text=NAME
        ))  # fmt: skip
    return replace(issue, masthead=made)


def _title(shaper: _Shaper, blocks: list[BlockFacts]) -> tuple[Inline | None, list[BlockFacts]]:
    """The title of the whole, at the beginning of the text, and the rest."""
    lines: list[Para] = []
    for block in blocks[:4]:
        if not isinstance(block, Para) or not _is_title(block, shaper.look, lines):
            break
        lines.append(block)
    if not lines and (head := _only_top(blocks)) is not None:
        lines = [head]
    if not lines and blocks and isinstance(blocks[0], Para) and not shaper.look.size:
        # Plain text: a short first line above sentences.
        first = blocks[0]
        longer = any(isinstance(b, Para) and "。" in b.text for b in blocks[1:4])
        if len(first.text) <= 40 and first.text.strip()[-1:] not in "。；：，！" and longer:
            lines = [first]
    if not lines:
        return None, blocks
    titles = [shaper.maker.title(line) for line in lines]
    text = "\n".join(title.text for title in titles)
    if len(titles) == 1:
        return titles[0], blocks[1:]
    return Inline(text), blocks[len(lines) :]


def _only_top(blocks: Sequence[BlockFacts]) -> Para | None:
    """The first paragraph, if it alone has the highest level: the title of a page of HTML."""
    first = blocks[0] if blocks else None
    levels = [b.outline for b in blocks if isinstance(b, Para) and b.outline is not None]
    if not isinstance(first, Para) or first.label is not None or first.outline is None:
        return None
    return first if first.outline == min(levels) and levels.count(first.outline) == 1 else None


def _is_title(block: Para, look: Look, before: Sequence[Para]) -> bool:
    text = block.text.strip()
    if not text or len(text) > _LONGEST_TITLE or text[-1] in "。；，" or block.label is not None:
        return False
    own = common_look([block])
    if block.style in ("title", "标题", "subtitle", "副标题"):
        return True
    if signs.typed_level(text) and block.align is not Alignment.CENTER:
        return False
    if before:
        first = common_look([before[0]])
        same = own == first and block.align is before[0].align is Alignment.CENTER
        return same or (text.startswith("——") and block.align is Alignment.CENTER)
    larger = own.size >= look.size + 2 if look.size else False
    if block.align is Alignment.CENTER:
        return larger or own.face is not look.face or own.bold or block.outline == 0
    return own.face is FaceSort.TITLE and larger


def _is_sections(judged: Sequence[Judged], *, masthead: bool) -> bool:
    """Whether headings of the highest level are sections and those below them items."""
    headings = [(i, j) for i, j in enumerate(judged) if j.role is BlockRole.HEADING]
    levels = sorted({j.level for _, j in headings})
    if not levels:
        return False
    tops = [i for i, j in headings if j.level == levels[0]]
    if levels[0] == SECTION_LEVEL:
        return masthead or len(tops) > 1
    if not masthead or len(levels) < 2:
        return False
    followed = sum(
        1
        for i in tops
        if i + 1 < len(judged)
        and judged[i + 1].role is BlockRole.HEADING
        and judged[i + 1].level == levels[1]
    )
    return 2 * followed >= len(tops)


def _levels(judged: Sequence[Judged]) -> list[int]:
    return sorted({j.level for j in judged if j.role in (BlockRole.HEADING, BlockRole.RUN_IN)})


def _piece(shaper: _Shaper, judged: Sequence[Judged], issue: Issue, title: Inline | None) -> Issue:
    salutation: Inline | None = None
    first = judged[0].block if judged else None
    if (
        isinstance(first, Para)
        and judged[0].role is BlockRole.TEXT
        and signs.SALUTATION_SIGN.fullmatch(first.text.strip())
    ):
        salutation = shaper.maker.inline(first)
        salutation = Inline(salutation.text)
        judged = judged[1:]
    parts = shaper.maker.parts(judged, _levels(judged))
    if title is None:
        title = Inline(shaper.stem)
        shaper.account.added.append(shaper.stem)
        shaper.comments["title"] = ("待定：稿件里没有看出标题，用了文件名",)
        shaper.account.findings.append(messages.TO_DECIDE.at(
            None, "title", what="标题", what_en="title", text=shaper.stem
        ))  # fmt: skip
    return replace(
        issue, title=title, salutation=salutation, body=shaper.maker.body(parts),
        sources=tuple(parts.sources), contributors=tuple(parts.contributors),
    )  # fmt: skip


def _sections(shaper: _Shaper, judged: Sequence[Judged], issue: Issue) -> Issue:
    levels = _levels(judged)
    tops = [i for i, j in enumerate(judged) if j.role is BlockRole.HEADING and j.level == levels[0]]
    foreword = None
    if tops and tops[0] > 0:
        foreword = _foreword(shaper, judged[: tops[0]])
    sections = []
    for number, (start, end) in enumerate(zip(tops, [*tops[1:], len(judged)], strict=True), 1):
        _compare(shaper, judged[start], 0, number)
        sections.append(_section(shaper, judged[start:end], levels[1:]))
    return replace(issue, foreword=foreword, sections=tuple(sections))


def _compare(shaper: _Shaper, one: Judged, level: int, number: int) -> None:
    """Compare the number of a section or an item with the one that will be printed."""
    forms = shaper.forms.headings
    if isinstance(one.block, Para):
        ours = numbered(forms[min(level, len(forms) - 1)], number)
        shaper.maker.compare_number(one.block, ours, f"level {level}")


def _foreword(shaper: _Shaper, judged: Sequence[Judged]) -> Foreword | None:
    title: Inline | None = None
    salutation: Inline | None = None
    rest = list(judged)
    first = rest[0].block
    if isinstance(first, Para) and first.text.strip("【】[] 　：:") in (
        "编者按",
        "卷首语",
        "按语",
        "编者的话",
    ):
        title = Inline(first.text.strip("【】[] 　：:"))
        shaper.account.leave(remaining(first.text, title.text), PRINTED, first.number)
        rest = rest[1:]
    second = rest[0].block if rest else None
    if (
        isinstance(second, Para)
        and signs.SALUTATION_SIGN.fullmatch(second.text.strip())
        and len(second.text) < 20
    ):
        salutation = Inline(shaper.maker.inline(second).text)
        rest = rest[1:]
    parts = shaper.maker.parts(rest, _levels(rest))
    body = _with_rest(shaper.maker.body(parts), parts)
    return Foreword(body, salutation, title) if body.blocks else None


def _with_rest(body: Body, parts: BodyParts) -> Body:
    """A body with the sources and contributors for which there is no field, as paragraphs."""
    lines = [
        " ".join(text.text for text in (source.name, source.url) if text is not None)
        for source in parts.sources
    ]
    lines += [name.text for name in parts.contributors]
    return Body((*body.blocks, *(Paragraph(Inline(line)) for line in lines)), body.notes)


def _section(shaper: _Shaper, judged: Sequence[Judged], levels: Sequence[int]) -> Section:
    heading = judged[0].block
    assert isinstance(heading, Para)
    title = shaper.maker.title(heading)
    name = signs.SECTION_NAME.fullmatch(title.text.strip())
    if name is not None and judged[0].level == SECTION_LEVEL:
        shaper.account.leave(remaining(title.text, name[1]), NUMBERS, heading.number)
        title = Inline(name[1])
    starts = [
        i for i, j in enumerate(judged)
        if i and levels and j.role is BlockRole.HEADING and j.level == levels[0]
    ]  # fmt: skip
    own = judged[1 : starts[0]] if starts else judged[1:]
    parts = shaper.maker.parts(own, levels)
    note, body = _editor_note(shaper, own, shaper.maker.body(parts))
    items: list[Item] = []
    for start, end in zip(starts, [*starts[1:], len(judged)], strict=bool(starts)):
        if len(starts) > 1:  # a sole item has no number
            _compare(shaper, judged[start], 1, len(items) + 1)
        items.append(_item(shaper, judged[start:end], levels[1:]))
    if not items and (parts.sources or parts.contributors):
        # Sources belong to an item: the section is one that has no title of its own.
        items = [
            Item(title, body, tuple(parts.sources), note, contributors=tuple(parts.contributors))
        ]
        shaper.account.added.append(title.text)
        return Section(title, tuple(items))
    body = _with_rest(body, parts)
    if not items and not body.blocks:
        body = Body((Paragraph(Inline("（正文。）")),))
        shaper.account.added.append("（正文。）")
    return Section(title, tuple(items), note, body if body.blocks else None)


def _editor_note(shaper: _Shaper, judged: Sequence[Judged], body: Body) -> tuple[Body | None, Body]:
    """The editor's note at the beginning of a body, and the rest."""
    first = body.blocks[0] if body.blocks else None
    if not isinstance(first, Paragraph) or not judged:
        return None, body
    found = signs.EDITOR_NOTE_SIGN.match(first.inline.text)
    if found is None or first.inline.calls or first.inline.rubies:
        return None, body
    number = judged[0].block.number
    shaper.account.leave(found[0], PRINTED, number)
    note = Body((Paragraph(Inline(first.inline.text[found.end() :])),))
    return note, Body(body.blocks[1:], body.notes)


def _item(shaper: _Shaper, judged: Sequence[Judged], levels: Sequence[int]) -> Item:
    heading = judged[0].block
    assert isinstance(heading, Para)
    parts = shaper.maker.parts(judged[1:], levels)
    note, body = _editor_note(shaper, judged[1:], shaper.maker.body(parts))
    return Item(
        shaper.maker.title(heading), body, tuple(parts.sources), note,
        contributors=tuple(parts.contributors),
    )  # fmt: skip


def _attachments(
    shaper: _Shaper, blocks: list[BlockFacts]
) -> tuple[list[BlockFacts], list[list[BlockFacts]]]:
    """The text, and the attachments: each begins with 附件 alone on its line."""
    starts = [
        i for i, block in enumerate(blocks)
        if i and isinstance(block, Para) and signs.ATTACHMENT_SIGN.fullmatch(block.text.strip())
        and i + 1 < len(blocks)
    ]  # fmt: skip
    if not starts:
        return blocks, []
    parts = [list(blocks[a:b]) for a, b in zip(starts, [*starts[1:], len(blocks)], strict=True)]
    if any(not isinstance(part[1] if len(part) > 1 else None, Para) for part in parts):
        return blocks, []
    for part in parts:
        head = part.pop(0)
        assert isinstance(head, Para)
        shaper.account.leave(head.text, NUMBERS, head.number)
    return blocks[: starts[0]], parts


def _attachment(shaper: _Shaper, blocks: Sequence[BlockFacts]) -> Attachment:
    head = blocks[0]
    assert isinstance(head, Para)
    title = shaper.maker.title(head, "attachment")
    judged = judge(blocks[1:], shaper.look, faces=True)
    parts = shaper.maker.parts(judged, _levels(judged))
    body = shaper.maker.body(parts)
    body = _with_rest(body, parts)
    if not body.blocks:
        body = Body((Paragraph(Inline("（正文。）")),))
        shaper.account.added.append("（正文。）")
    return Attachment(title, body)

"""落款: who signs, when, and a remark below (GB/T 9704-2012 7.3.5 and 7.3.6)."""

from __future__ import annotations

from msgspec.structs import replace

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.compose.figures import art_block
from brieftex.diagnostics.messages.compose import SEAL_LEFT_OUT
from brieftex.document.blocks import FigureBlock, SignatureBlock
from brieftex.document.figures import DrawingBlock
from brieftex.document.paragraphs import TextBlock
from brieftex.model.issue import Signature
from brieftex.styled.builder import TextBuilder
from brieftex.units import Size


def add_signature(draft: Draft) -> None:
    """Add names and date, then the remark; nothing if there are none.

    A theme may sign an issue without a signature with its issuer and date.
    """
    rules, masthead = draft.theme.signature, draft.issue.masthead
    signature = draft.issue.signature
    if signature is None:
        if not rules.from_masthead:
            return
        issuers = () if masthead.issuer is None else (masthead.issuer,)
        signature = Signature(issuers, masthead.date)
    if not (signature.names or signature.date or signature.remark):
        return
    style, node = draft.style("signature"), draft.node("Sect")
    office, seals = None, _seals(draft, signature, node)
    if signature.office is not None:
        office = draft.text(signature.office, style.char, draft.node("P", node))
    blank = bool(seals) and not _seals_wanted(draft, signature)
    if office is not None and seals and blank:
        seals = ()
    # The picture of a signature stands for the name.
    written_names = () if office is not None and seals else signature.names
    names = tuple(draft.text(n, style.char, draft.node("P", node)) for n in written_names)
    date = None
    if signature.date is not None:
        words = format_date(draft.theme.labels["date"], signature.date)
        at = draft.place(signature.names[-1] if signature.names else masthead.name)
        date = draft.words(words, style.char, draft.node("P", node), at)
    if names or date or office or seals:
        if signature.remark is not None:
            style = replace(style, keep_next=True)
        block = SignatureBlock(
            names, date, style, rules.sealed or bool(seals), office, rules.seal_size, seals,
            open_below=signature.remark is not None, blank=blank,
        )  # fmt: skip
        draft.add(block)
    if signature.remark is not None:
        _add_remark(draft, signature, node)


def _seals(
    draft: Draft, signature: Signature, parent: int
) -> tuple[FigureBlock | DrawingBlock, ...]:
    """The pictures of the seals, or of the signature."""
    rules = draft.theme.signature
    if not signature.seals:
        return ()
    span = signature.places["seals"]
    signed = signature.office is not None
    line = draft.style("signature").leading
    room = Size(rules.seal_size, 2 * line if signed else rules.seal_size)
    word = "签名章" if signed else "印章"
    return tuple(
        art_block(
            draft, path, (span, draft.node("Figure", parent, alt=f"{word}：{name.text}")), room
        )
        for path, name in zip(signature.seals, signature.names, strict=False)
    )


def _seals_wanted(draft: Draft, signature: Signature) -> bool:
    """Whether seals are printed: not on drafts, which bear a watermark, nor where the theme says
    so."""
    wanted = draft.theme.signature.seal and not draft.theme.finish.watermark.text
    if not wanted:
        draft.found.append(SEAL_LEFT_OUT.at(signature.places["seals"]))
    return wanted


def _add_remark(draft: Draft, signature: Signature, parent: int) -> None:
    """Add 附注 in brackets, unless the editor has typed them."""
    remark = signature.remark
    assert remark is not None
    style, node = draft.style("remark"), draft.node("P", parent)
    form = draft.theme.labels["remark"]
    if remark.text.startswith(("（", "(")):
        form = "{remark}"
    before, _, after = form.partition("{remark}")
    builder = TextBuilder()
    builder.add_words(before, style.char, node, draft.place(remark))
    draft.setter().add(builder, remark, style.char, node)
    builder.add_words(after, style.char, node, draft.place(remark))
    draft.add(TextBlock(builder.text(), style))

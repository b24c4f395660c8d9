"""落款: who signs, when, and a remark below (GB/T 9704-2012 7.3.5 and 7.3.6)."""

from __future__ import annotations

from brieftex.compose.builder import Draft
from brieftex.compose.dates import format_date
from brieftex.compose.inline import TextBuilder
from brieftex.document.blocks import SignatureBlock, TextBlock
from brieftex.model.issue import Signature


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
    names = tuple(draft.text(n, style.char, draft.node("P", node)) for n in signature.names)
    date = None
    if signature.date is not None:
        words = format_date(draft.theme.labels["date"], signature.date)
        at = draft.place(signature.names[-1] if signature.names else masthead.name)
        date = draft.words(words, style.char, draft.node("P", node), at)
    if names or date:
        draft.add(SignatureBlock(names, date, style, rules.sealed))
    if signature.remark is not None:
        _add_remark(draft, signature, node)


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

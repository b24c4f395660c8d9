"""Every rule does what its page says, and good Chinese passes."""

from __future__ import annotations

import random
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.cases import each
from helpers.checking import hits, issue_of, saying
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftex.checks.engine.corpus import CopyPart, Corpus, RunningText, TextRole
from brieftex.checks.engine.explain import parts
from brieftex.checks.engine.registry import check_issue, rules
from brieftex.checks.engine.rule import Rule
from brieftex.diagnostics import Severity, Source
from brieftex.input.issue.file import read_issue
from brieftex.memory import KeepingMemory
from brieftex.model.content import Inline

RULES = rules()
TEXT_RULES = {code: rule for code, rule in RULES.items() if rule.text is not None}
GOOD = (Path(__file__).with_name("good.txt")).read_text("utf-8").splitlines()


def examples(rule: Rule, part: str) -> list[str]:
    return parts(rule)[part].split(" | ")


def of(rule: Rule, example: str) -> int:
    """How many findings a rule has in an example, as a heading where it is about these."""
    heading = rule.kind.name == "heading-end-mark"
    text = saying("正文。", title=example) if heading else saying("甲。", example, "乙。")
    return len(hits(rule, issue_of(text)))


def test_there_are_rules_enough() -> None:
    assert len(TEXT_RULES) >= 35
    assert all(code[:3] == "BT3" for code in RULES)


@each("rule", RULES.values(), ids=RULES)
def test_a_page_is_whole(rule: Rule) -> None:
    page = parts(rule)
    assert set(page) == {
        "summary", "What it does", "Why", "Example", "Use instead", "Reference",
    }  # fmt: skip
    assert all(page.values())
    assert page["What it does"][-1] in "。…"  # a sentence of two lines, too
    assert page["Why"][-1] == "。"
    assert rule.kind.severity is not Severity.ERROR  # a build stops at errors only


@each("rule", TEXT_RULES.values(), ids=TEXT_RULES)
def test_a_rule_catches_what_its_page_shows(rule: Rule) -> None:
    wrong = examples(rule, "Example")
    assert len(wrong) >= 3
    assert [example for example in wrong if not of(rule, example)] == []


@each("rule", TEXT_RULES.values(), ids=TEXT_RULES)
def test_a_rule_passes_what_its_page_recommends(rule: Rule) -> None:
    right = examples(rule, "Use instead")
    assert [example for example in right if of(rule, example)] == []


# Texts that two rules may claim.
CLAIMED = """
5~6月 2023~2024学年 10-20% 3-5万人 5月6-8日 2021年-2025年 3——5天 A、B,C “甲”. （甲). 甲,乙;丙
2026年11月31日 5Km 2026.11.20日 二0二六年 1,2,3 甲、乙、丙等等 大约3天左右 超过50多人 近100余人
15～30％ １５~２０人 甲--乙 甲。。。乙 买买提﹒吐尔逊 ﹐甲 ︵甲︶ 600*800 ＡＢＣ甲,
"""


def test_no_two_rules_mend_the_same() -> None:
    """Catches 5~6月, of which one rule said to write ～ and another one —."""
    texts = [example for rule in TEXT_RULES.values() for example in examples(rule, "Example")]
    twice = []
    for text in (*texts, *CLAIMED.split()):
        found = check_issue(issue_of(saying("甲。", text, "乙。")))
        edits = [edit for each in found if each.fix for edit, _ in each.fix.edits]
        spans = sorted((span.start, span.end) for span in edits)
        twice += [text for (_, end), (start, _) in pairwise(spans) if end > start]
    assert twice == []


def test_good_chinese_passes() -> None:
    assert len(GOOD) >= 200
    issue = issue_of(saying(*GOOD))
    found = [d for d in check_issue(issue) if d.severity is not Severity.INFO]
    assert [f"{d.kind.code} {d.message()}" for d in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "见`甲,乙`和`a...`",
        "网址为https://example.cn/a,b?x=1...2",
        "写信给office@example.cn、b@example.cn",
    ],
)
def test_code_and_addresses_are_masked(text: str) -> None:
    assert check_issue(issue_of(saying(text))) == []


def test_a_quotation_over_paragraphs_is_no_mistake() -> None:
    assert check_issue(issue_of(saying("他说：“第一段。", "“第二段。", "“第三段。”"))) == []
    assert check_issue(issue_of(saying("他说：“第一段。", "第二段。”"))) == []
    wrong = check_issue(issue_of(saying("他说：“第一段。", "第二段。", "第三段。")))
    assert [d.kind.name for d in wrong] == ["unpaired-mark"]


def test_remarks_are_left_out_of_a_build() -> None:
    text = saying("《甲》、《乙》,丙")
    found = [d.kind.name for d in check_issue(issue_of(text))]
    assert found == ["half-width-mark", "comma-between-titles"]
    assert [d.kind.name for d in check_issue(issue_of(text), notes=False)] == found[:1]


def test_a_finding_stands_where_the_mark_is() -> None:
    issue = issue_of(saying("前面，**着重**,后面"))
    (finding,) = check_issue(issue)
    assert finding.span is not None
    assert issue.source.text[finding.span.start : finding.span.end] == ","
    assert finding.path == "foreword.body"


MARKS = (
    "，。、；：？！“”‘’（）《》〈〉〔〕【】…—-~～·.,;:?!()\"'/％%０１2345六七〇零年"
    "月日号第一二 *_`[]^\\\n"
)
TEXTS = st.text(st.sampled_from(MARKS + "甲乙丙ABc倍约近左右等万千百\u3000𠀀\u2028"), max_size=60)


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
@settings(deadline=None)
def test_checking_never_fails(paragraphs: list[str], title: str) -> None:
    body = [line for text in paragraphs for line in text.split("\n") if line.strip()]
    try:
        issue = issue_of(saying(*body, title=title.replace("\n", "") or "题"))
    except Exception:  # noqa: BLE001  # the reader's own tests see to what it refuses
        return
    for finding in check_issue(issue):
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(issue.source.text)
        for language in ("zh", "en"):
            assert "{" not in finding.message(language)
            finding.hints(language)
        if finding.fix is not None:
            ends = [place for span, _ in finding.fix.edits for place in (span.start, span.end)]
            assert ends == sorted(ends)
            assert all(span.start < span.end for span, _ in finding.fix.edits)


def test_rules_look_at_each_line_by_itself(root: Path) -> None:
    """Ensures that a rule about texts finds the same whatever lines stand beside one, unless it
    looks across them: so lines in order need not be looked at again."""
    issue, _ = read_issue(root / "briefing.yaml")
    texts = [*Corpus.of(issue).texts]
    for rule in rules().values():
        lines = (*examples(rule, "Example"), *examples(rule, "Use instead"))
        roles = TextRole.PARAGRAPH, TextRole.HEADING
        texts += [RunningText(Inline(line), role, "") for line in lines for role in roles]
    random.Random(1).shuffle(texts)
    parts = [CopyPart((), [text], [text.inline.text]) for text in texts]
    whole = Corpus(issue.source, parts)
    alone = [Corpus(issue.source, [part]) for part in parts]
    starts = [start for start, _, _ in whole.lines()]
    across = set()
    for rule in rules().values():
        if rule.text is not None:
            found = {(hit.start, hit.end) for hit in rule.text(whole)}
            single = {
                (start + hit.start, start + hit.end)
                for start, line in zip(starts, alone, strict=True)
                for hit in rule.text(line)
            }
            assert rule.across or found == single, rule.kind.name
            across |= {rule.kind.name} if found != single else set()
    assert "heading-end-mark" in across


ITEMS = """\
brieftex: 1
masthead: {name: 甲报, number: 1, issuer: 乙, date: 2026-04-16}
sections:
  - items:
      - title: 其一
        body: 丙。
      - title: 其二
        body: 他说：“先做起来。
"""


def test_what_is_known_of_lines_hides_nothing() -> None:
    """Ensures that a mark without its partner is said again, though its line was looked at before,
    and that a body that is the same as before may be that of another item."""
    memory = KeepingMemory()
    first = ITEMS[ITEMS.index("      - title: 其一") : ITEMS.index("      - title: 其二")]
    without = "".join("#" * (len(line) - 1) + "\n" for line in first.splitlines(keepends=True))
    marks = []
    for text in (ITEMS, ITEMS.replace("丙", "丁"), ITEMS.replace(first, without), ITEMS + " "):
        issue, _ = read_issue(Source("issue.yaml", text), Path(), memory)
        found = check_issue(issue, memory=memory)
        assert found == check_issue(issue)
        marks += [finding.path for finding in found if finding.kind.name == "unpaired-mark"]
    items = [f"sections[0].items[{number}].body" for number in (1, 1, 0, 1)]
    assert marks == items


def test_what_rules_find_is_not_kept_with_all_that_it_would_change() -> None:
    """Ensures that hits are taken one by one: each of nested brackets holds all within it."""
    issue = issue_of(saying("（" * 2000 + "甲" + "）" * 2000))
    check_issue(issue)
    tracemalloc.start()
    assert len(check_issue(issue)) > 1000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * 1024 * 1024

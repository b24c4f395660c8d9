"""How long a build takes here: of an issue of one's own, or of a sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from brieftex.diagnostics import InputError, Source
from brieftex.doctor.checkup import Checkup, Health, Topic, good
from brieftex.pipeline import Typeset, typeset

_SLOW = 5.0  # seconds for a page: a plain office machine needs a tenth

_SENTENCE = "各单位在培训中分组练习新的登记办法，把常见的差错逐条列出来，对照说明改正。"

_SAMPLE = f"""\
brieftex: 1
masthead: {{name: 试排, number: 1, issuer: 办公室, date: 2026-01-05}}
sections:
  - title: 动态
    items:
      - title: 登记办法的练习
        body: |
          {_SENTENCE * 40}
"""


def look_at_speed(issue: Path | None) -> Iterator[Checkup]:
    """Set an issue, or the sample, as ``build`` does; nothing is written."""
    name = issue.name if issue is not None else ""
    begun, worked = perf_counter(), process_time()
    try:
        made: Typeset = typeset(issue or Source("sample.yaml", _SAMPLE))
    except InputError as error:
        count = sum(finding.severity == "error" for finding in error.findings)
        yield Checkup(
            Topic.SPEED, Health.BAD,
            (f"{name or '样刊'}：{count} 个错误，排不了", f"{name or 'sample'}: {count} errors"),
            (f"运行 brieftex check {name}".rstrip(), f"run brieftex check {name}".rstrip()),
        )  # fmt: skip
        return
    seconds, worked = perf_counter() - begun, process_time() - worked
    pages = len(made.pages)
    zh = f"{name or '样刊'}：{pages} 页，排版并核对用 {seconds:.1f} 秒（处理器 {worked:.1f} 秒）"
    en = f"{name or 'sample'}: {pages} pages in {seconds:.1f} s, {worked:.1f} s of the processor"
    if seconds <= _SLOW * pages:
        yield good(Topic.SPEED, zh, en)
    else:
        yield Checkup(
            Topic.SPEED, Health.LIMITED, (zh, en),
            ("太慢：可能是安全软件逐个扫描文件，或程序放在网络盘上；请装到本机硬盘并加入信任",
             "slow: perhaps a scanner of viruses, or a program on a network disk"),
        )  # fmt: skip

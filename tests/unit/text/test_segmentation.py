"""Words of Chinese text, and where lines of titles may end beside them."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise, zip_longest
from pathlib import Path

from helpers.cases import each

from brieftex.text import parameters, segmentation
from brieftex.text.segmentation import joints, words, words_of_run

HERE = Path(__file__).parent
TITLES = HERE.parent / "layout" / "lines" / "titles.txt"
LIST = Path(segmentation.__file__).parents[1] / "words" / "dict.txt"
PAIRS = "《》", "〈〉", "“”", "‘’", "（）", "「」", "『』"


@cache
def listed() -> dict[str, tuple[int, str]]:
    """The words of the list with their frequencies and tags."""
    lines = (line.split(" ") for line in LIST.read_text("utf-8").splitlines())
    return {word: (int(frequency), tag) for word, frequency, tag in lines}


def weight(word: str) -> float:
    """16 times the binary logarithm of a word's frequency in the sum of all, rounded as documented;
    what is no word weighs too little to be taken."""
    frequency, _ = listed().get(word, (0, ""))
    if word in segmentation._RECENT:
        frequency = 2_000
    elif len(word) == 1:
        frequency = max(frequency, 1)
    elif not frequency or len(word) > 8:
        return float("-inf")
    else:
        frequency = max(frequency, 24)
    return (frequency**16).bit_length() - (60_101_967**16).bit_length()


def runs() -> list[str]:
    """Eight characters each, from titles, ending within words as well."""
    texts = TITLES.read_text("utf-8").replace("|", "").splitlines()
    return [text[k : k + 8] for text in texts for k in range(0, len(text) - 7, 12)]


def test_words_are_the_most_probable_ones() -> None:
    """Ensures that no other way to part a text into words of the list weighs more (brute force
    knows them all), and that each word has the list's tag."""
    tried = 0
    for run in runs():
        if not all("\u4e00" <= char <= "\u9fff" for char in run):
            continue
        tried += 1
        found = words_of_run(run)
        at, total = 0, 0.0
        for length, tag in found:
            word = run[at : at + length]
            assert tag == ("n" if word in segmentation._RECENT else listed().get(word, (0, ""))[1])
            at, total = at + length, total + weight(word)
        assert at == len(run)
        best = max(
            sum(weight(run[a:b]) for a, b in pairwise((0, *inner, len(run))))
            for count in range(len(run))
            for inner in combinations(range(1, len(run)), count)
        )
        assert total == best, run
    assert tried > 10


def test_words_have_their_places() -> None:
    """Ensures that what stands between Chinese words is skipped."""
    text = "关于AI的 通知"
    assert [text[word.start : word.end] for word in words(text)] == ["关于", "的", "通知"]


@each("marks", PAIRS)
@each(
    ("inside", "extra"),
    [
        ("办法", parameters.TITLE_IN_WORD),
        ("管理办法", parameters.TITLE_IN_WORD),
        ("学生管理办法", parameters.TITLE_ENCLOSED_SHORT),
        ("学生宿舍管理办法", parameters.TITLE_ENCLOSED_SHORT),
        ("优秀学生宿舍管理办法", parameters.TITLE_ENCLOSED),
    ],
)
def test_what_marks_enclose_is_better_kept(marks: str, inside: str, extra: int) -> None:
    """Ensures that a line ends in brackets and quotation marks only at an extra price, which the
    shortest pay most, right behind the opening mark as well as right before the closing one, and
    that nothing is dearer for it outside."""
    opening, closing = marks
    text = f"转发学院{opening}{inside}{closing}的通知"
    start, end = text.index(opening) + 1, text.index(closing)
    # Without a closing mark nothing is enclosed, and every word stays as it is.
    open_ended = joints(text.replace(closing, "／"))
    found = joints(text)
    assert [b - a for a, b in zip(open_ended[:end], found[:end], strict=True)] == (
        [0] * start + [extra] * (end - start)
    )
    assert found[end] >= extra
    assert max(found[end + 2 :]) < parameters.TITLE_IN_WORD + extra


def test_marks_inside_marks_are_paired() -> None:
    """Ensures that both pairs count, and that a closing mark alone closes nothing."""
    text = "印发《关于“双碳”工作的若干意见》的通知"
    found = joints(text)
    plain = joints(text.replace("》", "／").replace("”", "／"))
    inner, outer = text.index("碳"), text.index("工作") + 2
    assert found[inner] - plain[inner] == parameters.TITLE_IN_WORD + parameters.TITLE_ENCLOSED
    assert found[outer] - plain[outer] == parameters.TITLE_ENCLOSED
    assert joints("甲》乙”丙") == joints("甲／乙／丙")


def test_what_line_ends_of_titles_cost() -> None:
    """Ensures each rule where it meets others: for titles of offices, and for what stands around
    Western words, spaces and names in any."""
    lines = (HERE / "joints.txt").read_text("utf-8").splitlines()
    for line in (line for line in lines if not line.startswith("#")):
        pieces = line.split("|")
        wanted: list[int] = []
        for piece, price in zip_longest(pieces[::2], pieces[1::2], fillvalue="100"):
            wanted += [parameters.TITLE_IN_WORD] * (len(piece) - 1)
            wanted.append(int(price) + parameters.TITLE_IN_WORD * price.startswith("+"))
        title = "".join(pieces[::2])
        assert dict(enumerate(joints(title)[1:], start=1)) == dict(enumerate(wanted, start=1)), (
            title
        )

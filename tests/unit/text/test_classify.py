"""Which class each character of a text gets, and from what in its context."""

from __future__ import annotations

from helpers.cases import each

from brieftex.text.classify import classify
from brieftex.text.clreq import CharClass


@each(
    ("chars", "kind"),
    [
        ("（〔［｛〈《「『【〖", CharClass.OPENING),
        ("）〕］｝〉》」』】〗", CharClass.CLOSING),
        ("，、；：", CharClass.PAUSE),
        ("。．", CharClass.STOP),
        ("？！‼⁇⁈⁉", CharClass.EXCLAMATION),
        ("～－", CharClass.CONNECTOR),
        ("／", CharClass.SOLIDUS),
        ("￥＄№", CharClass.PREFIX),
        ("％‰‱℃㎎㎜㎡㎞㏄㎏", CharClass.POSTFIX),
        ("中〇々𠅤カあｱ한", CharClass.HAN),
        ("①Ａ１〓★Ⅳ㍿㏠\ue000\uf8ff", CharClass.HAN),
        ("AzéßЖΩﬁאبทℓ", CharClass.LETTER),
        ("⅓⅔½™℠²₂ⁿ", CharClass.WESTERN),
        (" \t\u2009\u2002", CharClass.SPACE),
        ("0189", CharClass.DIGIT),
        ("(),.:;!?%&+-=°×÷¥$€", CharClass.WESTERN),
        ("\u0301\ufe0f\u20dd\U000e0100", CharClass.MARK),
    ],
)
def test_classes_that_need_no_context(chars: str, kind: CharClass) -> None:
    """Ensures that each character of CLREQ's tables has its class: one that slips into
    another takes the wrong width, edge and step with it."""
    assert classify(chars) == kind * len(chars)


@each(
    ("text", "classes"),
    [
        # “ ” by what they enclose, or by what stands beside the pair
        ("“中文”", "(HH)"),
        ("“AI”", "(LL)"),
        ("用“AI”排", "H(LL)H"),
        ("用“AI”.", "H(LL)w"),
        ("by “AI”排", "LLs(LL)H"),
        ("“AI、PDF”", "(LL,LLL)"),
        ('say “AI” now"', "LLLswLLwsLLLw"),
        ("说：“An ox.”意", "H,(LLsLLw)H"),
        # · by either neighbour
        ("罗琳·J", "HHmL"),
        ("罗·J", "HmL"),
        ("J·罗", "LmH"),
        ("JK·罗", "LLmH"),
        ("JK·L", "LLwL"),
        # ‘ ’ inside and outside “ ”
        ("“‘中’”", "((H))"),
        ("中“‘AI’”", "H((LL))"),
        ("“‘AI’”中", "((LL))H"),
        ("“AI”“PDF”中", "(LL)(LLL)H"),
        ("“a ‘b’ c”", "wLswLwsLw"),
        ("他说‘AI’", "HH(LL)"),
        ("‘AI’", "(LL)"),
        # what stands in a Western passage is, whatever the paragraph
        ("他引用the “AI” report的", "HHHLLLswLLwsLLLLLLH"),
        ("题为“The ‘Smart’ City”的", "HH(LLLswLLLLLwsLLLL)H"),
        ("“‘Smart’ City”的", "(wLLLLLwsLLLL)H"),
        ("“Artificial Intelligence”", "wLLLLLLLLLLsLLLLLLLLLLLLw"),
        ("“Artificial Intelligence”与", "(LLLLLLLLLLsLLLLLLLLLLLL)H"),
        # what stands in another line is no neighbour
        ("中文\n“a b” c d", "HHnwLsLwsLsL"),
        ("c d “a b”\n中文", "LsLswLsLwnHH"),
        # a table's cell, a quotation that goes on in the next paragraph (GB/T 15834 4.8.3)
        ("“985”", "(000)"),
        ("“985”高校", "(000)HH"),
        ("“3·15”活动", "(0m00)HH"),
        ("“2024年，各校", "(0000H,HH"),
        ("“AI赋能", "(LLHH"),
        ("到100%”", "H000w)"),
        ("“一”、‘AI’3项", "(H),(LL)0H"),
        # one pair beside another
        ("对“政策”/“服务”", "H(HH)/(HH)"),
        ("“北京”—“上海”", "(HH)~(HH)"),
        ("“甲”·“乙”", "(H)m(H)"),
        ("“A”/“B”类", "(L)/(L)H"),
        # a pair in two lines
        ("of “a b\nc d” by", "LLswLsLnLsLwsLL"),
        ("of “a\n中\nc” by", "LLs(LnHnL)sLL"),
        ("中\n“a b\nc”", "Hn(LsLnL)"),
        ("of the “a\n‘b’\nc”\n中", "LLsLLLswLnwLwnLwnH"),
        ("(“AI”)的", "w(LL)wH"),
        # an apostrophe is none of a pair
        ("don’t", "LLLwL"),
        ("“it’s中”", "(LLwLH)"),
        ("‘it’s中’", "(LLwLH)"),
        ("the ’90s", "LLLsw00L"),
        ("the students’ union成立", "LLLsLLLLLLLLwsLLLLLHH"),
        ("用‘5%’of", "H(0w)LL"),
        ("用‘a ’b", "H(Ls)L"),
        ("中 ’文", "Hs)H"),
        ("中’90", "H)00"),
        ("用‘AI’3次", "H(LL)0H"),
        # lone marks go by their neighbours
        ("“中", "(H"),
        ("中”", "H)"),
        ("“A", "(L"),
        ("A”", "L)"),
        ("”中“", ")H("),
        # — doubled, between Han, between digits, in Western text
        ("中——文", "HDDH"),
        ("a——b", "LDDL"),
        ("北京—上海", "HH~HH"),
        ("2021—2025", "0000~0000"),
        ("a word—word b", "LsLLLLwLLLLsL"),
        ("word — word", "LLLLswsLLLL"),
        ("京A—京B", "HL~HL"),
        ("T1—T3航站楼", "L0~L0HHH"),
        ("北京 — 上海", "HHs~sHH"),
        ("— 1 —", "ws0sw"),
        ("— 12 —", "ws00sw"),
        ("AB —", "LLsw"),
        ("ABC —", "LLLsw"),
        ("—", "w"),
        ("增长—", "HH~"),
        ("GB/T 9704—2012", "LLwLs0000~0000"),
        # … doubled, beside Han, in Western text
        ("中……文", "HEEH"),
        ("a……b", "LEEL"),
        ("等…", "HE"),
        ("please wait…", "LLLLLLsLLLLw"),
        # ·
        ("玛丽·霍", "HHmH"),
        ("AB甲·K", "LLHmL"),
        ("·甲", "mH"),
        ("·AB甲", "wLLH"),
        ("AB·甲K", "LLmHL"),
        ("J·K·罗琳", "LmLmHH"),
        ("约翰·F·肯尼迪", "HHmLmHHH"),
        ("GW·h", "LLwL"),
        ("······", "wwwwww"),
        ("5 N·m的力", "0sLwLHH"),
        ("“5·12”", "(0m00)"),
        ("七·一", "HmH"),
        # /
        ("和/或", "H/H"),
        ("and/or", "LLLwLL"),
        ("元/h", "H/L"),
        ("在/usr/lib", "HwLLLwLLL"),
        ("见，/etc（/a）", "H,wLLL(wL)"),
        ("教师 / 学生", "HHs/sHH"),
        ("AI / 大数据", "LLs/sHHH"),
        ("iOS / Android", "LLLswsLLLLLLL"),
        ("见https://a.b/c/，", "HLLLLLwwwLwLwLw,"),
        ("https://a.b/中/", "LLLLLwwwLwLwH/"),
        ("见https://例子.中国", "HLLLLLwwwHHwHH"),
    ],
)
def test_shared_marks_go_by_context(text: str, classes: str) -> None:
    """Ensures that marks which Chinese and Western text share are told apart (typography.md
    1.3): a Chinese quotation mark from a Latin face is the commonest fault of such pages. Where in
    a line the text stands changes nothing."""
    assert classify(text) == classes
    assert classify(" " * 300 + text) == "s" * 300 + classes


def test_a_long_text_is_no_more_chinese_than_a_short_one() -> None:
    """Ensures that what has no sign of its own goes by the paragraph, however long."""
    for times in (1, 100):
        assert classify("word by word " * times + "\n“A”").endswith("nwLw")
        assert classify("字" * times + " by word\n“A”").endswith("n(L)")


def test_classes_are_one_letter_for_each_character() -> None:
    """Ensures that no class is lost in a text of every kind: columns would shift."""
    text = "中\u0301文 “AI”——……·/\u3000\u200b\u2060\u00a0\n𠅤"
    assert len(classify(text)) == len(text)
    assert len({kind.value for kind in CharClass}) == len(CharClass)


def test_the_call_of_a_note_is_no_neighbour() -> None:
    """Ensures that “985”[1]高校 is as Chinese as “985”高校: the call belongs to the line, not to
    the sentence."""
    assert classify("“985”[1] is a", [(5, 8)]) == classify("“985” is a")[:5] + "w0wsLLsL"
    assert classify("the “AI”1高", [(8, 9)]) == "LLLs(LL)0H"
    assert classify("the “AI”1高") == "LLLswLLw0H"


def test_a_cluster_is_one_character() -> None:
    """Ensures that what several code points make up (accents, flags, families, Hangul typed by
    letters) goes on with marks, so that nothing comes between."""
    texts = "e\u0301", "👨\u200d👩\u200d👧", "🇨🇳🇫🇷", "\u1112\u1161\u11ab", "👍🏽", "1\ufe0f\u20e3"
    assert [classify(text) for text in texts] == ["LM", "HMMMM", "HMHM", "HMM", "HM", "0MM"]


def test_many_marks_take_no_longer_each() -> None:
    """Ensures that a paragraph of nothing but shared marks ends: each looks at its neighbours,
    none at the whole text."""
    for text in ("“" * 20_000, "“a" * 10_000 + "”" * 10_000, "a·" * 20_000, "/ " * 20_000):
        assert len(classify(text)) == len(text)


@each("text", ["用“AI”排", "他引用the “AI” report的", "玛丽·霍", "京A—京B", "和/或"])
def test_calls_of_notes_are_no_context(text: str) -> None:
    """Ensures that the number of a note, wherever it is called, changes no other class."""
    plain = classify(text)
    for at in range(len(text) + 1):
        called = classify(f"{text[:at]}12{text[at:]}", [(at, at + 2)])
        assert called[:at] + called[at + 2 :] == plain, at
        assert called[at : at + 2] == "00"


@each("text", ["中", "，", "中文，2025年的(a)。", "\ud800中\uffff", "ㇰ々〇①ｶ", "\0a"])
def test_a_class_does_not_depend_on_how_it_is_looked_up(text: str) -> None:
    """Ensures that a text with a character beyond U+FFFF, which is looked up one by one, gets the
    classes that its characters have in any other text."""
    assert classify(text + "𠅤") == classify(text) + "H"

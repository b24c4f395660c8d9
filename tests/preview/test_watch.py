"""What an editor sees in the browser while working on an issue."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from .conftest import Watch, Window

Start = Callable[..., Watch]
Open = Callable[..., Window]

NEW = "改好了的一段话。"


def write_picture(path: Path, color: str) -> None:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (80, 40), color).save(path)


def with_new_text(path: Path, old: str = "开头的一段话。") -> str:
    text = path.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, NEW, 1)


def test_a_save_redraws_the_page(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    seen = window(watched.address)
    before = seen.page.screenshot()
    watched.save(with_new_text(issue))
    seen.until_text(NEW)
    assert seen.page.screenshot() != before
    assert "已更新" in seen.page.inner_text("#status")


def test_bars_beside_what_changed(issue: Path, watch: Start, window: Open) -> None:
    earlier = issue.with_name("earlier.yaml")
    shutil.copy(issue, earlier)
    watched = watch(issue, "--no-open", "--against", str(earlier))
    seen = window(watched.address)
    count = "document.querySelectorAll('.leaf path[d*=\"h1.2v\"]').length"
    before = seen.get(count)
    watched.save(with_new_text(issue))
    seen.until_text(NEW)
    assert seen.get(count) == before + 1
    earlier.write_bytes(issue.read_bytes())  # the earlier draft changes
    seen.until(f"{count} === {before}")
    shutil.move(earlier, earlier.with_name("away.yaml"))
    seen.until("document.body.innerText.includes('earlier.yaml')")
    assert NEW in seen.page.inner_text("body")  # the last good pages stay
    write = earlier.with_name("away.yaml").read_text("utf-8").replace(NEW, "另一段话。")
    earlier.write_text(write, "utf-8")
    seen.until(f"{count} === {before + 1}")


def test_the_place_and_the_zoom_stay(long_issue: Path, watch: Start, window: Open) -> None:
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.page.keyboard.press("+")
    seen.page.keyboard.press("+")
    seen.get("document.getElementById('desk').scrollTo({top: 2345, left: 30, behavior: 'instant'})")
    look = (
        "[desk.scrollTop, desk.scrollLeft, document.getElementById('zoom-now').textContent].join()"
    )
    before = seen.get(look)
    watched.save(with_new_text(long_issue) + "attachments:\n  - title: 附\n    body: 文\n")
    seen.until_text(NEW)
    assert seen.get(look) == before
    assert before.split(",")[0] == "2345"


def test_only_what_changed_is_drawn_again(long_issue: Path, watch: Start, window: Open) -> None:
    """Ensures that what stays on a page is neither made nor painted again: to paint a whole page
    takes longer than everything else."""
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.until("!document.querySelector('.leaf .words:empty')")
    leaves = "[...document.querySelectorAll('.leaf')]"
    drawn = seen.get(f"{leaves}.map(leaf => leaf.querySelectorAll('.ink > *').length)")
    assert min(drawn[:2]) > 9
    parts = "document.querySelectorAll('.ink > *, .words > *')"
    seen.get(f"{parts}.forEach(one => {{ one.kept = true }})")
    watched.save(with_new_text(long_issue))
    seen.until_text(NEW)
    for part in ("ink", "words"):
        new = f"leaf => [...leaf.querySelectorAll('.{part} > *')].filter(one => !one.kept).length"
        assert seen.get(f"{leaves}.map({new})") == [1] + [0] * (len(drawn) - 1)
    assert seen.get(f"{leaves}.map(leaf => leaf.querySelectorAll('.ink > *').length)") == drawn


ASKED = """(() => {
    const asked = [];
    const rect = Element.prototype.getBoundingClientRect;
    Element.prototype.getBoundingClientRect = function () {
        asked.push("rect");
        return rect.call(this);
    };
    for (const name of ["clientWidth", "clientHeight"]) {
        const { get } = Object.getOwnPropertyDescriptor(Element.prototype, name);
        Object.defineProperty(Element.prototype, name, { get() {
            asked.push(name);
            return get.call(this);
        } });
    }
    document.addEventListener("preview:inked", () => requestAnimationFrame(() => {
        window.asked = [...asked];
        window.around = document.getElementById("status").textContent;
    }), { once: true });
    document.getElementById("status").textContent = "";
})()"""
"""Note what was asked about places until the first frame of new ink, and what stands around it."""


def test_new_ink_waits_for_nothing(long_issue: Path, watch: Start, window: Open) -> None:
    """Ensures that a page that stays as large as it was is drawn without a question about places,
    for which all that changed until then would be laid out, and before the words around it."""
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.until("!document.querySelector('.leaf .words:empty')")
    seen.get(ASKED)
    watched.save(with_new_text(long_issue))
    seen.until_text(NEW)
    assert seen.get("[window.asked, window.around]") == [[], ""]
    seen.until("document.getElementById('status').textContent.includes('已更新')")


SHOWN = r"""[...document.querySelectorAll(".ink, .words")]
    .map((part) => part.innerHTML.replace(/clip-\d+/g, "clip")).join("\n")"""
"""All that is drawn, in either window alike."""


def test_a_window_that_saw_changes_shows_what_a_new_one_shows(
    long_issue: Path, watch: Start, window: Open
) -> None:
    """Ensures that nothing is lost, doubled or left over at either end of what is drawn again, on
    pages in sight and on those that were, with lines, pictures and clipped paths."""
    good = long_issue.read_text(encoding="utf-8")
    write_picture(long_issue.with_name("图.png"), "#ff0000")
    clipped = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><clipPath id="c">'
        '<rect width="50" height="30"/></clipPath><circle cx="40" cy="20" r="20" '
        'clip-path="url(#c)"/></svg>'
    )
    long_issue.with_name("图.svg").write_text(clipped, encoding="utf-8")
    figures = "".join(f"          - {{figure: 图.{kind}, alt: 图}}\n" for kind in ("png", "svg"))
    body = f"        body:\n{figures}          - 图下的一段话。\n"
    with_figures = good.replace("        body: 开头的一段话。\n", body)
    versions = {
        "开头的一段话，开头": good.replace("开头的一段话。", "开头的一段话，" * 40),
        "图下的": with_figures,
        "图下面的": with_figures.replace("图下的", "图下面的"),
        "第十五项": with_figures.replace("试排", "试一试排").replace("第15项", "第十五项"),
        "末次": good.replace("第一件事", "末次"),
    }
    watched = watch(long_issue)
    first = window(watched.address)
    for words, text in versions.items():
        if words == "末次":
            first.page.keyboard.press("End")
            first.rest()
            first.page.keyboard.press("Home")
            first.rest()
        watched.save(text)
        first.until_text(words)
    second = window(watched.address)
    second.until("!document.querySelector('.leaf .words:empty')")
    first.until(f"{SHOWN} === {json.dumps(second.get(SHOWN))}")


def test_a_change_out_of_sight_is_told(long_issue: Path, watch: Start, window: Open) -> None:
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.page.keyboard.press("End")
    seen.rest()
    assert seen.page.is_hidden("#elsewhere")
    watched.save(with_new_text(long_issue))
    seen.until("!document.getElementById('elsewhere').hidden")
    seen.page.click("#elsewhere")
    seen.rest()
    assert seen.page.input_value("#page-now") == "1"


def test_broken_yaml_leaves_the_pages(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    seen = window(watched.address)
    good = issue.read_text(encoding="utf-8")
    seen.until_text("开头的一段话。")
    watched.save(good.replace("number: 1", "number：1"))
    seen.until("!document.getElementById('alarm').hidden")
    assert "1 处错误" in seen.page.inner_text("#alarm")
    assert "开头的一段话。" in seen.page.text_content("#pages")
    finding = seen.page.locator("#findings .finding")
    assert "issue.yaml 第 4 行" in finding.inner_text()
    assert finding.locator("mark").inner_text() == "："
    assert "建议" in finding.inner_text()
    assert finding.locator("a").get_attribute("href").startswith("vscode://file/")
    watched.save(with_new_text(issue, "number：1").replace(NEW, "number: 1"))
    seen.until("document.getElementById('alarm').hidden")
    assert seen.page.locator("#findings .finding").count() == 0


def test_an_issue_that_is_broken_at_first(issue: Path, watch: Start, window: Open) -> None:
    good = issue.read_text(encoding="utf-8")
    issue.write_text(good.replace("number: 1", "number：1"), encoding="utf-8")
    watched = watch(issue)
    seen = window(watched.address)
    assert "还不能排版" in seen.page.inner_text("#alarm")
    watched.save(good)
    seen.until_text("开头的一段话。")
    seen.until("document.getElementById('alarm').hidden")


def test_deleted_and_back(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    seen = window(watched.address)
    new = with_new_text(issue)
    issue.unlink()
    seen.until("!document.getElementById('alarm').hidden")
    assert "issue.yaml" in seen.page.inner_text("#findings")
    watched.save(new)
    seen.until_text(NEW)
    seen.until("document.getElementById('alarm').hidden")


def test_saved_by_moving(issue: Path, watch: Start, window: Open) -> None:
    """As vim, gedit and many others do, twice: the file is another one each time."""
    watched = watch(issue)
    seen = window(watched.address)
    for text in (NEW, "再改一次。"):
        draft = issue.with_name(".issue.yaml.swp")
        draft.write_text(with_new_text(issue).replace(NEW, text), encoding="utf-8")
        draft.replace(issue)
        seen.until_text(text)
        issue.write_text(
            with_new_text(issue, text).replace(NEW, "开头的一段话。"), encoding="utf-8"
        )
        seen.until_text("开头的一段话。")
    assert seen.page.is_hidden("#alarm")


def test_renamed_away_and_another_in_its_place(issue: Path, watch: Start, window: Open) -> None:
    """As editors do that keep a backup."""
    watched = watch(issue)
    seen = window(watched.address)
    new = with_new_text(issue)
    issue.rename(issue.with_name("issue.yaml~"))
    watched.save(new)
    seen.until_text(NEW)


def test_the_whole_folder_goes_and_comes_back(issue: Path, watch: Start, window: Open) -> None:
    """As when another version is checked out, or a shared folder is offline for a while."""
    watched = watch(issue)
    seen = window(watched.address)
    new = with_new_text(issue)
    away = issue.parent.with_name("别处")
    issue.parent.rename(away)
    seen.until("!document.getElementById('alarm').hidden")
    away.rename(issue.parent)
    seen.until("document.getElementById('alarm').hidden")
    watched.save(new)
    seen.until_text(NEW)


def test_a_click_on_the_page_shows_the_line(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    seen = window(watched.address)
    seen.until_text("开头的一段话。")
    seen.click_text("一段话。")
    seen.until("!document.getElementById('source').hidden")
    lines = issue.read_text(encoding="utf-8").splitlines()
    number = next(k for k, line in enumerate(lines, 1) if "开头的一段话。" in line)
    column = lines[number - 1].index("一段话。") + 1
    assert f"issue.yaml 第 {number} 行第 {column} 字" in seen.page.inner_text("#source")
    assert seen.page.inner_text("#source mark") == "一"
    assert seen.page.locator(".marks rect").count() == 1
    href = seen.page.get_attribute("#source a", "href")
    assert href.endswith(f"issue.yaml:{number}:{column}")
    seen.page.keyboard.press("Escape")
    assert seen.page.is_hidden("#source")


def test_a_click_on_a_finding_shows_its_place(long_issue: Path, watch: Start, window: Open) -> None:
    text = long_issue.read_text(encoding="utf-8")
    long_issue.write_text(
        text.replace("这是第13项工作的说明，", "这是第13项工作的说明,", 1), encoding="utf-8"
    )
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.until_text("这是第13项")
    page = seen.number_of("这是第13项")
    assert page > 3
    seen.page.click("#findings .finding-head")
    seen.until("document.querySelector('.marks rect')")
    seen.rest()
    assert seen.page.input_value("#page-now") == str(page)
    assert seen.page.inner_text("#findings mark") == ","
    box = seen.page.locator(".marks rect").bounding_box()
    assert box is not None
    assert 40 < box["y"] < 800
    # As wide as a comma and its blank, not as the line.
    assert box["width"] < 40


def test_a_search_opens_the_window_at_the_place(
    long_issue: Path, watch: Start, window: Open
) -> None:
    """Ensures that exactly the words are marked, on their page and in their line, also when the
    window is loaded again."""
    text = long_issue.read_text(encoding="utf-8").replace(
        "这是第13项工作", "这是第13项保密\n          工作"
    )
    long_issue.write_text(text, encoding="utf-8")
    call = ("search", "保密工作", "--open", "--no-window", "--in")
    found = watch(long_issue.parent, "--most", "3", fonts=(), command=call)
    start = text.index("保密")
    end = text.index("工作", start) + 2
    assert found.address.endswith(f"/#at={start}-{end}")
    seen = window(found.address)
    for again in (False, True):
        if again:
            seen.page.reload()
        seen.until("document.querySelector('.marks rect')")
        seen.rest()
        assert seen.page.input_value("#page-now") == str(seen.number_of("这是第13项保密工作"))
        assert seen.page.inner_text("#source mark").startswith("保密")
        box = seen.page.locator(".marks rect").bounding_box()
        assert box is not None
        assert 40 < box["y"] < 800
        assert 60 < box["width"] < 120  # four characters
    assert found.stop()[0] == 130


def test_an_error_is_placed_on_the_old_pages(long_issue: Path, watch: Start, window: Open) -> None:
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.until_text("第13项工作")
    text = long_issue.read_text(encoding="utf-8")
    watched.save(text.replace("- title: 第13项工作", "- 标题 : 多\n\t- title: 第13项工作", 1))
    seen.until("!document.getElementById('alarm').hidden")
    seen.page.click("#findings .finding-head")
    seen.until("document.querySelector('.marks rect')")
    seen.rest()
    marked = seen.get(
        "[...document.querySelectorAll('.leaf')].findIndex(l => l.querySelector('.marks rect')) + 1"
    )
    assert abs(marked - seen.number_of("第13项工作")) <= 1


def test_a_finding_without_a_place(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    seen = window(watched.address)
    issue.unlink()
    seen.until("!document.getElementById('alarm').hidden")
    seen.page.click("#findings .finding-head")
    seen.until("!document.querySelector('#findings .nowhere').hidden")


def test_two_windows(long_issue: Path, watch: Start, window: Open) -> None:
    """One far down and small, one at the top and large; both follow, both stay."""
    watched = watch(long_issue)
    first = window(watched.address)
    second = window(watched.address, width=900)
    second.page.keyboard.press("p")
    second.page.keyboard.press("End")
    second.rest()
    down = second.get("desk.scrollTop")
    watched.save(with_new_text(long_issue))
    first.until_text(NEW)
    second.until_text(NEW)
    assert first.get("desk.scrollTop") == 0
    assert second.get("desk.scrollTop") == down
    first.page.reload()  # as one is closed, and a third one opened
    watched.save(with_new_text(long_issue, NEW).replace(NEW, "第三版。"))
    first.until_text("第三版。")
    second.until_text("第三版。")


def test_a_picture_that_changes(issue: Path, watch: Start, window: Open) -> None:
    picture = issue.parent / "图" / "一.png"
    write_picture(picture, "#ff0000")
    text = issue.read_text(encoding="utf-8")
    body = "        body:\n          - figure: 图/一.png\n            alt: 图\n"
    issue.write_text(text.replace("        body: 开头的一段话。\n", body), encoding="utf-8")
    watched = watch(issue)
    seen = window(watched.address)
    seen.until("document.querySelector('.ink image')")
    first = seen.page.get_attribute(".ink image", "href")
    write_picture(picture, "#0000ff")
    seen.until(f"document.querySelector('.ink image').getAttribute('href') !== {first!r}")
    seen.page.evaluate("() => document.querySelector('.ink image').decode()")
    shot = seen.page.locator(".ink image").screenshot()
    path = issue.with_name("shot.png")
    path.write_bytes(shot)
    with Image.open(path) as image:
        assert image.convert("RGB").getpixel((image.width // 2, image.height // 2)) == (0, 0, 255)
    picture.unlink()
    seen.until("!document.getElementById('alarm').hidden")
    shutil.copy(path, picture)
    seen.until("document.getElementById('alarm').hidden")


def test_a_theme_of_the_users_own(issue: Path, watch: Start, window: Open) -> None:
    """In a folder of its own, and extended: both files are watched."""
    styles = issue.parent / "样式"
    styles.mkdir()
    (styles / "base.yaml").write_text("extends: briefing\n", encoding="utf-8")
    (styles / "own.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    text = issue.read_text(encoding="utf-8")
    issue.write_text(text.replace("brieftex: 1", "brieftex: 1\ntheme: 样式/own.yaml"), "utf-8")
    watched = watch(issue)
    seen = window(watched.address)
    width = "document.querySelector('.leaf svg').viewBox.baseVal.width"
    wide = seen.get(width)
    (styles / "base.yaml").write_text(
        "extends: briefing\npage:\n  paper: [200mm, 280mm]\n", "utf-8"
    )
    seen.until(f"{width} !== {wide}")
    (styles / "own.yaml").write_text("extends: base.yaml\npage:\n  breite: 1mm\n", "utf-8")
    seen.until("!document.getElementById('alarm').hidden")
    assert "own.yaml 第 3 行" in seen.page.inner_text("#findings")
    (styles / "own.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    seen.until("document.getElementById('alarm').hidden")


def test_an_edition_of_the_users_own(long_issue: Path, watch: Start, window: Open) -> None:
    edition = long_issue.parent / "大字.yaml"
    edition.write_text("page:\n  lines: 22\n", encoding="utf-8")
    watched = watch(long_issue, "--no-open", "--edition", "./大字.yaml", "--watermark", "样张")
    seen = window(watched.address)
    count = seen.page.locator(".leaf").count()
    edition.write_text("page:\n  lines: 15\n", encoding="utf-8")
    seen.until(f"document.querySelectorAll('.leaf').length > {count}")


def test_the_text_can_be_found(long_issue: Path, watch: Start, window: Open) -> None:
    """By the browser's own search, also where no ink is yet and across a line's end."""
    watched = watch(long_issue)
    seen = window(watched.address)
    seen.until_text("第16项工作")
    assert seen.get("window.find('第16项工作')")
    assert seen.get("window.find('有关情况如下，' + '有关情况如下，'.repeat(9), false, true)")
    assert not seen.get("window.find('没有这几个字')")


def test_zoom_and_keys(long_issue: Path, watch: Start, window: Open) -> None:
    watched = watch(long_issue)
    seen = window(watched.address)
    first = seen.page.locator(".leaf").first
    seen.page.keyboard.press("0")
    box = first.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(210 / 25.4 * 96, abs=1)
    seen.page.click("#fit-page")
    seen.rest()
    box = first.bounding_box()
    assert box is not None
    assert box["height"] < 760
    seen.page.keyboard.press("ArrowRight")
    seen.rest()
    assert seen.page.input_value("#page-now") == "2"
    seen.page.fill("#page-now", "4")
    seen.page.press("#page-now", "Enter")
    seen.rest()
    assert seen.page.input_value("#page-now") == "4"
    seen.page.keyboard.press("+")
    seen.rest()
    percent = seen.page.inner_text("#zoom-now")
    seen.page.reload()
    seen.until("document.documentElement.dataset.painted")
    assert seen.page.inner_text("#zoom-now") == percent


def test_findings_by_key(issue: Path, watch: Start, window: Open) -> None:
    text = issue.read_text(encoding="utf-8")
    issue.write_text(text.replace("第一件事", "第一,件事").replace("一段话", "一,段话"), "utf-8")
    watched = watch(issue)
    seen = window(watched.address)
    chosen = "[...document.querySelectorAll('.finding')].findIndex(f => 'chosen' in f.dataset)"
    for key, k in (("F8", 0), ("F8", 1), ("F8", 0), ("Shift+F8", 1)):
        seen.page.keyboard.press(key)
        seen.until(f"{chosen} === {k}")
    seen.page.keyboard.press("i")
    assert seen.page.is_hidden("#side")


def test_no_request_leaves_this_machine(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    asked: list[str] = []
    window(watched.address, request=lambda request: asked.append(request.url))
    assert len(asked) > 3
    assert [url for url in asked if not url.startswith(watched.address)] == []


def test_the_end_is_told(issue: Path, watch: Start, window: Open) -> None:
    watched = watch(issue)
    seen = window(watched.address)
    told = seen.page.evaluate_handle(
        """() => ({ended: new Promise(done => new MutationObserver(() => {
            if (document.getElementById('status').dataset.state === 'ended') done(true);
        }).observe(document.getElementById('status'), {attributes: true}))})"""
    )
    status, said = watched.stop()
    assert told.evaluate("it => it.ended") is True
    assert status == 130
    assert "Traceback" not in said


def test_it_opens_the_browser(issue: Path, watch: Start, tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("the stand-in for a browser is a shell script")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {pipe}\n', encoding="utf-8")
    browser.chmod(0o755)
    watched = watch(issue, "--port", "0", BROWSER=f"{browser} %s")
    assert pipe.read_text(encoding="utf-8").strip() == watched.address

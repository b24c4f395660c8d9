"""``brieftex mail``: messages as other programs read them, and the way from list to server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import fast_mail_parser
import pypdfium2
import pytest
from helpers import processes
from helpers.mailserver import running
from helpers.processes import COMMAND, HELPERS
from helpers.support import ISSUE

from brieftex.cli import run
from brieftex.delivery.ledger import Ledger, Result
from brieftex.delivery.message import encoded_words

NAME = "试排2026年第1期.pdf"
READERS = """\
姓名,单位,职务,邮箱,方式,称谓语言
王力,教务处,处长,wangli@example.edu.cn,邮件,
Anna,Office,,anna@example.org,都要,en
李明,校办,,,纸,
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = ISSUE.replace("body: 只有", "summary: 小事不小。\n        body: 只有")
    (tmp_path / "issue.yaml").write_text("state: final\n" + text, "utf-8")
    (tmp_path / "readers.csv").write_text(READERS, "utf-8")
    monkeypatch.setenv("BRIEFTEX_MAILPASSWORD", "secret")
    return tmp_path


def mailed(*arguments: str) -> int:
    return run(["mail", "issue.yaml", "--bundled-fonts", *arguments])


@pytest.fixture
def draft(office: Path) -> Path:
    assert mailed("--from", "office@example.edu.cn") == 0
    names = sorted(path.name for path in (office / "out/mail").iterdir())
    assert names == ["001-王力.eml", "002-Anna.eml"]
    return office / "out/mail/001-王力.eml"


def test_headers_are_as_measured(draft: Path) -> None:
    data = draft.read_bytes()
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    assert "X-Unsent: 1" in head
    assert not re.search(r"(?m)^(Date|Message-ID|Bcc):", head)
    text = data.decode("ascii")
    assert "filename*0" not in text
    assert text.count("filename*=UTF-8''%E8%AF%95") == 1
    assert re.search(r'name="=\?UTF-8\?B\?', text)
    assert "anna" not in head
    for word in re.findall(r"=\?UTF-8\?B\?[^?]*\?=", encoded_words("衡澜参阅" * 12)):
        assert len(word) <= 75


def test_rust_reads_it(draft: Path) -> None:
    read = fast_mail_parser.parse_email(draft.read_bytes())
    assert read.subject == "《试排》2026年第1期"
    (plain,), (html,) = read.text_plain, read.text_html
    assert plain.startswith("王力处长：")
    for body in (plain, html):
        for words in ("一件小事", "动态", "小事不小。", "共 1 页"):
            assert words in body
    assert "第 1 页" in plain
    assert "http" not in html
    (attachment,) = read.attachments
    assert attachment.filename == NAME
    assert len(pypdfium2.PdfDocument(bytes(attachment.content))) == 1


PERL = """
use MIME::Parser; use Encode; binmode STDOUT, ':utf8';
my $p = MIME::Parser->new; $p->output_to_core(1);
my $e = $p->parse_open($ARGV[0]);
print Encode::decode('MIME-Header', $e->head->get('Subject'));
for ($e->parts) { if ($_->head->recommended_filename) {
  print Encode::decode('MIME-Header', $_->head->recommended_filename), "\\n",
        substr($_->bodyhandle->as_string, 0, 5), "\\n" } }
"""


def test_perl_reads_it(draft: Path) -> None:
    asked = subprocess.run(["perl", "-MMIME::Parser", "-e", "1"], capture_output=True, check=False)
    if asked.returncode:
        pytest.skip("no MIME::Parser here: CI=true make readers")
    made = subprocess.run(["perl", "-e", PERL, draft], capture_output=True, check=True)
    assert made.stdout.decode("utf-8").split("\n")[:3] == ["《试排》2026年第1期", NAME, "%PDF-"]


def test_gmime_reads_it(draft: Path, tmp_path: Path) -> None:
    if shutil.which("mu") is None:
        pytest.skip("no mu here: CI=true make readers")
    folder = tmp_path / "taken"
    folder.mkdir()
    call = ["mu", "extract", "--save-attachments", f"--target-dir={folder}", str(draft)]
    subprocess.run(call, check=True, capture_output=True)
    assert (folder / NAME).read_bytes().startswith(b"%PDF-")
    shown = subprocess.run(["mu", "view", str(draft)], check=True, capture_output=True)
    assert "《试排》2026年第1期" in shown.stdout.decode("utf-8")


def test_a_cell_of_several_lines_is_one_line_in_a_header(office: Path) -> None:
    """Excel breaks cells by Alt+Enter; nobody else may get into the headers by it."""
    rows = (
        '"A\r\nBcc: e@example.org","x\r\ny",b@example.org\r\n"王""力,\n代收",校办,c@example.org\r\n'
    )
    (office / "readers.csv").write_bytes(f"姓名,单位,邮箱\r\n{rows}".encode())
    assert mailed("--from", "office@example.edu.cn") == 0
    one, two = sorted((office / "out/mail").iterdir())
    head = one.read_bytes().partition(b"\r\n\r\n")[0].decode("ascii")
    assert not re.search(r"(?mi)^bcc", head)
    assert re.search(r'(?m)^To: "A Bcc: e@example.org" <b@example.org>', head)
    read = fast_mail_parser.parse_email(two.read_bytes())
    assert read.text_plain[0].startswith('王"力, 代收：')


def test_one_draft_names_nobody(office: Path) -> None:
    assert mailed("--one") == 0
    (path,) = (office / "out/mail").iterdir()
    data = path.read_bytes()
    assert b"example" not in data
    assert fast_mail_parser.parse_email(data).text_plain[0].startswith("各位读者：")


def test_an_issue_goes_from_list_to_server_once(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(office) as (boxes, port, ca):
        call = ["--send", "--from", "office@example.edu.cn", "--server", "127.0.0.1",
                "--port", str(port), "--ca", str(ca)]  # fmt: skip
        assert mailed(*call) == 2  # nobody to ask
        assert boxes.received == {}
        boxes.rcpt_answers["anna@example.org"] = ["550 no"]
        assert mailed(*call, "--yes") == 1
        assert "发出 1 封，未发出 1 封，不明 0 封" in capsys.readouterr().err
        assert mailed(*call, "--yes") == 1  # --resume is missing
        boxes.cut.add("anna@example.org")
        assert mailed(*call, "--yes", "--resume") == 1
        assert "不明 1 封" in capsys.readouterr().err
        assert mailed(*call, "--yes", "--resume") == 1
        assert "不明的（Office Anna）" in capsys.readouterr().err
        assert mailed(*call, "--yes", "--resume", "--doubtful", "sent") == 0
        assert mailed(*call, "--yes", "--resume") == 0
    assert {who: len(got) for who, got in boxes.received.items()} == {
        "wangli@example.edu.cn": 1, "anna@example.org": 1,
    }  # fmt: skip
    read = fast_mail_parser.parse_email(boxes.received["anna@example.org"][0])
    assert read.text_plain[0].startswith("Dear Anna,")
    assert read.message_id if hasattr(read, "message_id") else True
    with Ledger(office / "发行.db") as ledger:
        rows = ledger.entries()
        assert ledger.faults() == []
    last = {row.reader: row.result for row in rows}
    assert last == {"教务处 王力": Result.SENT, "Office Anna": Result.SENT}


def test_the_password_comes_from_the_keyring(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring is the real one, with a backend of ours; the server takes nothing without a
    login. ``keyring set`` is called as the documents say."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "helpers.keyrings.FileKeyring")
    monkeypatch.setenv("TEST_KEYRING", str(office / "keys.json"))
    monkeypatch.delenv("BRIEFTEX_MAILPASSWORD")
    program = HELPERS + COMMAND

    def called(*arguments: str, **more: str) -> tuple[int, str]:
        made = processes.run(*arguments, program=program, env={**os.environ, **more})
        return made.returncode, made.stderr

    with running(office, starttls=True, login=True) as (boxes, port, ca):
        call = ["mail", "issue.yaml", "--bundled-fonts", "--send", "--yes", "--starttls",
                "--from", "office@example.edu.cn", "--server", "127.0.0.1",
                "--port", str(port), "--ca", str(ca)]  # fmt: skip
        status, told = called(*call)
        assert (status, boxes.received) == (2, {})
        assert "keyring set brieftex office@example.edu.cn" in told
        status, told = called(*call, BRIEFTEX_MAILPASSWORD="wrong")
        assert (status, boxes.received) == (1, {})
        assert "授权码" in told
        status, told = called(*call, "--resume", BRIEFTEX_MAILPASSWORD="")
        assert (status, boxes.received) == (1, {})
        assert "先登录" in told
        kept = [sys.executable, "-m", "keyring", "set", "brieftex", "office@example.edu.cn"]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run(kept, input="secret\n", env=env, capture_output=True, text=True, check=True)
        (office / "keys.locked").touch()
        assert called(*call, "--resume")[0] == 2
        (office / "keys.locked").unlink()
        status, told = called(*call, "--resume")
        assert (status, len(boxes.received)) == (0, 2), told
        assert "secret" not in told


def test_what_is_not_final_is_not_sent(office: Path) -> None:
    (office / "issue.yaml").write_text(ISSUE, "utf-8")
    with running(office) as (boxes, port, ca):
        call = ["--send", "--yes", "--from", "o@example.org", "--server", "127.0.0.1",
                "--port", str(port), "--ca", str(ca)]  # fmt: skip
        assert mailed(*call) == 1
        assert boxes.received == {}
        assert mailed(*call, "--force") == 0
    with Ledger(office / "发行.db") as ledger:
        assert all("强制发出" in row.note for row in ledger.entries())


@pytest.mark.parametrize(
    "arguments",
    [["--send"], ["--yes"], ["--resume"], ["--send", "--one"], ["--from", "nobody"]],
)
def test_wrong_calls_of_mail_are_told(office: Path, arguments: list[str]) -> None:
    assert mailed(*arguments) == 2
    assert not (office / "out").exists()

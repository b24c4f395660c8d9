"""``brieftex mail``: drafts for each reader, or messages handed to a server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from brieftex.cli.command import Command
from brieftex.cli.files import usual_issue
from brieftex.cli.findings import Reporter
from brieftex.cli.language import tr
from brieftex.cli.ledger import opened_ledger
from brieftex.cli.options import bundled_option, theme_option
from brieftex.cli.paths import GivenPath
from brieftex.cli.posts import Post, mailed_readers, posts_of, traced_posts
from brieftex.cli.readers import in_columns, usual_list
from brieftex.cli.release import agreed_to_send, released, safe_name
from brieftex.cli.secret import mail_password
from brieftex.cli.targets import keep_inputs
from brieftex.diagnostics import InputError
from brieftex.diagnostics.reasons import reason_of
from brieftex.source import FileLog

if TYPE_CHECKING:
    from brieftex.delivery.ledger import Ledger
    from brieftex.model.issue import Issue


class _Wish(Struct, frozen=True):
    """How messages are handed in."""

    sender: str | None
    server: str | None
    port: int | None
    starttls: bool
    user: str | None
    ca: Path | None
    yes: bool
    resume: bool
    doubtful: str | None


@click.command(
    cls=Command,
    help=tr(
        "发邮件：每位读者一封，附 PDF\n\n"
        "不加 --send 时只写草稿（.eml）到 out/mail，并列出谁收什么、多大；\n"
        "加 --send 才发，先问一次。发过的记在“发行.db”里，中断后用 --resume 接着发，\n"
        "不漏发也不重发。密码从钥匙串、变量 BRIEFTEX_MAILPASSWORD 或键盘来。",
        "Mails an issue: a message for each reader, the PDF attached\n\n"
        "Without --send it writes drafts (.eml) to out/mail and shows who gets what.\n"
        "With --send it asks once, sends, and keeps the ledger 发行.db; --resume goes on\n"
        "after an interruption, without a loss or a double. The password comes from the\n"
        "keyring, the variable BRIEFTEX_MAILPASSWORD or the keyboard.",
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=GivenPath), metavar="[FILE]")
@click.option(
    "--to",
    "readers",
    type=click.Path(path_type=GivenPath),
    metavar="READERS",
    help=tr("读者名单，默认 readers.csv", "the list, readers.csv by default"),
)
@click.option("--one", is_flag=True, help=tr("只写一封草稿，收件人自己填", "one draft for all"))
@click.option("--send", is_flag=True, help=tr("真的发出", "send, do not only write"))
@click.option("--yes", is_flag=True, help=tr("不再问", "do not ask"))
@click.option("--resume", is_flag=True, help=tr("接着上次发", "go on where it stopped"))
@click.option(
    "--doubtful",
    type=click.Choice(["sent", "again"]),
    metavar="sent|again",
    help=tr("不明的算已发，或再发一次", "take doubtful ones as sent, or send again"),
)
@click.option("--from", "sender", metavar="ADDRESS", help=tr("发件人邮箱", "the sender"))
@click.option("--server", metavar="HOST", help=tr("SMTP 服务器", "the SMTP server"))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help=tr("端口，默认 465，--starttls 时 587", "465, or 587 with --starttls"),
)
@click.option("--starttls", is_flag=True, help=tr("用 STARTTLS", "use STARTTLS"))
@click.option("--user", metavar="NAME", help=tr("登录名，默认发件人", "login, else the sender"))
@click.option(
    "--ca",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("单位自己的根证书", "certificates of your own"),
)
@click.option(
    "--trace",
    is_flag=True,
    help=tr(
        "加暗记：打印、复印出来查得出是谁的",
        "move lines, so that a print or photocopy tells whose it was",
    ),
)
@click.option("--force", is_flag=True, help=tr("没有定稿也发", "send what is not final"))
@click.option(
    "--ledger",
    type=click.Path(path_type=GivenPath),
    metavar="FILE",
    help=tr("登记的文件", "the ledger"),
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=GivenPath),
    default=Path("out/mail"),
    metavar="FOLDER",
    help=tr("草稿的文件夹", "the folder of drafts"),
)
@theme_option
@bundled_option
def command(  # noqa: PLR0913  # click passes every option by its name
    file: Path | None,
    *,
    readers: Path | None,
    one: bool,
    send: bool,
    trace: bool,
    force: bool,
    ledger: Path | None,
    output: Path,
    theme: str | None,
    bundled_fonts: bool,
    **how: Any,
) -> int:
    """Write or send messages; the status is 1 when one of them could not be."""
    wish = _Wish(**how)
    _check_call(wish, send=send, one=one, trace=trace)
    path = file or usual_issue(Path())
    findings = Reporter("full")
    try:
        with FileLog() as log:
            people = mailed_readers(readers or usual_list(path.parent), findings)
            how_set = {"theme": theme, "bundled_fonts": bundled_fonts}
            issue, posts = posts_of(path, people, wish.sender or "", how_set, findings)
            if trace:
                posts = traced_posts(path, posts, how_set)
    except InputError as error:
        findings.show(error.findings, error.source)
        click.echo(tr("有错误，没有写邮件", "errors, no message written"), err=True)
        return 1
    if not posts:
        raise click.ClickException(tr("名单里没有要用邮件收的", "nobody wants mail"))
    if not send:
        return _drafts(posts, output, log.opened, one=one)
    note = released(issue, force=force)
    with opened_ledger(ledger or path.parent / "发行.db") as opened:
        return _send(posts, issue, opened, wish, note)


def _check_call(wish: _Wish, *, send: bool, one: bool, trace: bool) -> None:
    if not send and (wish.resume or wish.yes or wish.doubtful):
        raise click.UsageError(
            tr("--yes、--resume、--doubtful 要同 --send 一起用",
               "--yes, --resume and --doubtful want --send")
        )  # fmt: skip
    if trace and one:
        raise click.UsageError(
            tr("--trace 每人一份，不能同 --one 一起用", "--trace is for each reader, not for --one")
        )
    if send and one:
        raise click.UsageError(tr("--one 只写草稿", "--one is for drafts"))
    if send and not (wish.sender and wish.server):
        raise click.UsageError(
            tr("--send 要写 --from 发件人和 --server 服务器", "--send wants --from and --server")
        )
    if wish.sender is not None and ("@" not in wish.sender or not wish.sender.isascii()):
        raise click.UsageError(tr("--from 后面写邮箱地址", "--from wants a mail address"))


def _show(posts: list[Post]) -> None:
    from brieftex.delivery.message import written_draft  # noqa: PLC0415  # as above

    heads = [tr("读者", "reader"), tr("邮箱", "address"), tr("版本", "edition"),
             tr("附件", "file"), tr("邮件大小", "size")]  # fmt: skip
    rows = []
    for post in posts:
        size = len(written_draft(post.letter, post.reader))
        name = post.letter.file_name
        rows.append(
            [
                post.reader.whole_name,
                post.reader.address,
                post.edition,
                name,
                f"{size / 1e6:.2f} MB",
            ]
        )
    click.echo(in_columns([heads, *rows]))


def _drafts(posts: list[Post], folder: Path, read: Iterable[Path], *, one: bool) -> int:
    from brieftex.delivery.message import written_draft  # noqa: PLC0415  # as above
    from brieftex.output import write_output  # noqa: PLC0415  # as above

    _show(posts)
    drafts = [(folder / "全体.eml", written_draft(posts[0].letter, None))]
    if not one:
        drafts = [
            (folder / f"{number:03}-{safe_name(post.reader.name)}.eml",
             written_draft(post.letter, post.reader))
            for number, post in enumerate(posts, 1)
        ]  # fmt: skip
    keep_inputs(dict(drafts), read)
    for path, data in drafts:
        try:
            write_output(path, data)
        except OSError as error:
            zh, en = reason_of(error)
            raise click.ClickException(
                tr(f"无法写入 {path}：{zh}", f"cannot write {path}: {en}")
            ) from error
    click.echo(
        tr(
            f"写了 {len(drafts)} 封草稿，在 {folder}；没有发出（加 --send 才发）",
            f"{len(drafts)} drafts in {folder}; nothing was sent (--send does)",
        ),
        err=True,
    )
    return 0


def _send(posts: list[Post], issue: Issue, ledger: Ledger, wish: _Wish, note: str) -> int:
    """Send the messages that have not been sent, until one cannot be."""
    from brieftex.delivery.naming import issue_name  # noqa: PLC0415  # for sending alone

    name = issue_name(issue.masthead)
    todo, doubtful = _left(posts, ledger, wish)
    _warn_of_other(ledger, name, todo)
    if wish.doubtful == "again":
        todo, doubtful = [*todo, *doubtful], []
    if todo:
        _show(todo)
        if not wish.yes and not agreed_to_send(len(todo)):
            return 1
    try:
        counts = _hand_in(todo, doubtful, name, ledger, wish, note)
    except OSError as error:
        zh, en = reason_of(error)
        raise click.ClickException(
            tr(f"登记写不进去，停下了：{zh}", f"stopped, the ledger cannot be written: {en}")
        ) from error
    return _summed(counts, [] if wish.doubtful else doubtful)


def _left(posts: list[Post], ledger: Ledger, wish: _Wish) -> tuple[list[Post], list[Post]]:
    """Which messages are still to be sent, and which may have arrived. Raises ClickException
    where some were sent and ``--resume`` is missing."""
    from brieftex.delivery.dispatch import known_outcomes  # noqa: PLC0415  # as above
    from brieftex.delivery.ledger import Result  # noqa: PLC0415  # as above
    from brieftex.delivery.message import message_id  # noqa: PLC0415  # as above

    known = known_outcomes(ledger.entries())
    states = [known.get(message_id(p.letter, p.reader)) for p in posts]
    if any(states) and not wish.resume:
        done = sum(state is Result.SENT for state in states)
        raise click.ClickException(
            tr(
                f"这一期发过了，已有 {done} 人收到；接着发其余的用 --resume",
                f"{done} readers have it already; go on with --resume",
            )
        )
    both = list(zip(posts, states, strict=True))
    todo = [post for post, state in both if state in (None, Result.REFUSED)]
    return todo, [post for post, state in both if state is Result.SENDING]


def _hand_in(  # noqa: PLR0913, PLR0917  # what it needs
    todo: list[Post],
    doubtful: list[Post],
    name: str,
    ledger: Ledger,
    wish: _Wish,
    note: str,
) -> dict[str, int]:
    """Send the messages one by one; how many came to which end. Raises ClickException, OSError."""
    import time  # noqa: PLC0415  # as above

    from brieftex.delivery.dispatch import Dispatch, SendingStoppedError  # noqa: PLC0415
    from brieftex.delivery.ledger import Result  # noqa: PLC0415  # as above
    from brieftex.delivery.smtp import MailServer, Postbox  # noqa: PLC0415  # as above

    assert wish.server is not None
    port = wish.port or (587 if wish.starttls else 465)
    user = wish.user or wish.sender or ""
    server = MailServer(wish.server, port, not wish.starttls, user, wish.ca)
    postbox = Postbox(server, mail_password(user) if todo else None)
    dispatch = Dispatch(postbox, ledger, time.time, time.sleep, note)
    counts: dict[str, int] = {}
    try:
        ledger.add(maps={t.digest: t.map for p in todo if (t := p.trace) is not None})
        if wish.doubtful == "sent":
            for post in doubtful:
                row = post.row(name)
                dispatch.settle(post.letter, post.reader, row, Result.SENT)
        for number, post in enumerate(todo, 1):
            row = post.row(name)
            made = dispatch.send(post.letter, post.reader, row)
            counts[made.outcome] = counts.get(made.outcome, 0) + 1
            who = f"{number}/{len(todo)} {post.reader.whole_name}"
            click.echo(f"{who}{tr('：', ': ')}{_told(made.outcome)} {made.said}", err=True)
    except SendingStoppedError as error:
        raise click.ClickException(
            tr(
                f"服务器不收，停下了：{error}；改好后用 --resume 接着发",
                f"stopped, the server takes nothing: {error}; go on with --resume",
            )
        ) from error
    finally:
        postbox.close()
    return counts


def _summed(counts: dict[str, int], doubtful: list[Post]) -> int:
    """Say how sending ended, and return the status."""
    unclear = counts.get("doubtful", 0) + len(doubtful)
    failed = counts.get("refused", 0) + counts.get("put off", 0)
    sent = counts.get("sent", 0)
    click.echo(
        tr(
            f"发出 {sent} 封，未发出 {failed} 封，不明 {unclear} 封",
            f"{sent} sent, {failed} not sent, {unclear} doubtful",
        ),
        err=True,
    )
    if unclear:
        names = "、".join(post.reader.whole_name for post in doubtful)
        click.echo(
            tr(
                f"不明的{f'（{names}）' if names else ''}：断线时服务器收没收到，协议问不出来。"
                "请查发件箱或问本人，再用 --resume --doubtful sent 或 again",
                "doubtful: the line broke while the server answered, and SMTP cannot ask. "
                "Find out, then use --resume --doubtful sent or again",
            ),
            err=True,
        )
    return int(bool(failed or unclear))


def _told(outcome: str) -> str:
    names = {"sent": "已发", "refused": "未发出", "doubtful": "不明", "put off": "未发出"}
    return tr(names[outcome], str(outcome))


def _warn_of_other(ledger: Ledger, name: str, posts: list[Post]) -> None:
    """Say that readers had another file of this issue."""
    files = {post.letter.sha256 for post in posts}
    others = {e.address for e in ledger.entries()
              if e.way == "mail" and e.issue == name and e.sha256 not in files
              and e.result.value == "sent"}  # fmt: skip
    again = [post for post in posts if post.reader.address in others]
    if again:
        click.echo(
            tr(
                f"注意：其中 {len(again)} 人收过这一期的另一个文件（内容改过），会再收到一封",
                f"note: {len(again)} of them had another file of this issue and get this, too",
            ),
            err=True,
        )

"""Why the system refused something, in the user's words.

The system speaks English, or whatever its locale says; an editor reads Chinese.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

_REASONS = {
    errno.ENOENT: ("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: ("没有权限", "permission denied"),
    errno.EPERM: ("没有权限", "not permitted"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EDQUOT: ("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: ("文件太大，超出了允许的大小", "the file is larger than allowed"),
    errno.ENODEV: ("这是管道或设备，不是普通文件", "it is a pipe or a device, no file"),
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    errno.EIO: ("磁盘读写出错", "the disk failed"),
    errno.EISDIR: ("这是一个文件夹", "this is a folder"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: ("同名的文件已经存在", "there is a file of this name"),
    errno.ELOOP: ("链接绕成了圈", "links lead in a circle"),
    errno.ENAMETOOLONG: ("文件名太长", "the name is too long"),
    errno.EBUSY: ("文件正被占用", "the file is in use"),
    errno.ETXTBSY: ("文件正被占用", "the file is in use"),
    errno.EMFILE: ("打开的文件太多", "too many open files"),
    errno.ENFILE: ("打开的文件太多", "too many open files"),
    errno.EPIPE: ("对方已经关闭", "the other end is closed"),
    errno.EBADF: ("已经关闭", "it is closed"),
    errno.ENXIO: ("设备没有连接", "no such device"),
    errno.EADDRINUSE: ("已被其他程序占用", "another program uses it"),
    errno.EBADMSG: ("文件已损坏", "the file is damaged"),
    errno.EILSEQ: (
        "系统的语言设置写不出这样的名称，把环境变量 LC_ALL 设为 C.UTF-8 再运行",
        "the locale of this system cannot write such a name: set LC_ALL to C.UTF-8",
    ),
    errno.EINVAL: ("名称或内容不合系统的要求", "the system finds it invalid"),
}

# Sharing violation, lock violation.
_HELD = (32, 33)
_ACCESS_DENIED = 5


def reason_of(error: OSError | ValueError) -> tuple[str, str]:
    """The reason of a failure, in Chinese and in English."""
    if getattr(error, "winerror", None) in _HELD:
        return "它正被其他程序打开，请先关闭", "another program has it open, close it first"
    number = getattr(error, "errno", None)
    if isinstance(error, UnicodeEncodeError):  # of a name
        number = errno.EILSEQ
    said = getattr(error, "strerror", None) or str(error)
    return _REASONS.get(number, (said, said)) if number is not None else (said, said)


def is_open_elsewhere(error: OSError) -> bool:
    """Whether the failure is the one of a file that another program holds open.

    Windows tells it as a sharing violation, or denies access where a file cannot be renamed over
    the other; it denies access for many reasons, so a file that is read-only is none. Elsewhere it
    is network disks that tell it.
    """
    windows = getattr(error, "winerror", None)
    if windows == _ACCESS_DENIED:
        target = error.filename2
        return target is not None and not Path(target).is_dir() and os.access(target, os.W_OK)
    if windows is not None:
        return windows in _HELD
    return error.errno in (errno.EBUSY, errno.ETXTBSY)

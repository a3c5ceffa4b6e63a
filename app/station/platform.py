"""What differs between Linux and Windows: the only file with such calls. Knows no station."""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import socket
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
PRIVATE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700

# File systems whose locks and shared memory do not reach every program that has the file open:
# SQLite's WAL mode breaks there (https://www.sqlite.org/wal.html, "Disadvantages").
_NETWORK = frozenset(
    ("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.gcsfuse")
    + ("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "gfs2")
    + ("fuse.vmhgfs-fuse", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2")
    + ("prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs")
)
_DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h


def network_file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of network file system `path` lies on (`nfs4`, `cifs`), None when it is local.

    `path` need not exist yet. `mounts` is in the format of `/proc/self/mountinfo`. A machine that
    does not say is taken as local.
    """
    if sys.platform == "win32":
        return _network_drive(path)
    try:
        kind = file_system(path, mounts.read_text(errors="surrogateescape"))
    except OSError:
        return None
    return kind if kind in _NETWORK else None


def file_system(path: Path, mountinfo: str) -> str | None:
    """The type of the file system that holds `path`; the deepest and newest mount counts."""
    path = path.resolve()
    best: tuple[int, str] | None = None
    for line in mountinfo.splitlines():
        before, found, after = line.partition(" - ")
        fields = before.split(" ")
        if not found or len(fields) < 5:
            continue
        point = Path(_plain(fields[4]))
        if path.is_relative_to(point):
            depth = len(point.parts)
            if best is None or depth >= best[0]:
                best = (depth, after.split(" ")[0])
    return best[1] if best else None


def _plain(field: str) -> str:
    """A mountinfo field with its octal escapes (`\\040` for a space) undone."""
    raw = re.sub(
        rb"\\([0-7]{3})",
        lambda found: bytes([int(found[1], 8)]),
        os.fsencode(field),
    )
    return os.fsdecode(raw)


def _network_drive(path: Path) -> str | None:
    if sys.platform == "win32":
        import ctypes  # not there on Linux

        anchor = path.resolve().anchor
        if anchor.startswith("\\\\"):
            return "UNC"
        if ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE:
            return "SMB"
    return None


def sync_folder(folder: Path) -> None:
    """Make renames inside `folder` survive a power cut. Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make what was written to the file `path` survive a power cut."""
    # Windows syncs a handle only if it may write; Linux also one of a sealed, read-only file.
    with path.open("r+b" if sys.platform == "win32" else "rb") as file:
        os.fsync(file.fileno())


def keep_private(path: Path) -> None:
    """Let nobody but the owner read `path`. On Windows the user's own folder sees to that."""
    if sys.platform == "win32":
        return
    path.chmod(PRIVATE_FOLDER_MODE if path.is_dir() else PRIVATE_MODE)


def is_private(path: Path) -> bool:
    """Whether nobody but the owner (and the system's administrator) can read `path`."""
    return sys.platform == "win32" or path.stat().st_mode & 0o077 == 0


def lower_priority() -> None:
    """Let this process come after the console when both want the processor."""
    if sys.platform != "win32":
        os.nice(5)


def user_name() -> str:
    """The account the program runs under; its number where it has no name."""
    with contextlib.suppress(OSError, KeyError):  # 3.13 raises OSError, older ones KeyError
        return getpass.getuser()
    return "?" if sys.platform == "win32" else f"#{os.getuid()}"


def host_name() -> str:
    """The computer's name, as its owner set it."""
    return socket.gethostname()

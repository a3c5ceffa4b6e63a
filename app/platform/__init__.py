"""What differs between Linux and Windows: the only room with such calls. Knows no station."""

from __future__ import annotations

import contextlib
import getpass
import mmap
import os
import re
import signal
import socket
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
PRIVATE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700

FFMPEG_IS_THREAD_SAFE = sys.platform == "linux"
"""Whether the FFmpeg inside OpenCV is known to be built with its own locks: several cameras may be
opened at the same time. OpenCV's wheels for Linux have them; of those for Windows it is doubted
(opencv/opencv#20114)."""

# File systems whose locks and shared memory do not reach every program that has the file open:
# SQLite's WAL mode breaks there (https://www.sqlite.org/wal.html, "Disadvantages").
_NETWORK = frozenset(
    ("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.davfs2", "fuse.gcsfuse")
    + ("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "gfs2")
    + ("fuse.vmhgfs-fuse", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2")
    + ("prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs")
)
_FAT_LARGEST = 2**32 - 1  # Microsoft's FAT32 specification, "File Size"
_DRIVE_REMOTE = 4  # GetDriveTypeW, winbase.h
_QUERY_LIMITED = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION, winnt.h
_STILL_ACTIVE = 259  # GetExitCodeProcess, minwinbase.h
_PR_SET_PDEATHSIG = 1  # sys/prctl.h
_AFTER_THE_CONSOLE = 5  # steps of nice
_PROCESSES = Path("/proc")
_SHARED_MEMORY = Path("/dev/shm")  # where Linux keeps it: shm_overview(7)


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


def largest_file_bytes(path: Path, mounts: Path = MOUNTS) -> int | None:
    """What the largest file may have where `path` lies; None where no file is too large."""
    if sys.platform == "win32":
        return _largest_on_windows(path)
    try:
        kind = file_system(path, mounts.read_text(errors="surrogateescape"))
    except OSError:
        return None
    return _FAT_LARGEST if kind in ("vfat", "msdos") else None


def _largest_on_windows(path: Path) -> int | None:
    if sys.platform == "win32":
        import ctypes  # not there on Linux

        name = ctypes.create_unicode_buffer(64)
        anchor = path.resolve().anchor
        found = ctypes.windll.kernel32.GetVolumeInformationW(
            anchor, None, 0, None, None, None, name, len(name)
        )
        return _FAT_LARGEST if found and name.value.startswith("FAT") else None
    return None


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


def sync_data(handle: int) -> None:
    """Make what was written to an open file survive a power cut, and its length; not its times."""
    if sys.platform == "linux":
        os.fdatasync(handle)
    else:
        os.fsync(handle)


def keep_private(path: Path) -> None:
    """Let nobody but the owner read `path`. On Windows the user's own folder sees to that."""
    if sys.platform == "win32":
        return
    path.chmod(PRIVATE_FOLDER_MODE if path.is_dir() else PRIVATE_MODE)


def is_private(path: Path) -> bool:
    """Whether nobody but the owner (and the system's administrator) can read `path`."""
    return sys.platform == "win32" or path.stat().st_mode & 0o077 == 0


def lower_priority(pid: int = 0) -> None:
    """Let this process, or a child that has just begun, come after the console when both want the
    processor."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # it has ended
            now = os.getpriority(os.PRIO_PROCESS, pid)
            os.setpriority(os.PRIO_PROCESS, pid, now + _AFTER_THE_CONSOLE)


def wake_gently() -> None:
    """Let this process push nobody aside when it wakes: it waits for its turn."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # not allowed
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def end_with_parent() -> None:
    """Let the system kill this process when the thread that started it ends, whatever state this
    one is in then: also when it was stopped, or hangs. Windows has no such thing."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def user_name() -> str:
    """The account the program runs under; its number where it has no name."""
    with contextlib.suppress(OSError, KeyError):  # 3.13 raises OSError, older ones KeyError
        return getpass.getuser()
    return "?" if sys.platform == "win32" else f"#{os.getuid()}"


def host_name() -> str:
    """The computer's name, as its owner set it."""
    return socket.gethostname()


def process_started(pid: int) -> int | None:
    """When a process started, by the system's own counting; None when it does not run.

    With the pid it names one process for good: pids are used again.
    """
    if sys.platform == "win32":
        return _started_on_windows(pid)
    fields = _process_fields(pid)
    if fields is None or fields[0] in ("Z", "X"):  # has ended, and nobody waited for it yet
        return None
    return int(fields[19])  # starttime, in ticks since the machine's start: proc(5)


def is_running(pid: int, started: int) -> bool:
    """Whether the process `pid` that started then (`process_started`) is still there."""
    return process_started(pid) == started


def resident_bytes(pid: int) -> int | None:
    """The memory a process holds now, in bytes, shared pages included; None when it is gone."""
    if sys.platform == "win32":
        return _resident_on_windows(pid)
    try:
        pages = (_PROCESSES / str(pid) / "statm").read_text().split()[1]
    except OSError:
        return None
    return int(pages) * mmap.PAGESIZE


def wants_processor(pid: int) -> bool:
    """Whether any thread of the process runs or waits for its turn to: it is not stopped, and does
    not sleep. Windows does not say so cheaply: False."""
    if sys.platform == "win32":
        return False
    for path in (_PROCESSES / str(pid) / "task").glob("*/stat"):
        with contextlib.suppress(OSError):  # that thread has just ended
            if path.read_text(errors="replace").rpartition(")")[2].split()[0] == "R":
                return True
    return False


def _process_fields(pid: int) -> list[str] | None:
    """`/proc/<pid>/stat` from its third field, the state, on: the second may hold anything."""
    try:
        line = (_PROCESSES / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return None
    return line.rpartition(")")[2].split()


class SharedMemory:
    """A named piece of memory that several processes see. Untouched pages cost nothing.

    Not `multiprocessing.shared_memory`: that one registers with the resource tracker also when it
    only attaches (until Python 3.13), and raises when it is closed under a living array. Here the
    mapping ends by itself when nothing looks at it any more.
    """

    def __init__(self, name: str, size_bytes: int, *, create: bool) -> None:
        """Make it, readable by this user alone, or attach to what another process has made.

        Raises OSError: it is there already, it is not there, it is smaller than `size_bytes`.
        """
        self.name = name
        self._made_here = create
        self._file: int | None = None
        if sys.platform == "win32":
            self.bytes = mmap.mmap(-1, size_bytes, tagname=name)
            return
        flags = os.O_RDWR | os.O_NOFOLLOW | (os.O_CREAT | os.O_EXCL if create else 0)
        self._file = os.open(_SHARED_MEMORY / name, flags, PRIVATE_MODE)
        try:
            if create:
                _track(name)
                os.ftruncate(self._file, size_bytes)
            elif os.fstat(self._file).st_size < size_bytes:
                raise OSError(f"shared memory smaller than {size_bytes} bytes")
            self.bytes = mmap.mmap(self._file, size_bytes)
        except OSError:
            self.close()
            raise

    def reserve(self, start: int, length: int) -> bool:
        """Whether there is memory for these bytes: touching them without would kill the process."""
        if sys.platform == "win32":
            return True  # was reserved when it was made
        if self._file is None:
            return False
        try:
            os.posix_fallocate(self._file, start, length)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let go of the name, and take it away if it was made here. May be called twice."""
        file, self._file = self._file, None
        if file is None:
            return
        os.close(file)
        if self._made_here:
            remove_shared_memory(self.name)
            _track(self.name, forget=True)


def shared_memory_names(prefix: str) -> tuple[str, ...]:
    """Shared memory of this user whose name begins so; on Windows none outlives its processes."""
    if sys.platform == "win32":
        return ()
    own = os.getuid()
    names = []
    with contextlib.suppress(OSError):
        for path in _SHARED_MEMORY.glob(f"{prefix}*"):
            with contextlib.suppress(OSError):  # its owner has just taken it away
                if path.lstat().st_uid == own:
                    names.append(path.name)
    return tuple(names)


def remove_shared_memory(name: str) -> None:
    """Take the name away; processes that see the memory keep it until they let go."""
    if sys.platform != "win32":
        (_SHARED_MEMORY / name).unlink(missing_ok=True)


def _track(name: str, *, forget: bool = False) -> None:
    """Have multiprocessing's tracker take it away should this process be killed."""
    if sys.platform != "win32":
        from multiprocessing import resource_tracker  # not for programs that share nothing

        tell = resource_tracker.unregister if forget else resource_tracker.register
        tell(f"/{name}", "shared_memory")


def _started_on_windows(pid: int) -> int | None:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = ctypes.c_void_p
        process = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED, False, pid))
        if process.value:
            code, times = ctypes.c_ulong(), (ctypes.c_ulonglong * 4)()  # made, ended, kernel, user
            at = [ctypes.byref(times, 8 * index) for index in range(4)]
            found = kernel.GetExitCodeProcess(process, ctypes.byref(code))
            found = found and kernel.GetProcessTimes(process, *at)
            kernel.CloseHandle(process)
            return int(times[0]) if found and code.value == _STILL_ACTIVE else None
    return None


def _resident_on_windows(pid: int) -> int | None:
    if sys.platform == "win32":
        import ctypes

        class Counters(ctypes.Structure):  # PROCESS_MEMORY_COUNTERS, psapi.h
            _fields_ = (
                ("size", ctypes.c_ulong),
                ("page_faults", ctypes.c_ulong),
                ("peak_working_set", ctypes.c_size_t),
                ("working_set", ctypes.c_size_t),
                ("pools_and_page_file", ctypes.c_size_t * 6),
            )

        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = ctypes.c_void_p
        process = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED, False, pid))
        if process.value:
            counters = Counters(size=ctypes.sizeof(Counters))
            place = ctypes.byref(counters)
            found = kernel.K32GetProcessMemoryInfo(process, place, counters.size)
            kernel.CloseHandle(process)
            return int(counters.working_set) if found else None
    return None

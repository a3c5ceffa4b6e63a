"""What a test may leave behind by mistake: threads, processes, shared memory, Qt's things."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SHARED_MEMORY = Path("/dev/shm")
_PROCESSES = Path("/proc")
# Threads that libraries keep for the whole session: they are nobody's to stop.
_OF_LIBRARIES = ("pydevd", "pytest_timeout")
# A look at every Python object takes half a second once Qt and numpy are there. So what there is
# when a test begins is set aside from the garbage collector, its timers remembered, and only what
# is new is looked at; now and then everything is, so that old rubbish does not pile up.
_FULL_LOOK_EVERY = 120  # tests
_timers_set_aside: weakref.WeakSet[Any] = weakref.WeakSet()
_looks = 0


@dataclass(frozen=True)
class Leftovers:
    """What there is at one moment, to compare with what there is later."""

    threads: frozenset[threading.Thread]
    processes: frozenset[int]
    segments: frozenset[str]
    widgets: frozenset[Any]
    timers: frozenset[Any]

    @classmethod
    def now(cls) -> Leftovers:
        """What there is now."""
        _set_aside()
        return cls(
            threads=frozenset(threading.enumerate()),
            processes=frozenset(_children()),
            segments=frozenset(_segments()),
            widgets=frozenset(_windows()),
            timers=frozenset(_timers()),
        )

    @classmethod
    def since(cls, before: Leftovers, *, wait_s: float) -> list[str]:
        """What has come since `before` and is still there after `wait_s`, each in a few words."""
        deadline = time.monotonic() + wait_s
        pause = threading.Event()
        while True:
            _let_qt_delete()
            left = cls._found(before)
            if not left or time.monotonic() > deadline:
                return left
            gc.unfreeze()  # what was there before may hold it, and be rubbish by now
            pause.wait(0.02)

    @classmethod
    def _found(cls, before: Leftovers) -> list[str]:
        left = [
            f"thread {thread.name}"
            for thread in threading.enumerate()
            if thread not in before.threads and not thread.name.startswith(_OF_LIBRARIES)
        ]
        left += [f"process {pid} {_command(pid)}" for pid in _children() - before.processes]
        left += [f"shared memory {name}" for name in _segments() - before.segments]
        left += [f"window {widget!r}" for widget in _windows() if widget not in before.widgets]
        left += [f"running {timer!r}" for timer in _timers() if timer not in before.timers]
        return left


def _children() -> set[int]:
    """Child processes of this one, zombies too; not the resource tracker, which all tests share."""
    own: set[int] = set()
    tracker = getattr(
        sys.modules.get("multiprocessing.resource_tracker"), "_resource_tracker", None
    )
    for task in (_PROCESSES / "self" / "task").glob("*/children"):
        try:
            own |= {int(pid) for pid in task.read_text().split()}
        except OSError:
            continue  # that thread has just ended
    return own - {getattr(tracker, "_pid", None)}


def _command(pid: int) -> str:
    try:
        words = (_PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return "(gone)"
    return b" ".join(words).decode(errors="replace")[:120] or "(ended, nobody waited for it)"


def _segments() -> set[str]:
    """POSIX shared memory: multiprocessing's, and pictures of cameras whose console is this process
    or is gone. Where tests run in several processes the others' cannot be told from this one's,
    unless the name says whose they are: those are looked for at the end (`nobodys_memory`)."""
    if not _SHARED_MEMORY.is_dir():
        return set()
    own = {entry.name for entry in _SHARED_MEMORY.glob(f"ssz-{os.getpid()}-*")}
    return own if "PYTEST_XDIST_WORKER" in os.environ else own | nobodys_memory()


def nobodys_memory() -> set[str]:
    """Shared memory that no running program looks at: of multiprocessing, and pictures of cameras
    whose console is gone."""
    pictures = {entry.name for entry in _SHARED_MEMORY.glob("ssz-*-*")}
    gone = {name for name in pictures if not (_PROCESSES / name.split("-")[1]).exists()}
    pythons = {entry.name for entry in _SHARED_MEMORY.glob("psm_*")}
    return gone | {name for name in pythons if not _is_mapped(name)}


def _is_mapped(name: str) -> bool:
    """Whether any other program of this user has it in its memory."""
    own = str(os.getpid())
    for maps in _PROCESSES.glob("[0-9]*/maps"):
        try:
            if maps.parent.name != own and f"/dev/shm/{name}" in maps.read_text():
                return True
        except OSError:
            continue  # it has just ended, or is somebody else's
    return False


def _windows() -> list[Any]:
    """Top-level widgets; none unless a test has imported Qt."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or not isinstance(application, widgets.QApplication):
        return []
    return list(widgets.QApplication.topLevelWidgets())


def _set_aside() -> None:
    """Take what there is now out of every later look, but for the timers in it."""
    global _looks
    if _looks % _FULL_LOOK_EVERY == 0:
        gc.unfreeze()
    gc.collect()  # what the test before still held at its end
    _looks += 1
    _timers_set_aside.update(_new_timers())
    gc.freeze()


def _timers() -> list[Any]:
    """Timers that run and that Python made; one inside a living window is the window's."""
    shiboken = sys.modules.get("shiboken6")
    if shiboken is None:
        return []
    known = {*_timers_set_aside, *_new_timers()}
    return [timer for timer in known if shiboken.isValid(timer) and timer.isActive()]


def _new_timers() -> list[Any]:
    """Timers that Python made since the last setting aside."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return []
    return [thing for thing in gc.get_objects() if issubclass(type(thing), core.QTimer)]


def _let_qt_delete() -> None:
    """Carry out the `deleteLater` of what the test has closed."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    gc.collect()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)

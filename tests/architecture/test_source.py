"""What holds for every file of this repository; each rule is tried on a file that breaks it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = sorted((ROOT / "app").rglob("*.py"))
LONGEST = 400
# What goes into every evidence package must be one file, for people who have nothing else.
ONE_FILE_BY_PURPOSE = {"app/evidence/enclosed/verify.py": 510}

# The loops that outlive a bug in what they call: a camera's, the log's background jobs (and what
# they tell), the program's last resort. Everywhere else a bug is heard.
CATCH_ALL_ALLOWED = frozenset(
    ("app/video/stream_reader.py", "app/log/writer.py", "app/log/notices.py", "app/application.py")
    + ("app/video/playback/player.py",)  # the loop of a played camera, as of a live one
    + ("app/video/recorder/stream_recording.py", "app/video/recorder/named_loop.py")
)
PLATFORM = "app/platform/"
POSIX_ONLY = {
    "os": frozenset(
        ("fork", "forkpty", "getuid", "geteuid", "getgid", "setuid", "setgid", "chown", "lchown")
        + ("fchmod", "fchown", "mkfifo", "mknod", "getpgid", "setpgid", "setsid", "killpg")
        + ("uname", "getloadavg", "nice", "statvfs", "fstatvfs", "sched_getaffinity", "sendfile")
        + ("sched_setaffinity", "posix_fallocate", "posix_fadvise", "pread", "pwrite", "sync")
        + ("fdatasync", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_SYNC", "WNOHANG")
    ),
    "signal": frozenset(
        ("SIGKILL", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGSTOP", "SIGCONT")
        + ("SIGALRM", "SIGPIPE", "alarm", "setitimer", "pause", "pthread_sigmask", "sigwait")
    ),
    "socket": frozenset(("AF_UNIX", "SO_REUSEPORT")),
}
POSIX_MODULES = frozenset(("fcntl", "grp", "pwd", "resource", "termios", "pty", "tty", "posix"))
FORBIDDEN_WORDS = (
    "pypi" + ".org",
    "python" + "hosted",
    "/" + "work/",
    "/" + "opt/pypi",
    "/" + "opt/wheels",
)
NOT_OURS = frozenset(
    (".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".import_linter_cache")
    + (".hypothesis", "demo-station", "shots", "bench")
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def opens_with_its_purpose(source: ast.Module, path: Path) -> bool:
    return path.stat().st_size == 0 or bool(ast.get_docstring(source))


def posix_only(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in POSIX_ONLY.get(node.value.id, ()):
                yield f"{node.lineno}: {node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            wanted = POSIX_ONLY.get(node.module or "", frozenset())
            yield from (f"{node.lineno}: {one.name}" for one in node.names if one.name in wanted)
            if node.module in POSIX_MODULES:
                yield f"{node.lineno}: {node.module}"
        elif isinstance(node, ast.Import):
            yield from (
                f"{node.lineno}: {one.name}" for one in node.names if one.name in POSIX_MODULES
            )


def catch_all(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            raises_on = any(isinstance(one, ast.Raise) and one.exc is None for one in node.body)
            if re.search(r"\b(everything|Exception|BaseException)\b", caught) and not raises_on:
                yield f"{node.lineno}: except {caught}"


def repository() -> Iterator[Path]:
    """Every file that is ours; there may be no git to ask."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.name in NOT_OURS or path.name.endswith(".egg-info"):
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


def test_a_file_holds_one_idea_and_says_which() -> None:
    silent = [name(path) for path in APP if not opens_with_its_purpose(tree(path), path)]
    lengths = {name(path): path.read_text("utf-8").count("\n") for path in APP}
    assert silent == []
    allowed = {file: ONE_FILE_BY_PURPOSE.get(file, LONGEST) for file in lengths}
    assert {file: lines for file, lines in lengths.items() if lines > allowed[file]} == {}


def test_what_windows_lacks_is_called_in_one_file_only() -> None:
    others = [path for path in APP if not name(path).startswith(PLATFORM)]
    found = {name(path): list(posix_only(tree(path))) for path in others}
    assert {file: calls for file, calls in found.items() if calls} == {}


def test_no_bug_is_swallowed() -> None:
    found = {
        name(path): list(catch_all(tree(path)))
        for path in APP
        if name(path) not in CATCH_ALL_ALLOWED
    }
    assert {file: handlers for file, handlers in found.items() if handlers} == {}


def test_no_file_names_an_index_of_packages_or_the_machine_it_was_written_on() -> None:
    found = []
    for path in repository():
        text = path.read_bytes().decode("utf-8", "replace").lower()
        found += [f"{name(path)}: {word}" for word in FORBIDDEN_WORDS if word in text]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os\nos.fork()", "2: os.fork"),
        ("from signal import SIGKILL", "1: SIGKILL"),
        ("import fcntl", "1: fcntl"),
        ("from resource import getrusage", "1: resource"),
        ("import socket\nsocket.socket(socket.AF_UNIX)", "2: socket.AF_UNIX"),
    ],
)
def test_a_call_that_windows_lacks_is_found(source: str, found: str) -> None:
    assert list(posix_only(ast.parse(source))) == [found]


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        ("except Exception: pass", ["2: except Exception"]),
        ("except (OSError, BaseException) as e: print(e)", ["2: except (OSError, BaseException)"]),
        ("except: pass", ["2: except everything"]),
        ("except BaseException: raise", []),
        ("except OSError: pass", []),
    ],
)
def test_a_swallowed_bug_is_found(handler: str, found: list[str]) -> None:
    assert list(catch_all(ast.parse(f"try: x()\n{handler}"))) == found

"""For every test: nobody's own files are touched, and a test that leaves something behind fails."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.leftovers import Leftovers, nobodys_memory
from tests.longest_first import place_in_line
from tests.made_once import of_this_run

_SCREEN = {"name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080}
_SCREENS = json.dumps({"screens": [_SCREEN]})  # Qt's own off-screen screen is 800×800
_WAIT_S = 3.0  # how long a thread, process or segment may take to go after the test's end


def pytest_configure(config: pytest.Config) -> None:
    """Give Qt an off-screen screen of a real size unless the caller has chosen a platform."""
    config.addinivalue_line(
        "markers",
        "expected_log(pattern): warnings and errors in the log that match are no failure",
    )


_memory_before = nobodys_memory()

# A disk that is slow today is no failure of the program; benchmarks judge how long things take.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; the tests of a file stay in their order."""
    items.sort(key=lambda item: place_in_line(item.nodeid.partition("::")[0]))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Once, after all tests, whichever process they ran in: what was left for good."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    left = nobodys_memory() - _memory_before
    if left:
        sys.stderr.write(f"\nleft behind in shared memory: {', '.join(sorted(left))}\n")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _off_screen(tmp_path_factory: pytest.TempPathFactory) -> None:
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        screens = tmp_path_factory.mktemp("screens") / "screens.json"
        screens.write_text(_SCREENS)
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One cache for all tests, nobody's own: what was drawn once need not be drawn again."""
    os.environ["XDG_CACHE_HOME"] = str(of_this_run(tmp_path_factory, "cache"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: its settings, secrets and keyring are nobody's."""
    home = tmp_path_factory.mktemp("home")
    for name, place in (
        ("HOME", "."),
        ("USERPROFILE", "."),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
    ):
        folder = home / place
        folder.mkdir(exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    """Fail the test that leaves a thread, process, shared memory, timer or window behind."""
    before = Leftovers.now()
    yield
    left = Leftovers.since(before, wait_s=_WAIT_S)
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


class ExpectedLog:
    """What a test says about warnings to come."""

    def __init__(self) -> None:
        self.patterns: list[re.Pattern[str]] = []

    def __call__(self, pattern: str) -> None:
        """Records of WARNING or above whose message matches `pattern` are no failure."""
        self.patterns.append(re.compile(pattern))


@pytest.fixture
def expected_log() -> ExpectedLog:
    """Call it with a regular expression for every warning that the test provokes."""
    return ExpectedLog()


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(
    request: pytest.FixtureRequest, expected_log: ExpectedLog, _no_leftovers: None
) -> Iterator[None]:
    """Fail the test during which a warning or an error was logged that it did not expect."""
    for marker in request.node.iter_markers("expected_log"):
        expected_log(marker.args[0])
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    surprises = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for record in handler.records
        if not any(pattern.search(record.getMessage()) for pattern in expected_log.patterns)
    ]
    if surprises:
        pytest.fail(
            "unexpected in the log: "
            + "; ".join(surprises)
            + " (if it belongs to the test, say so with the expected_log fixture or marker)",
            pytrace=False,
        )

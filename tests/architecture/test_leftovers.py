"""The fixtures that fail a test for what it leaves behind do fail it. Each runs a real session."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

pytest_plugins = ["pytester"]

_ROOT = Path(__file__).resolve().parents[2]
_CONFTEST = f"""
import sys
sys.path.insert(0, {str(_ROOT)!r})
import tests.conftest
tests.conftest._WAIT_S = 0.2
from tests.conftest import *
from tests.conftest import _off_screen, _own_home, _no_leftovers, _no_unexpected_log
"""

_LEAVES = """
    import atexit
    import logging
    import subprocess
    import sys
    import threading
    from multiprocessing.shared_memory import SharedMemory

    def test_thread():
        threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()

    def test_process():
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        atexit.register(child.wait)
        atexit.register(child.kill)

    def test_segment():
        global segment
        segment = SharedMemory(create=True, size=4096)
        atexit.register(segment.unlink)

    def test_window(qapp):
        global window
        from PySide6.QtWidgets import QLabel
        window = QLabel("สวัสดี")
        window.show()

    def test_timer(qapp):
        global timer
        from PySide6.QtCore import QTimer
        timer = QTimer()
        timer.start(1000)
        atexit.register(timer.stop)

    def test_log():
        logging.getLogger("app.anything").warning("the camera is gone")
"""
_SAID = (
    "*left behind: thread Thread-*",
    "*left behind: process * input()*",
    "*left behind: shared memory psm_*",
    "*left behind: window *QLabel*",
    "*left behind: running *QTimer*",
    "*unexpected in the log: WARNING app.anything: the camera is gone*",
)


@pytest.fixture(autouse=True)
def _in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where these tests themselves run in one of two."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)


def _session(pytester: pytest.Pytester, test: str) -> pytest.RunResult:
    pytester.makeconftest(_CONFTEST)
    pytester.makeini("[pytest]\nqt_api = pyside6\n")
    pytester.makepyfile(test)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider")


def test_a_test_that_leaves_something_behind_fails(pytester: pytest.Pytester) -> None:
    result = _session(pytester, dedent(_LEAVES))

    result.assert_outcomes(passed=6, errors=6)
    result.stdout.fnmatch_lines(_SAID)


def test_a_test_that_cleans_up_and_expects_its_warning_passes(pytester: pytest.Pytester) -> None:
    result = _session(
        pytester,
        """
        import logging, subprocess, sys, threading
        import pytest
        from multiprocessing.shared_memory import SharedMemory

        def test_closed(qapp):
            from PySide6.QtCore import QTimer
            from PySide6.QtWidgets import QLabel
            thread = threading.Thread(target=print)
            thread.start(); thread.join()
            subprocess.run([sys.executable, "-c", ""], check=True)
            segment = SharedMemory(create=True, size=4096)
            segment.close(); segment.unlink()
            label = QLabel("x"); label.show(); label.close(); label.deleteLater()
            timer = QTimer(); timer.start(1000); timer.stop()

        @pytest.mark.expected_log("camera .* gone")
        def test_marked():
            logging.getLogger("app").warning("the camera is gone")

        def test_said(expected_log):
            expected_log("camera")
            logging.getLogger("app").error("the camera is gone")
        """,
    )

    result.assert_outcomes(passed=3)


def test_a_test_has_a_home_and_a_keyring_of_its_own(_own_home: Path) -> None:
    import keyring
    import platformdirs
    from keyring.errors import NoKeyringError

    assert platformdirs.user_config_path("x").is_relative_to(_own_home)
    with pytest.raises(NoKeyringError):
        keyring.get_password("service", "name")

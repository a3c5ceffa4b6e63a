"""A process beside this one: gone when its block ends, and behind this one where that is asked."""

from __future__ import annotations

import os
import sys
import time

import pytest

from app.log.process_apart import process_apart


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no niceness")
@pytest.mark.parametrize("gently", [True, False])
def test_it_comes_after_this_one_where_that_is_asked(gently: bool) -> None:
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    with process_apart(time.sleep, (60.0,), name="test", gently=gently) as process:
        assert process.pid is not None
        assert (os.getpriority(os.PRIO_PROCESS, process.pid) > mine) == gently


def test_whoever_leaves_the_block_has_it_ended() -> None:
    began_s = time.monotonic()
    with process_apart(time.sleep, (60.0,), name="test") as process:
        pid = process.pid
    assert pid is not None and time.monotonic() - began_s < 30
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

"""How the threads of a process share the one that may run Python."""

from __future__ import annotations

import sys

_TURN_S = 0.0005


def take_turns_often() -> None:
    """Let one thread run Python for half a millisecond while others wait to.

    Python's own 5 ms are a third of a picture of 60 a second: what an officer sought was begun
    8 ms late, while the window told the time beside it (docs/measurements.md).
    """
    sys.setswitchinterval(_TURN_S)

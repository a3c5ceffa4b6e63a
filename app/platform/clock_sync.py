"""Whether the computer's clock is kept right by a time server, as its kernel knows it."""

from __future__ import annotations

import ctypes
import sys

_TIMEX_BYTES = 256  # struct timex is 208 (adjtimex(2)); all zero asks and changes nothing
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised


def clock_synchronised() -> bool | None:
    """False: nobody keeps it right. None where the system does not say (Windows, a container)."""
    if sys.platform != "linux":
        return None
    try:
        ask = ctypes.CDLL(None).ntp_adjtime
    except (OSError, AttributeError):
        return None
    state: int = ask(ctypes.byref(ctypes.create_string_buffer(_TIMEX_BYTES)))
    return None if state < 0 else state != _TIME_ERROR

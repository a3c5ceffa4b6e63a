"""How a process that runs somebody else's program gives up what it does not need."""

from __future__ import annotations

import sys

_NO_PROXY_ANSWERS = "http://127.0.0.1:9"  # discard, RFC 863: nothing listens there


def open_nothing_more() -> None:
    """From now on this process opens no file, no socket and no other process; what it has open
    stays. For good: also a program with the user's rights cannot take it back.

    Windows has no such limit from inside a process.
    """
    if sys.platform != "win32":
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def network_leads_nowhere() -> dict[str, str]:
    """Variables for the environment of a process that is to reach no server: a second lock where
    the first is missing, for libraries that ask there."""
    names = ("http_proxy", "https_proxy", "all_proxy")
    return {name: _NO_PROXY_ANSWERS for each in names for name in (each, each.upper())}

"""A short sound, as this system plays one: Windows itself, or the player a Linux desktop has."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"))
_LONGEST_S = 5.0

Find = Callable[[str], str | None]


def play_sound(file: Path, find: Find = shutil.which) -> str:
    """Play a WAV file to its end; what played it, or nothing when there is no player that can.

    Waits as long as the sound lasts: not for the window's thread.
    """
    if sys.platform == "win32":
        return _on_windows(file)
    for player, *options in _PLAYERS:
        program = find(player)
        if program is not None and _runs_well([program, *options, str(file)]):
            return player
    return ""


def _runs_well(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _on_windows(file: Path) -> str:
    if sys.platform == "win32":
        import winsound  # not there on Linux

        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME)
        except RuntimeError:  # no loudspeaker
            return ""
        return "Windows"
    return ""

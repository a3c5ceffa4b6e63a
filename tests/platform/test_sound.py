"""A sound is played by whatever this system has, and where it has nothing that is said."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import pytest

from app.platform.sound import play_sound

SOUND = Path(__file__).resolve().parents[2] / "resources" / "sounds" / "overdue.wav"


def test_the_shipped_sound_is_short_and_plain() -> None:
    with wave.open(str(SOUND)) as sound:
        assert sound.getnchannels() == 1
        assert 0.2 < sound.getnframes() / sound.getframerate() < 2.0
    assert SOUND.stat().st_size < 64_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_the_first_player_that_can_is_used(tmp_path: Path) -> None:
    played = tmp_path / "played"
    works, fails = tmp_path / "works", tmp_path / "fails"
    works.write_text(f'#!/bin/sh\necho "$@" > {played}\n')
    fails.write_text("#!/bin/sh\nexit 3\n")
    for script in (works, fails):
        script.chmod(0o755)
    found = {"pw-play": str(fails), "aplay": str(works)}
    assert play_sound(SOUND, found.get) == "aplay"
    assert played.read_text().split() == ["-q", str(SOUND)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_where_there_is_no_player_it_says_so(tmp_path: Path) -> None:
    assert play_sound(SOUND, lambda name: None) == ""
    assert play_sound(SOUND, lambda name: str(tmp_path / "gone")) == ""

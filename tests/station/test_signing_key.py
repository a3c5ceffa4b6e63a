"""The station's key: made once, its secret half nowhere but among the secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import ScriptedClock
from app.errors import KnownError
from app.station import Disk, FileSecrets, Redactor, StationFolder, create_station
from app.station.signing_key import (
    SECRET_NAME,
    fingerprint,
    has_signed,
    key_shown,
    public_key_in,
    public_key_pem,
    read_fingerprint,
    station_key,
)
from tests.station.places import profile
from tests.station_log import MORNING

CLOCK = ScriptedClock(MORNING)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return create_station(tmp_path / "station", profile())


@pytest.fixture
def secrets(tmp_path: Path) -> FileSecrets:
    return FileSecrets(Redactor(), file=tmp_path / "config" / "secrets.json")


def test_a_key_is_made_once(folder: StationFolder, secrets: FileSecrets) -> None:
    assert key_shown(folder, secrets).fingerprint == ""
    first = station_key(folder, secrets, Disk(), CLOCK)
    again = station_key(folder, secrets, Disk(), CLOCK)
    assert first.fingerprint == again.fingerprint
    assert key_shown(folder, secrets).fingerprint == first.fingerprint
    assert has_signed(first.public, again.sign(b"x"), b"x")
    assert not has_signed(first.public, again.sign(b"x"), b"y")


def test_its_secret_half_is_neither_in_the_folder_nor_in_any_text(
    folder: StationFolder, secrets: FileSecrets
) -> None:
    key = station_key(folder, secrets, Disk(), CLOCK)
    secret = secrets.get("mukdahan", SECRET_NAME)
    assert secret is not None
    for path in folder.root.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()
    assert secret not in f"{key!r} {key} {vars(key)}"


def test_the_public_half_comes_back_into_the_folder(
    folder: StationFolder, secrets: FileSecrets
) -> None:
    key = station_key(folder, secrets, Disk(), CLOCK)
    folder.public_key_file.unlink()
    station_key(folder, secrets, Disk(), CLOCK)
    text = folder.public_key_file.read_text("utf-8")
    assert key.fingerprint in text
    assert public_key_in(text) == key.public


def test_a_lost_key_is_said_and_followed_by_a_new_one(
    folder: StationFolder, secrets: FileSecrets, tmp_path: Path
) -> None:
    old = station_key(folder, secrets, Disk(), CLOCK).fingerprint
    (tmp_path / "config" / "secrets.json").unlink()
    shown = key_shown(folder, secrets)
    assert (shown.fingerprint, shown.is_lost) == (old, True)
    new = station_key(folder, secrets, Disk(), CLOCK)
    assert new.fingerprint != old
    assert not key_shown(folder, secrets).is_lost


def test_a_secret_that_is_none_is_not_used_and_not_shown(
    folder: StationFolder, secrets: FileSecrets
) -> None:
    secrets.put("mukdahan", SECRET_NAME, "not a key, but secret")
    with pytest.raises(KnownError) as caught:
        station_key(folder, secrets, Disk(), CLOCK)
    assert "secret" not in " ".join(part.english() for part in caught.value.sentences)


@given(st.binary(min_size=32, max_size=32))
def test_a_key_survives_its_text(public: bytes) -> None:
    assert public_key_in(f"ข้อความ\n{public_key_pem(public)}") == public
    groups = fingerprint(public)
    assert read_fingerprint(groups.upper().replace(" ", "-")) == groups


@pytest.mark.parametrize("text", ["", "-----BEGIN PUBLIC KEY-----\n!!!\n-----END", "สวัสดี"])
def test_a_text_without_a_key_has_none(text: str) -> None:
    assert public_key_in(text) is None

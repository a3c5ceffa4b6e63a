"""Secrets: private from the first byte, whole after a power cut, and in no log."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend

from app.errors import KnownError
from app.station import (
    FileSecrets,
    KeyringSecrets,
    Redactor,
    SecretPlace,
    create_station,
    secret_store,
)
from app.station.secrets import default_file
from tests.station.places import profile

PASSWORD = "ก1/@:%pass"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "secrets.json"


@pytest.fixture
def store(file: Path) -> FileSecrets:
    return FileSecrets(Redactor(), file=file)


@given(
    kept=st.dictionaries(
        st.tuples(st.text(max_size=8), st.text(max_size=8)),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
        max_size=4,
    )
)
def test_every_secret_comes_back_under_its_station_and_name(
    tmp_path_factory: pytest.TempPathFactory, kept: dict[tuple[str, str], str]
) -> None:
    file = tmp_path_factory.mktemp("kept") / "secrets.json"
    for (station, name), secret in kept.items():
        FileSecrets(Redactor(), file=file).put(station, name, secret)

    store = FileSecrets(Redactor(), file=file)
    assert {key: store.get(*key) for key in kept} == kept


def test_secrets_lie_in_the_user_s_own_settings_not_in_the_station(
    tmp_path: Path, _own_home: Path
) -> None:
    station = create_station(tmp_path / "mukdahan", profile())
    store = secret_store(SecretPlace.FILE, Redactor())

    store.put(station.profile.station_id, "camera/C01", PASSWORD)

    assert default_file() == _own_home / "config" / "smart-safety-zone" / "secrets.json"
    assert json.loads(default_file().read_text()) == {"mukdahan": {"camera/C01": PASSWORD}}
    written = b"".join(path.read_bytes() for path in station.root.rglob("*") if path.is_file())
    assert b"pass" not in written.replace(b"password", b"")


def test_nobody_else_may_read_the_secrets(store: FileSecrets, file: Path) -> None:
    store.put("mukdahan", "camera/C01", PASSWORD)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(store: FileSecrets, file: Path) -> None:
    store.put("mukdahan", "camera/C01", PASSWORD)
    file.chmod(0o644)
    assert store.get("mukdahan", "camera/C01") == PASSWORD
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_forgotten_secret_is_gone_and_the_others_stay(store: FileSecrets, file: Path) -> None:
    store.put("mukdahan", "camera/C01", "first-one")
    store.put("mukdahan", "camera/C02", "second-one")
    store.forget("mukdahan", "camera/C01")
    store.forget("mukdahan", "camera/C99")

    assert store.get("mukdahan", "camera/C01") is None
    assert store.get("mukdahan", "camera/C02") == "second-one"
    assert "first-one" not in file.read_text()


def test_where_nothing_was_kept_there_is_nothing_and_no_file(
    store: FileSecrets, file: Path
) -> None:
    assert store.get("mukdahan", "camera/C01") is None
    store.forget("mukdahan", "camera/C01")
    assert not file.parent.exists()


def test_two_programs_that_write_at_once_lose_nothing(file: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from app.station import FileSecrets, Redactor\n"
        "store = FileSecrets(Redactor(), file=Path(sys.argv[1]))\n"
        "for n in range(30): store.put('mukdahan', f'{sys.argv[2]}/{n}', f'secret {n}')\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(file), name], cwd=ROOT)
        for name in ("console", "recorder")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert len(json.loads(file.read_text())["mukdahan"]) == 60


@pytest.mark.parametrize(
    "broken", [b"", b'{"mukdahan": {"camera/C01": "' + PASSWORD.encode(), b"[]", b'{"a": {"b": 1}}']
)
def test_a_broken_file_is_a_sentence_without_secrets_and_is_not_replaced(
    store: FileSecrets, file: Path, broken: bytes
) -> None:
    file.parent.mkdir()
    file.write_bytes(broken)

    with pytest.raises(KnownError, match="cannot be read") as refused:
        store.put("mukdahan", "camera/C02", "x")

    assert file.read_bytes() == broken
    chain = [refused.value, refused.value.__cause__]
    assert PASSWORD not in repr(chain)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_each_secret_met_is_known_to_the_redactor(file: Path) -> None:
    FileSecrets(Redactor(), file=file).put("mukdahan", "camera/C01", PASSWORD)
    redactor = Redactor()
    assert PASSWORD in redactor.redact(f"refused: {PASSWORD}")

    FileSecrets(redactor, file=file).get("mukdahan", "camera/C01")

    assert redactor.redact(f"refused: {PASSWORD}") == "refused: ***"


class KeyringInMemory(KeyringBackend):
    """A system keyring that ends with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_station_may_choose_the_system_s_keyring() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(KeyringInMemory())
    try:
        store = secret_store(SecretPlace.KEYRING, Redactor())
        assert isinstance(store, KeyringSecrets)
        store.put("mukdahan", "camera/C01", PASSWORD)
        assert store.get("mukdahan", "camera/C01") == PASSWORD
        assert store.get("other", "camera/C01") is None
        store.forget("mukdahan", "camera/C01")
        store.forget("mukdahan", "camera/C01")
        assert store.get("mukdahan", "camera/C01") is None
    finally:
        keyring.set_keyring(before)


def test_a_machine_without_a_keyring_says_so_and_what_to_do() -> None:
    store = secret_store(SecretPlace.KEYRING, Redactor())
    for ask in (
        lambda: store.get("mukdahan", "camera/C01"),
        lambda: store.put("mukdahan", "camera/C01", PASSWORD),
        lambda: store.forget("mukdahan", "camera/C01"),
    ):
        with pytest.raises(KnownError, match="keyring does not answer") as refused:
            ask()
        assert refused.value.do is not None and 'place = "file"' in refused.value.do.english()

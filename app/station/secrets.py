"""Camera passwords and the signing key: kept outside the station folder, never in its log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import platformdirs
from filelock import FileLock

from app import platform
from app.errors import KnownError, msg
from app.station.disk import Disk, telling
from app.station.profile import SecretPlace
from app.station.redaction import Redactor

PROGRAM = "smart-safety-zone"
_SAFE = msg("The station's log is safe.")


class SecretStore(Protocol):
    """Keeps secrets by station and name (`camera/C01`). Every method may raise KnownError."""

    def get(self, station_id: str, name: str) -> str | None:
        """The secret, None when there is none."""
        ...

    def put(self, station_id: str, name: str, secret: str) -> None:
        """Keep a secret, in place of an older one of this name."""
        ...

    def forget(self, station_id: str, name: str) -> None:
        """Keep it no longer. Harmless when there is none."""
        ...


def secret_store(place: SecretPlace, redactor: Redactor) -> SecretStore:
    """The store that the station has chosen; it teaches `redactor` every secret that it meets."""
    if place is SecretPlace.KEYRING:
        return KeyringSecrets(redactor)
    return FileSecrets(redactor)


def default_file() -> Path:
    """Where the secrets of this user are: `~/.config/smart-safety-zone/secrets.json` on Linux."""
    return platformdirs.user_config_path(PROGRAM, appauthor=False) / "secrets.json"


class FileSecrets:
    """One JSON file that only its owner may read: it works with nobody signed in to a desktop."""

    def __init__(
        self, redactor: Redactor, *, file: Path | None = None, disk: Disk | None = None
    ) -> None:
        self._redactor = redactor
        self._file = file or default_file()
        self._disk = disk or Disk()

    def get(self, station_id: str, name: str) -> str | None:
        secret = self._read().get(station_id, {}).get(name)
        if secret is not None:
            self._redactor.learn(secret)
        return secret

    def put(self, station_id: str, name: str, secret: str) -> None:
        self._redactor.learn(secret)
        self._change(station_id, name, secret)

    def forget(self, station_id: str, name: str) -> None:
        if self.get(station_id, name) is not None:
            self._change(station_id, name, None)

    def _change(self, station_id: str, name: str, secret: str | None) -> None:
        folder = self._file.parent
        with telling(folder):
            if not folder.exists():
                folder.mkdir(parents=True, exist_ok=True)  # another program may be faster
                platform.keep_private(folder)
            # The recorder is another process: read, change and write must not interleave.
            with FileLock(self._file.with_suffix(".lock"), timeout=10, fallback_to_soft=False):
                stations = self._read()
                names = stations.setdefault(station_id, {})
                if secret is None:
                    names.pop(name, None)
                else:
                    names[name] = secret
                text = json.dumps(stations, ensure_ascii=True, indent=1, sort_keys=True)
                self._disk.write(self._file, text.encode(), private=True)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            if not platform.is_private(self._file):
                platform.keep_private(self._file)  # copied by hand, or from another disk
            stations = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            # `from None`: the error holds the whole text, secrets and all.
            raise self._unreadable() from None
        if not _is_two_levels(stations):
            raise self._unreadable()
        checked: dict[str, dict[str, str]] = stations
        return checked

    def _unreadable(self) -> KnownError:
        return KnownError(
            msg("The file of passwords, {path}, cannot be read.", path=str(self._file)),
            safe=_SAFE,
            do=msg("Put it back from a backup, or move it away and type the passwords again."),
        )


def _is_two_levels(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(names, dict) and all(isinstance(secret, str) for secret in names.values())
        for names in found.values()
    )


class KeyringSecrets:
    """The operating system's keyring: opened by whoever signs in, so by choice only."""

    def __init__(self, redactor: Redactor) -> None:
        import keyring  # slow to import, and most stations never choose it
        import keyring.errors

        self._redactor = redactor
        self._keyring = keyring
        self._error = keyring.errors.KeyringError

    def get(self, station_id: str, name: str) -> str | None:
        try:
            secret = self._keyring.get_password(f"{PROGRAM}:{station_id}", name)
        except self._error:
            raise _no_keyring() from None
        if secret is not None:
            self._redactor.learn(secret)
        return secret

    def put(self, station_id: str, name: str, secret: str) -> None:
        self._redactor.learn(secret)
        try:
            self._keyring.set_password(f"{PROGRAM}:{station_id}", name, secret)
        except self._error:
            raise _no_keyring() from None

    def forget(self, station_id: str, name: str) -> None:
        if self.get(station_id, name) is None:
            return
        try:
            self._keyring.delete_password(f"{PROGRAM}:{station_id}", name)
        except self._error:
            raise _no_keyring() from None


def _no_keyring() -> KnownError:
    return KnownError(
        msg("The system's keyring does not answer."),
        safe=_SAFE,
        do=msg('Sign in to the desktop, or write place = "file" under [secrets] in station.toml.'),
    )

"""Officers' passwords: what one must be, and their hashes in the secret store. Knows no log.

Argon2id with the library's parameters (RFC 9106's second choice: 64 MiB). The hashes stand beside
the cameras' passwords, outside the station's folder (docs/decisions/officers-passwords.md).
"""

from __future__ import annotations

import unicodedata
from typing import Protocol

from app.errors import KnownError, msg
from app.station import SecretStore
from app.thai.text import normalise

LEAST_LETTERS = 8
MOST_LETTERS = 200


class Hasher(Protocol):
    """Hashes slowly, and compares. Any thread; a hash takes 50 to 100 ms and 64 MiB."""

    def hash(self, secret: str) -> str:
        """Another hash every time."""
        ...

    def matches(self, secret: str, hashed: str) -> bool:
        """Whether this hash is of this secret; False for what is no hash."""
        ...


class Argon2:
    """Argon2id. The library is loaded when it is first needed, not when the console starts."""

    def __init__(self, memory_kib: int | None = None, rounds: int | None = None) -> None:
        """Less memory and fewer rounds are for tests only."""
        self._memory_kib, self._rounds = memory_kib, rounds

    def hash(self, secret: str) -> str:
        import argon2

        usual = argon2.PasswordHasher()
        hasher = argon2.PasswordHasher(
            time_cost=self._rounds or usual.time_cost,
            memory_cost=self._memory_kib or usual.memory_cost,
        )
        return hasher.hash(secret)

    def matches(self, secret: str, hashed: str) -> bool:
        import argon2

        try:
            return argon2.PasswordHasher().verify(hashed, secret)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False


class OfficerPasswords:
    """One station's, as this computer's user keeps them. Any thread."""

    def __init__(self, secrets: SecretStore, station_id: str, hasher: Hasher | None = None) -> None:
        self._secrets, self._station_id = secrets, station_id
        self._hasher = hasher or Argon2()
        self._nobodys = ""

    def has(self, officer_id: str) -> bool:
        """Whether the officer has a password on this computer. KnownError: they cannot be read."""
        return self._secrets.get(self._station_id, _name(officer_id)) is not None

    def matches(self, officer_id: str, password: str) -> bool:
        """Whether this is the officer's. One who has none costs as much time as one who has."""
        hashed = self._secrets.get(self._station_id, _name(officer_id))
        is_right = self._hasher.matches(spelt(password), hashed or self._hash_of_nobody())
        return is_right and hashed is not None

    def put(self, officer_id: str, password: str) -> None:
        """Keep it, in place of one there was. KnownError when it cannot be kept."""
        hashed = self._hasher.hash(spelt(password))
        self._secrets.put(self._station_id, _name(officer_id), hashed)

    def hashed(self, officer_id: str) -> str | None:
        """What is kept, to be put back by `put_back` when something after it fails."""
        return self._secrets.get(self._station_id, _name(officer_id))

    def put_back(self, officer_id: str, hashed: str | None) -> None:
        """As it was before."""
        if hashed is None:
            self._secrets.forget(self._station_id, _name(officer_id))
        else:
            self._secrets.put(self._station_id, _name(officer_id), hashed)

    def forget(self, officer_id: str) -> None:
        """The officer has none any more. KnownError when it cannot be taken away."""
        self._secrets.forget(self._station_id, _name(officer_id))

    def _hash_of_nobody(self) -> str:
        if not self._nobodys:
            self._nobodys = self._hasher.hash("nobody has this password")
        return self._nobodys


def spelt(password: str) -> str:
    """One spelling of what is typed the same: ำ may come as one letter or as two."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> None:
    """KnownError, saying what one must be, for a password that will not do. `name`: whose it is."""
    what, do = None, msg("Choose a longer one that is not your name.")
    if len(spelt(password)) < LEAST_LETTERS:
        what = msg("A password has at least {least} letters.", least=LEAST_LETTERS)
    elif len(spelt(password)) > MOST_LETTERS or not password.isprintable():
        what = msg("A password has at most {most} letters, on one line.", most=MOST_LETTERS)
        do = msg("Choose a shorter one.")
    elif _is_name(password, name):
        what = msg("The password is the officer's own name.")
    elif len(set(spelt(password))) < 3:
        what = msg("The password is one letter again and again.")
    if what is not None:
        raise KnownError(what, safe=msg("The password before still holds."), do=do)


def _is_name(password: str, name: str) -> bool:
    def bare(text: str) -> str:
        return "".join(letter for letter in normalise(text) if letter.isalnum())

    typed, own = bare(password), bare(name)
    return bool(typed) and bool(own) and (typed in own or own in typed)


def _name(officer_id: str) -> str:
    return f"officer/{officer_id}"

"""Who may see a camera: Basic and Digest authentication (RFC 2617). Knows no sockets."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets

from app.demo.simulated_cameras.rtsp_message import Request
from app.demo.simulated_cameras.spec import Login

_REALM = "simulated camera"
_FIELD = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


class Doorkeeper:
    """Checks the `Authorization` header of every request to one camera."""

    def __init__(self, login: Login, username: str, password: str) -> None:
        self._login = login
        self._username = username
        self._password = password
        self._other_password: str | None = None
        self._nonce = secrets.token_hex(16)

    def want(self, other_password: str | None) -> None:
        """Want another password than the camera's own, or (None) its own again."""
        self._other_password = other_password

    @property
    def _asks_for(self) -> Login:
        asked_for_none = self._login is Login.NONE and self._other_password is not None
        return Login.DIGEST if asked_for_none else self._login

    @property
    def _wanted_password(self) -> str:
        return self._password if self._other_password is None else self._other_password

    def challenge(self) -> str:
        """The `WWW-Authenticate` header that goes with a 401."""
        if self._asks_for is Login.BASIC:
            return f'Basic realm="{_REALM}"'
        return f'Digest realm="{_REALM}", nonce="{self._nonce}"'

    def lets_in(self, request: Request) -> bool:
        """Whether the request carries the right name and password."""
        login = self._asks_for
        if login is Login.NONE:
            return True
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != login.value:
            return False
        return self._basic(rest) if login is Login.BASIC else self._digest(request, rest)

    def _basic(self, rest: str) -> bool:
        try:
            given = base64.b64decode(rest, validate=True)
        except binascii.Error:
            return False
        return hmac.compare_digest(given, f"{self._username}:{self._wanted_password}".encode())

    def _digest(self, request: Request, rest: str) -> bool:
        given = {name: quoted or bare for name, quoted, bare in _FIELD.findall(rest)}
        if given.get("nonce") != self._nonce or given.get("username") != self._username:
            return False
        secret = _md5(f"{self._username}:{_REALM}:{self._wanted_password}")
        asked = _md5(f"{request.method}:{given.get('uri', '')}")
        middle = self._nonce
        if "qop" in given:
            parts = (given.get("nc", ""), given.get("cnonce", ""), given["qop"])
            middle = ":".join((self._nonce, *parts))
        expected = _md5(f"{secret}:{middle}:{asked}")
        return hmac.compare_digest(given.get("response", "").encode(), expected.encode())


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

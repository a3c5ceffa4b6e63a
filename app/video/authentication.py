"""How a camera is told who asks: HTTP Basic and Digest, as RTSP uses them (RFC 7616, RFC 7617)."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_LONGEST_CHALLENGE = 2_000
"""A longer one is no challenge, and would keep the pattern busy for seconds."""
_ALGORITHMS = {"MD5": "md5", "MD5-SESS": "md5", "SHA-256": "sha256", "SHA-256-SESS": "sha256"}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the camera: the answer to a digest challenge depends on it."""

    method: str
    url: str


def authorization(
    challenges: Sequence[str], request: Request, username: str, password: str, *, count: int = 1
) -> str | None:
    """The `Authorization` header that answers the camera's challenges; Digest before Basic.

    `count`: how often these challenges have been answered, this time included. None if the camera
    asks for a way that neither is.
    """
    for challenge in challenges:
        parameters = _digest_parameters(challenge)
        if parameters is not None:
            answer = _digest(parameters, request, username, password, count)
            if answer is not None:
                return answer
    if any(challenge.strip().lower().startswith("basic") for challenge in challenges):
        pair = f"{username}:{password}".encode()
        return "Basic " + base64.b64encode(pair).decode("ascii")
    return None


def is_stale(challenge: str) -> bool:
    """Whether the camera says that the password was right and only its nonce has grown old."""
    parameters = _digest_parameters(challenge)
    return parameters is not None and parameters.get("stale", "").lower() == "true"


def realm(challenge: str) -> str:
    """What the camera calls itself in a challenge; often its maker. Empty if it does not say."""
    given = _parameters(challenge)
    return next((quoted or bare for name, quoted, bare in given if name.lower() == "realm"), "")


def _parameters(challenge: str) -> list[tuple[str, str, str]]:
    return _PARAMETER.findall(challenge) if len(challenge) <= _LONGEST_CHALLENGE else []


def _digest_parameters(challenge: str) -> dict[str, str] | None:
    scheme, _, rest = challenge.strip().partition(" ")
    if scheme.lower() != "digest":
        return None
    return {name.lower(): quoted or bare for name, quoted, bare in _parameters(rest)}


def _digest(
    given: dict[str, str], request: Request, username: str, password: str, count: int
) -> str | None:
    """RFC 7616 §3.4, with and without `qop=auth` (many cameras still speak RFC 2069)."""
    algorithm = given.get("algorithm", "MD5")
    if algorithm.upper() not in _ALGORITHMS or "nonce" not in given:
        return None
    realm, nonce = given.get("realm", ""), given["nonce"]
    client_nonce = secrets.token_hex(8)

    def hashed(text: str) -> str:
        name = _ALGORITHMS[algorithm.upper()]
        return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

    secret = hashed(f"{username}:{realm}:{password}")
    if algorithm.upper().endswith("-SESS"):
        secret = hashed(f"{secret}:{nonce}:{client_nonce}")
    asked = hashed(f"{request.method}:{request.url}")
    fields = {"username": username, "realm": realm, "nonce": nonce, "uri": request.url}
    if "auth" in re.split(r"[\s,]+", given.get("qop", "")):
        response = hashed(f"{secret}:{nonce}:{count:08x}:{client_nonce}:auth:{asked}")
        tail = f', qop=auth, nc={count:08x}, cnonce="{client_nonce}"'
    else:
        response, tail = hashed(f"{secret}:{nonce}:{asked}"), ""
    fields["response"] = response
    if "opaque" in given:
        fields["opaque"] = given["opaque"]
    body = ", ".join(f'{name}="{_quoted(value)}"' for name, value in fields.items())
    named = f", algorithm={algorithm}" if "algorithm" in given else ""
    return f"Digest {body}{named}{tail}"


def _quoted(value: str) -> str:
    value = re.sub(r"[\x00-\x1f\x7f]", "", value)  # a line end would begin another header
    return value.replace("\\", "\\\\").replace('"', '\\"')

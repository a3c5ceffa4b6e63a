"""How an entry is hashed, and how a body is stored so that its bytes can be. Knows no database.

docs/schema.md says the same in words and as a shell recipe; a test runs that recipe.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from app.errors import KnownError, Message, msg

SEPARATOR = "\x1f"  # U+001F, the unit separator: no field may hold it
GENESIS = "0" * 64  # what the first entry of an origin has for `prev`
SALT_BYTES = 16  # without it an erased body could be guessed from its hash
_UNSTORABLE = re.compile("[\x00-\x1f\ud800-\udfff]")  # control characters, half a character
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def new_salt() -> str:
    """32 hexadecimal digits that nobody can foresee."""
    return secrets.token_hex(SALT_BYTES)


def body_hash(body: str) -> str:
    """SHA-256 of the body's stored bytes (UTF-8), in lower-case hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def entry_hash(
    *, prev: str, origin: str, n: int, at: str, actor: str, subject: str, kind: str, body_hash: str
) -> str:
    """SHA-256 of the eight fields in this order, joined by U+001F, in lower-case hexadecimal."""
    fields = (prev, origin, str(n), at, actor, subject, kind, body_hash)
    return hashlib.sha256(SEPARATOR.join(fields).encode()).hexdigest()


def encode_body(content: Mapping[str, Any], salt: str) -> str:
    """The body as it is stored: one line of JSON with its salt.

    KnownError when it holds half a character (a lone surrogate) or a number that is none (NaN,
    infinity). ValueError or TypeError, a bug, when it is not JSON at all.
    """
    if "salt" in content:
        raise ValueError("a body may not have a field named salt: the log adds its own")
    try:
        text = _JSON.encode({"salt": salt, **content})
        text.encode()
    except UnicodeEncodeError as error:
        raise _refused(msg("The text holds half a character that cannot be stored.")) from error
    except ValueError as error:
        if "JSON compliant" not in str(error):
            raise
        raise _refused(msg("A value is not a number (not-a-number or infinity).")) from error
    return text


def check_field(name: str, value: str) -> None:
    """Refuse a field that is empty or holds a control character or half a character.

    KnownError: what was typed can reach a subject (a camera's id), and U+001F would let two
    different entries have one hash.
    """
    if not value:
        raise _refused(msg("The field “{field}” is empty.", field=name))
    if _UNSTORABLE.search(value):
        raise _refused(
            msg("The field “{field}” holds a character that cannot be stored.", field=name)
        )


def _refused(what: Message) -> KnownError:
    return KnownError(
        what,
        safe=msg("Nothing was saved; what you typed is still here."),
        do=msg("Correct the text and save again."),
    )

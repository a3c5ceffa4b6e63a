"""Takes secrets out of any text before it reaches a log or a screen. Knows no store."""

from __future__ import annotations

import logging
import re
import threading
from urllib.parse import quote, quote_plus

HIDDEN = "***"

# Bounded and begun by a literal: a long line from a hostile camera must not cost quadratic time.
# ://user:password@ ; the password may hold @ but, unescaped, no / ? or #
_AUTHORITY = re.compile(r"://[^\s/?#]{0,512}@")
# … and one that does hold them. `host:554/a@2` looks the same: rather a host too few than a
# password too many.
_UNESCAPED = re.compile(r"://[^\s/?#:@]{1,128}:[^\s]{0,512}@")
# Many cameras take the password in the query: /live?user=admin&password=1234, /user=a_password=b_
_QUERY = re.compile(r"(?i)((?:password|passwd|passw|pass|pwd|token)=)[^&\s'\"<>]+")
_SHORTEST_ANYWHERE = 4


def without_credentials(text: str) -> str:
    """`text` with the user and password taken out of every address in it."""
    for pattern in (_UNESCAPED, _AUTHORITY):
        text = pattern.sub(f"://{HIDDEN}@", text)
    return _QUERY.sub(rf"\1{HIDDEN}", text)


class Redactor:
    """Knows the secrets met so far and takes them, and credentials in addresses, out of text.

    Asked from any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, secret: str) -> None:
        """Hide this secret from now on, in the forms in which it may turn up."""
        if not secret:
            return
        forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret)}
        forms |= {repr(secret)[1:-1], secret.encode("unicode_escape").decode("ascii")}
        with self._lock:
            if forms <= self._forms:
                return
            self._forms |= forms
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(_expression(form) for form in longest_first))

    def redact(self, text: str) -> str:
        """`text` without secrets."""
        if self._pattern is not None:
            text = self._pattern.sub(HIDDEN, text)
        return without_credentials(text)


def _expression(form: str) -> str:
    if len(form) >= _SHORTEST_ANYWHERE:
        return re.escape(form)
    # A one-digit password must not blank every such digit: hidden where it stands alone.
    return rf"(?<!\w){re.escape(form)}(?!\w)"


class RedactingFilter(logging.Filter):
    """Takes secrets out of log records: message, exception and stack. Lets every record pass."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = str(record.msg)  # a wrong call: its line is kept, its values are not
        record.msg = self._redactor.redact(message)
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            # Formatters print exc_text as it is, where it is there.
            record.exc_text = self._redactor.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redactor.redact(record.stack_info)
        return True

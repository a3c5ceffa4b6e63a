"""What people read, in Thai or English: gettext catalogues, English sentences as keys."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from pathlib import Path

from app.errors import KnownError, Message

CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "i18n"


class Language(StrEnum):
    """A language of the interface. Thai is the first."""

    THAI = "th"
    ENGLISH = "en"


def _catalogue(language: Language) -> gettext.NullTranslations:
    compiled = CATALOGUES / f"{language.value}.mo"
    if not compiled.exists():
        return gettext.NullTranslations()  # English: the keys are the sentences
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


_catalogues = {language: _catalogue(language) for language in Language}
_current = Language.THAI
_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def set_language(language: Language) -> None:
    """Choose the language of everything said from now on, in this process."""
    global _current
    _current = language


def language() -> Language:
    """The language in use."""
    return _spoken.get() or _current


@contextmanager
def speaking(wanted: Language) -> Iterator[None]:
    """Inside the block this thread says everything in one language, whatever the windows speak:
    a paper is Thai.
    """
    before = _spoken.set(wanted)
    try:
        yield
    finally:
        _spoken.reset(before)


def tr(template: str, /, **values: object) -> str:
    """The sentence in the language in use, its `{fields}` filled in."""
    text = _catalogues[language()].gettext(template)
    return text.format(**values) if values else text


def say(message: Message, wanted: Language | None = None) -> str:
    """A `Message` in the given language, or the one in use. Messages may hold messages."""
    spoken = wanted or language()
    values = {
        name: say(value, spoken) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return _catalogues[spoken].gettext(message.template).format(**values)


def explain(error: KnownError, wanted: Language | None = None) -> str:
    """What happened, what is safe and what to do, one sentence a line."""
    return "\n".join(say(part, wanted) for part in error.sentences)

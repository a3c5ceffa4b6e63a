"""Which values a setting of `station.toml` takes, and the sentence for those that it does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from app.errors import Message, msg


class WrongValueError(ValueError):
    """A value that a setting does not take; `rule` tells a person what it does take."""

    def __init__(self, rule: Message) -> None:
        super().__init__(rule.english())
        self.rule = rule


Check = Callable[[object], object]


def name(value: object) -> str:
    if isinstance(value, str) and len(value.strip()) >= 1 and len(value) <= 120:
        categories = {unicodedata.category(letter) for letter in value}
        if not categories & {"Cc", "Cs", "Zl", "Zp"}:
            return value
    raise WrongValueError(msg("Write a name of 1 to 120 letters between quotes, on one line."))


def an_id(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", value):
        return value
    raise WrongValueError(
        msg("Write 2 to 40 small letters a to z, digits or hyphens between quotes.")
    )


def whole(least: int, most: int) -> Check:
    def check(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise WrongValueError(
            msg("Write a whole number from {least} to {most}.", least=least, most=most)
        )

    return check


def degrees(least: float, most: float) -> Check:
    def check(value: object) -> float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and least <= float(value) <= most:  # type: ignore[arg-type]
            return float(value)  # type: ignore[arg-type]
        raise WrongValueError(
            msg(
                "Write degrees with a decimal point, from {least} to {most}.",
                least=least,
                most=most,
            )
        )

    return check


def one_of(choices: tuple[object, ...], convert: Callable[[object], object] | None = None) -> Check:
    def check(value: object) -> object:
        if any(value == choice and isinstance(value, type(choice)) for choice in choices):
            return convert(value) if convert else value
        shown = " / ".join(
            f'"{choice}"' if isinstance(choice, str) else str(choice) for choice in choices
        )
        raise WrongValueError(msg("Write one of these: {choices}.", choices=shown))

    return check


def yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise WrongValueError(msg("Write true or false, without quotes."))


def folders(value: object) -> tuple[str, ...]:
    """Paths, absolute or from the station's folder; a tuple, whatever it was."""
    if isinstance(value, list | tuple) and len(value) <= 16:
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value) and all(_is_path(text) for text in texts):
            return tuple(texts)
    raise WrongValueError(msg("Write folders between quotes, inside square brackets."))


def path(value: object) -> str:
    """A path, absolute or from the station's folder."""
    if isinstance(value, str) and _is_path(value):
        return value
    raise WrongValueError(msg("Write one folder between quotes."))


def path_or_none(value: object) -> str:
    """A path, or nothing between the quotes."""
    if isinstance(value, str) and (not value or _is_path(value)):
        return value
    raise WrongValueError(msg("Write one file between quotes, or nothing between them."))


def camera_days(value: object) -> tuple[str, ...]:
    """Camera and days, `C01=90` each; a tuple, whatever it was."""
    if isinstance(value, list | tuple):
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value) and all(_CAMERA_DAYS.fullmatch(text) for text in texts):
            return tuple(texts)
    raise WrongValueError(msg('Write cameras with their days: ["C01=90", "C07=7"].'))


_CAMERA_DAYS = re.compile(r"[A-Za-z0-9-]{1,40} ?= ?[1-9][0-9]{0,3}")


def _is_path(text: str) -> bool:
    return 0 < len(text) <= 300 and text.strip() == text and text.isprintable()

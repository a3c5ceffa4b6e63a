"""Errors a person can act on. Knows no language: messages are translated by `app.thai`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people: an English template (the catalogue's key) and its values.

    `template` uses `str.format` fields; `values` holds what goes into them.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def english(self) -> str:
        """The sentence in English, values filled in."""
        values = {
            name: value.english() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return self.template.format(**values)


def msg(template: str, **values: object) -> Message:
    """A `Message`; the name is what the catalogue extractor looks for."""
    return Message(template, values)


class KnownError(Exception):
    """Something went wrong that the officer can act on.

    `what` happened, what is still `safe`, what to `do`. Everything else that is raised is a bug.
    """

    def __init__(self, what: Message, *, safe: Message | None = None, do: Message | None = None):
        super().__init__(what.english())
        self.what = what
        self.safe = safe
        self.do = do

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What happened, what is safe, what to do: those that were given, in this order."""
        return tuple(part for part in (self.what, self.safe, self.do) if part is not None)


def message_to(message: Message) -> dict[str, Any]:
    """A message as JSON can hold it."""
    values = {
        name: {"message": message_to(value)} if isinstance(value, Message) else _plain(value)
        for name, value in message.values.items()
    }
    return {"template": message.template, "values": values}


def message_from(data: Mapping[str, Any]) -> Message:
    """The message of `message_to`."""
    values = {
        name: message_from(value["message"]) if isinstance(value, dict) else value
        for name, value in data["values"].items()
    }
    return Message(str(data["template"]), values)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)

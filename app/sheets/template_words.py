"""What is told of a template that could not be used, in words a clerk can pass on."""

from __future__ import annotations

from app.errors import Message, msg
from app.sheets.press_messages import Refused

_REACHES = ("file not found", "failed to load", "access denied", "would escape", "package")
_LONGEST = 300


class Trouble(Exception):  # noqa: N818 — what happened to a paper, not yet an error for people
    """A template did not set the paper; `why` says so to people."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.english())
        self.why = why


def not_used(why: Message) -> Message:
    """The note on a paper whose own template was passed over."""
    return msg(
        "The station's own template was not used, the one that comes with the program was: {why}",
        why=why,
    )


def why_late(file: str, seconds: float) -> Message:
    """It loops, or has far too much to do."""
    return msg("{file} was not done after {seconds} s.", file=file, seconds=round(seconds))


def why_lost(file: str) -> Message:
    """It brought the process down."""
    return msg("{file} takes more memory than a paper may, or ends the typesetter.", file=file)


def why_refused(file: str, answer: Refused) -> Message:
    """What Typst says of it, in Typst's own words: whoever wrote the template knows them."""
    said = " ".join(answer.message.split())[:_LONGEST]
    if any(word in said for word in _REACHES):
        return msg(
            "{file}, line {line}: it asks for a file or a package; no template is given any.",
            file=file,
            line=answer.line,
        )
    return msg("{file}, line {line}: {said}", file=file, line=answer.line, said=said)

"""What may be typed into the story of an incident: something, and not too much of it."""

from __future__ import annotations

from app.errors import KnownError, Message, msg
from app.incidents.intake import NARRATIVE_LIMIT


def typed_text(text: str, when_empty: Message) -> str:
    """What was typed, without the space around it; KnownError for nothing, or for too much."""
    stripped = text.strip()
    if not stripped:
        raise KnownError(when_empty, do=msg("Type a few words."))
    if len(stripped) > NARRATIVE_LIMIT:
        raise KnownError(
            msg(
                "The text has {length:,} characters; the log takes {limit:,}.",
                length=len(stripped),
                limit=NARRATIVE_LIMIT,
            ),
            safe=msg("What you typed is still here."),
            do=msg("Shorten it."),
        )
    return stripped

"""What a row of a file would do, in a word, and how many do what. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence

from app.geo.interchange.effects import Effect
from app.thai.translation import tr


def effect_words(effect: Effect) -> str:
    """One word for it."""
    return {
        Effect.ADDS: tr("New"),
        Effect.CHANGES: tr("Changed"),
        Effect.NOTHING: tr("As it is"),
        Effect.REFUSED: tr("Refused"),
    }[effect]


def summary_words(effects: Sequence[Effect], more_refused: int = 0) -> str:
    """How many of each. `more_refused`: rows of which nothing could be read."""
    return tr(
        "{added} new, {changed} changed, {same} as they are, {refused} refused",
        added=effects.count(Effect.ADDS),
        changed=effects.count(Effect.CHANGES),
        same=effects.count(Effect.NOTHING),
        refused=effects.count(Effect.REFUSED) + more_refused,
    )

"""Privacy masks as the station drew them: checked, kept as entries, read. Knows no pixels.

Apart from `masks.py`, which the decoders load too: they need no log and no geometry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, ClassVar

from shapely import Polygon

from app.cameras.masks import Point, PrivacyMask
from app.errors import KnownError, Message, msg
from app.log import Actor, Connection, Entry, Log

MOST_MASKS = 16
MOST_CORNERS = 32
REASON_LIMIT = 200  # characters
_SMALLEST_SHARE = 1e-5  # of the picture: smaller is a slip of the mouse

WHOLE_PICTURE = PrivacyMask(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))


@dataclass(frozen=True, slots=True)
class CameraMasksDrawn:
    """All masks of a camera as they are from now on; none shows the whole picture again."""

    kind: ClassVar[str] = "camera_masks_drawn"
    camera_id: str
    masks: tuple[PrivacyMask, ...]
    reason: str

    @property
    def subject(self) -> str:
        return self.camera_id

    def body(self) -> Mapping[str, Any]:
        return {"masks": _to_lists(self.masks), "reason": self.reason}


class CameraMasksView:
    """The table `camera_masks`: one row a camera, its masks as they were drawn last."""

    tables = ("camera_masks",)
    kinds = frozenset({CameraMasksDrawn.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS camera_masks(camera_id TEXT PRIMARY KEY,"
            " masks TEXT NOT NULL, drawn_at TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        # Erased: what was hidden is not known any more, so all is. Nothing may come to light by it.
        masks = entry.data().get("masks", _to_lists((WHOLE_PICTURE,)))
        db.execute(
            "INSERT OR REPLACE INTO camera_masks VALUES(?, ?, ?)",
            (entry.subject, json.dumps(masks), entry.at),
        )


def all_masks(db: Connection) -> dict[str, tuple[PrivacyMask, ...]]:
    """The masks of every camera that has any, by its id."""
    rows = db.execute("SELECT camera_id, masks FROM camera_masks WHERE masks <> '[]'")
    return {row[0]: _from_lists(json.loads(row[1])) for row in rows}


def masks_of(db: Connection, camera_id: str) -> tuple[PrivacyMask, ...]:
    """The masks of one camera."""
    row = db.execute("SELECT masks FROM camera_masks WHERE camera_id = ?", (camera_id,)).fetchone()
    return _from_lists(json.loads(row[0])) if row else ()


def draw_masks(
    log: Log, camera_id: str, masks: Sequence[PrivacyMask], reason: str, *, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Put these masks in the place of the camera's. KnownError at once if they will not do."""
    for mask in masks:
        check_corners(mask.corners)
    if len(masks) > MOST_MASKS:
        raise KnownError(
            msg("A camera can have {limit} masks at most.", limit=MOST_MASKS),
            safe=_KEPT,
            do=msg("Join masks that lie side by side."),
        )
    fact = CameraMasksDrawn(camera_id, tuple(masks), _checked_reason(reason))
    return log.append(fact, actor=actor)


def check_corners(corners: Sequence[Point]) -> None:
    """Raise KnownError unless they are the outline of an area inside the picture."""
    if len(corners) < 3:
        raise _refused(msg("A mask needs at least three corners."), msg("Click one more corner."))
    if len(corners) > MOST_CORNERS:
        raise _refused(
            msg("A mask can have {limit} corners at most.", limit=MOST_CORNERS),
            msg("Delete some corners, or draw a second mask."),
        )
    if not all(0.0 <= value <= 1.0 for corner in corners for value in corner):  # NaN neither
        raise _refused(
            msg("A mask reaches outside the picture."), msg("Move its corners into the picture.")
        )
    outline = Polygon(corners)
    if not outline.is_valid:
        raise _refused(
            msg("The outline of a mask crosses itself."),
            msg("Move a corner so that no two sides cross."),
        )
    if outline.area < _SMALLEST_SHARE:
        raise _refused(msg("A mask is too small to hide anything."), msg("Draw it larger."))


_KEPT = msg("Nothing was saved; the masks you drew are still here.")


def _refused(what: Message, do: Message) -> KnownError:
    return KnownError(what, safe=_KEPT, do=do)


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise _refused(
            msg("The reason for the masks is empty."), msg("Type why these parts are hidden.")
        )
    if len(reason) > REASON_LIMIT or not reason.isprintable():
        raise _refused(
            msg("The reason is too long or holds characters that cannot be printed."),
            msg("Type it again, in up to {limit} characters.", limit=REASON_LIMIT),
        )
    return reason


def _to_lists(masks: Sequence[PrivacyMask]) -> list[list[list[float]]]:
    """To 1e-5 of the picture: a fifth of a pixel of the largest."""
    return [[[round(x, 5), round(y, 5)] for x, y in mask.corners] for mask in masks]


def _from_lists(lists: Sequence[Sequence[Sequence[float]]]) -> tuple[PrivacyMask, ...]:
    return tuple(PrivacyMask(tuple((x, y) for x, y in corners)) for corners in lists)

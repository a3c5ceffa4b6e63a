"""Which of a camera's streams are read, and which is on its tile. Knows no threads and no pictures.

Its caller tells what happened and when, one call at a time, and asks what each stream is to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.cameras.camera import StreamKind
from app.video.feed import Duty
from app.video.health import CameraState
from app.video.live import Wanted
from app.video.stream_choice import StreamChoice


@dataclass(slots=True)
class _Trouble:
    """A stream that was lost, and since when it delivers again."""

    state: CameraState
    well_since_s: float | None = None


class OnAir:
    """The streams of one camera.

    The one that suits the tile is read; beside it the one still on the tile, until the first
    picture of the other; and while the one that suits is lost, or has only just come back, the
    other, so that there is a picture from whichever works.
    """

    def __init__(
        self, kinds: tuple[StreamKind, ...], *, linger_s: float, settled_after_s: float
    ) -> None:
        self._kinds = kinds
        self._linger_s = linger_s
        self._settled_after_s = settled_after_s
        self._choice = StreamChoice()
        self._small = StreamKind.SUB if StreamKind.SUB in kinds else StreamKind.MAIN
        self._suits = self._checked = self._small
        self._hidden_since_s: float | None = None
        self.duties = dict.fromkeys(kinds, Duty.REST)
        """What each stream's reader is to do; replaced as a whole, never changed in place."""
        self._troubles: dict[StreamKind, _Trouble] = {}
        self.wanted: Wanted | None = None
        """What the tile wants; None while the camera is hidden."""
        self.kind: StreamKind | None = None
        """The stream on the tile; None while there is none."""

    def want(self, wanted: Wanted | None, now_s: float) -> bool:
        """What the tile wants from now on; whether it has just appeared."""
        before, self.wanted = self.wanted, wanted
        if wanted is None and before is not None:
            self._hidden_since_s = now_s
        return wanted is not None and before is None

    def shows(self, kind: StreamKind) -> bool:
        """Whether its next picture goes onto the tile."""
        return self.wanted is not None and (self.kind in (None, kind) or kind is self._suits)

    def speaks(self, kind: StreamKind) -> bool:
        """Whether what happens to this stream is how the camera is."""
        if self.kind is not None:
            return kind is self.kind
        return kind is (self._checked if self.wanted is None else self._suits)

    def steer(self, now_s: float, *, overloaded: bool) -> tuple[StreamKind, ...]:
        """Think again; the streams that have another duty now."""
        before = dict(self.duties)
        if self.wanted is not None:
            self._suits = self._suiting(self.wanted, now_s, overloaded=overloaded)
            reading = self._reading()
            self.duties = {k: Duty.READ if k in reading else Duty.REST for k in self._kinds}
        elif self._hidden_since_s is None or now_s - self._hidden_since_s >= self._linger_s:
            self.kind = None
            self.duties = {k: Duty.CHECK if k is self._checked else Duty.REST for k in self._kinds}
        return tuple(kind for kind in self._kinds if self.duties[kind] is not before[kind])

    def is_troubled(self, kind: StreamKind) -> bool:
        """Whether it was lost, and has not settled since."""
        return kind in self._troubles

    def delivered(self, kind: StreamKind, now_s: float) -> None:
        """A picture of it arrived, shown or not."""
        trouble = self._troubles.get(kind)
        if trouble is None:
            return
        if trouble.well_since_s is None:
            trouble.well_since_s = now_s
        if now_s - trouble.well_since_s >= self._settled_after_s:
            del self._troubles[kind]

    def showed(self, kind: StreamKind) -> None:
        """A picture of it is on the tile."""
        self.kind = kind

    def answered(self, kind: StreamKind) -> None:
        """Hidden, it was checked, and is well."""
        self._troubles.pop(kind, None)

    def lost(self, kind: StreamKind, state: CameraState) -> None:
        """It was lost, or did not come. While hidden, the other one is checked from now on."""
        self._troubles[kind] = _Trouble(state)
        if self.kind is kind:
            self.kind = None
        others = [other for other in self._kinds if other is not kind]
        if self.wanted is None and others and state is not CameraState.WRONG_PASSWORD:
            self._checked = others[0]

    def _suiting(self, wanted: Wanted, now_s: float, *, overloaded: bool) -> StreamKind:
        if len(self._kinds) == 1:
            return self._small
        if self.kind is None:
            self._choice.begin_again()
        return self._choice.choose(wanted, now_s, overloaded=overloaded)

    def _reading(self) -> set[StreamKind]:
        reading = {self._suits} if self.kind is None else {self._suits, self.kind}
        trouble = self._troubles.get(self._suits)
        # Where the password is wrong it is wrong for both, and every try brings a lock-out nearer.
        if trouble is not None and trouble.state is not CameraState.WRONG_PASSWORD:
            reading.update(self._kinds)
        return reading

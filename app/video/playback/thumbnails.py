"""Small pictures of any instant, for under the pointer. The latest wish wins; some are kept.

A thread of its own, keyframes only. Knows no window.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import av

from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.clock import Clock
from app.video.archive.footage import Footage
from app.video.picture import Size
from app.video.playback.course import Course
from app.video.playback.decoder import BadPacketError, Decoder, Scaler
from app.video.playback.limits import Limits
from app.video.playback.open_segment import DamagedError, OpenSegment
from app.video.playback.shown import Shown
from app.video.playback.still import first_frame
from app.video.playback.transport import from_us, to_us

log = logging.getLogger(__name__)

_KEPT_MOST = 128  # of 160×90: 7 MB
_Masks = tuple[PrivacyMask, ...]
_Wish = tuple[str, datetime, Size]


class Thumbnails:
    """`ask`, `newest` and `set_masks` on one thread; every call but `stop` returns at once."""

    def __init__(self, footage: Footage, clock: Clock, *, limits: Limits | None = None) -> None:
        self._footage = footage
        self._clock = clock
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._asked = threading.Event()
        self._stop = threading.Event()
        self._wish: _Wish | None = None
        self._newest: Shown | None = None
        self._masks: Mapping[str, _Masks] = {}
        self._kept: OrderedDict[tuple[int, int, Size], Shown] = OrderedDict()
        self._courses: dict[str, Course] = {}
        self._seq = 0
        self._thread = threading.Thread(target=self._run, name="playback thumbnails")

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self, deadline_s: float = 2.0) -> bool:
        """End; whether it did within `deadline_s`."""
        self._stop.set()
        self._asked.set()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def set_masks(self, masks: Mapping[str, _Masks]) -> None:
        """The masks in force; they hold on return."""
        with self._lock:
            self._masks = dict(masks)
            self._kept.clear()
            self._newest = None
        self._asked.set()

    def ask(self, camera_id: str, at: datetime, size: Size) -> None:
        """The picture nearest before this instant, fitting `size` in device pixels."""
        with self._lock:
            self._wish = (camera_id, at, size)
        self._asked.set()

    def newest(self) -> Shown | None:
        """Of what was asked last, once it is there; None where there is no footage.

        Until then the one before stays, if it is of the same camera.
        """
        with self._lock:
            if self._newest and self._wish and self._newest.camera_id != self._wish[0]:
                return None
            return self._newest

    def _run(self) -> None:
        scaler = Scaler()
        try:
            while not self._stop.is_set() and threading.main_thread().is_alive():
                if not self._asked.wait(1.0):
                    continue
                self._asked.clear()
                wish = self._wish
                if wish is not None and not self._stop.is_set():
                    self._serve(wish, scaler)
        finally:
            for course in self._courses.values():
                course.close()

    def _serve(self, wish: _Wish, scaler: Scaler) -> None:
        camera_id, at, size = wish
        masks = self._masks
        shown = self._make(camera_id, to_us(at), size, masks.get(camera_id, ()), scaler)
        with self._lock:
            if masks is self._masks:
                self._newest = shown

    def _make(
        self, camera_id: str, at_us: int, size: Size, masks: _Masks, scaler: Scaler
    ) -> Shown | None:
        open_ = self._open_at(camera_id, at_us)
        if open_ is None:
            return None
        group_number = open_.group_at(at_us)
        key = (open_.segment.id, group_number, size)
        with self._lock:
            known = self._kept.get(key)
        self._seq += 1
        if known is not None:
            return replace(known, seq=self._seq)
        try:
            shown = first_frame(open_, group_number, size, masks, Decoder(open_.codec, 1), scaler)
        except (DamagedError, BadPacketError, av.FFmpegError, ValueError):
            return None
        shown = replace(shown, seq=self._seq, at=from_us(open_.starts_us(group_number)))
        with self._lock:
            if masks == self._masks.get(camera_id, ()):
                self._kept[key] = shown
                while len(self._kept) > _KEPT_MOST:
                    self._kept.popitem(last=False)
        return shown

    def _open_at(self, camera_id: str, at_us: int) -> OpenSegment | None:
        """The sub stream where there is one: a keyframe of it costs a sixth."""
        course = self._courses.get(camera_id)
        if course is None:
            course = self._courses[camera_id] = Course(
                self._footage, camera_id, self._clock, self._limits
            )
        found = course.at(at_us, StreamKind.SUB)
        return found if isinstance(found, OpenSegment) else None

"""A place as a camera shows it: day or night by the clock, rain, everybody in their place."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from app.demo.simulated_cameras.scenes.canvas import Canvas
from app.demo.simulated_cameras.scenes.kept_stages import KeptStages
from app.demo.simulated_cameras.scenes.lens import Lens
from app.demo.simulated_cameras.scenes.lighting import Lighting, develop
from app.demo.simulated_cameras.scenes.parts import Colour
from app.demo.simulated_cameras.scenes.place import Circumstances, Place
from app.demo.simulated_cameras.scenes.places import place_of
from app.demo.simulated_cameras.scenes.stage import Stage
from app.demo.simulated_cameras.spec import Light, SceneContent, StreamSize
from app.thai.dates import to_local

_BUILDING = Lock()  # one background after the other: the first camera's is there soonest
_DAY_HOURS = range(6, 18)
_SKIES: dict[tuple[bool, bool], tuple[Colour, Colour]] = {
    (False, False): ((206, 170, 132), (226, 216, 204)),
    (False, True): ((158, 152, 148), (186, 182, 178)),
    (True, False): ((30, 22, 18), (58, 46, 42)),
    (True, True): ((34, 28, 26), (62, 54, 52)),
}  # (night, rain) → top and bottom of the sky


def is_night(light: Light, at_s: float) -> bool:
    """Whether lamps are on at Unix time `at_s`; `LOCAL` goes by the hour in Bangkok."""
    if light is Light.LOCAL:
        return to_local(datetime.fromtimestamp(at_s, UTC)).hour not in _DAY_HOURS
    return light is Light.NIGHT


class DrawnScene:
    """One scene at one size. Its backgrounds, day and night, are drawn when first needed."""

    def __init__(
        self, content: SceneContent, size: StreamSize, kept: KeptStages | None = None
    ) -> None:
        self._content = content
        self._kept = kept or KeptStages()
        self._place = place_of(content.scene, content.variant)
        view = self._place.view
        self._lens = Lens(
            size.width_px,
            size.height_px,
            view.eye,
            view.yaw_deg,
            view.pitch_deg,
            view.field_of_view_deg,
        )
        seed = 100 * (content.variant + 1) + list(type(content.scene)).index(content.scene)
        self._movers = self._place.movers(np.random.default_rng(seed), content.rain)
        self._stages: dict[bool, Stage] = {}
        self._picture = np.empty((size.height_px, size.width_px, 3), np.uint8)
        self._rain = _Rain(size) if content.rain else None

    def prepare(self, at_s: float) -> None:
        """Have the background for Unix time `at_s`: drawn before, or drawn now (0.3 s and more)."""
        self._stage(is_night(self._content.light, at_s))

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        """The scene at Unix time `at_s`, (H, W, 3) BGR; to be drawn on, and good until the next."""
        night = is_night(self._content.light, at_s)
        stage = self._stage(night)
        picture = self._picture  # a new one each time would cost more than the copy
        np.copyto(picture, stage.background)
        stage.draw(picture, [seen for mover in self._movers if (seen := mover(at_s, night))])
        if self._rain is not None:
            self._rain.fall(picture, at_s, night=night)
        return picture

    def _stage(self, night: bool) -> Stage:
        stage = self._stages.get(night)
        if stage is None:
            with _BUILDING:
                stage = self._stages[night] = self._kept_or_built(night)
        return stage

    def _kept_or_built(self, night: bool) -> Stage:
        stage = self._kept.read(self._content, self._lens, night=night)
        if stage is None:
            now = Circumstances(night, self._content.rain)
            stage = build_stage(self._place, self._lens, now)
            self._kept.keep(self._content, stage, self._lens, night=night)
        return stage


def build_stage(place: Place, lens: Lens, now: Circumstances) -> Stage:
    """Paint and light the standing part of a place."""
    canvas = Canvas(lens, *_SKIES[now.night, now.rain], sky_shines=now.night)
    lamps = tuple(place.paint(canvas, now))
    lighting = Lighting(night=now.night, rain=now.rain, lamps=lamps)
    return Stage(lens, lighting, develop(canvas, lighting, seed=lens.width_px), canvas.depth_m)


class _Rain:
    """Streaks of rain, a few for each frame."""

    def __init__(self, size: StreamSize) -> None:
        rng = np.random.default_rng(7)
        self._size = size
        self._drops = rng.uniform(0, 1, (110, 3))

    def fall(self, picture: NDArray[np.uint8], at_s: float, *, night: bool) -> None:
        width, height = self._size.width_px, self._size.height_px
        fallen = (self._drops[:, 1] + (at_s % 100.0) * (1.6 + self._drops[:, 2])) % 1.0
        length = height * (0.03 + 0.05 * self._drops[:, 2])
        x, y = self._drops[:, 0] * width * 1.1 - 0.08 * fallen * width, fallen * height * 1.1
        starts = np.stack([x, y - length], axis=1)
        ends = np.stack([x - length * 0.12, y], axis=1)
        lines = np.round(np.stack([starts, ends], axis=1) * 16).astype(np.int32)
        veil = picture.copy()
        colour = (120, 118, 112) if night else (214, 212, 208)
        cv2.polylines(veil, list(lines), False, colour, max(1, height // 500), cv2.LINE_AA, 4)
        cv2.addWeighted(veil, 0.38, picture, 0.62, 0, dst=picture)

"""Makes the cameras' clips: stamped pictures over a busy street of noise, H.264 as cameras send it.

`stamps` says what a stamp looks like and reads it; the two share no code, so that neither can hide
the other's mistake.
"""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

GOP_S = 2.0
_BLACK, _WHITE, _GROUND = 16, 235, 110
_MAGENTA = (106, 202, 222)  # Y, Cb, Cr, BT.601
_CARS = 6
_GRAINS = 4
_WORKERS = 2  # clips made at a time
# Bits a pixel: 0.7 Mb/s at 640 × 360 × 15, 2.5 Mb/s at 1280 × 720 × 25, as the town's cameras send.
_BITS_SMALL, _BITS_LARGE = 0.2, 0.108

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ClipForm:
    """What all clips of a run have in common."""

    width_px: int
    height_px: int
    fps: int
    seconds: float
    seed: int
    mbit_per_s: float = 0.0
    """What the encoder is held to; 0: as the town's cameras send at this size."""

    @property
    def pictures(self) -> int:
        """How many pictures a clip has before it begins again: whole groups of pictures."""
        group = round(GOP_S * self.fps)
        return max(1, round(self.seconds * self.fps / group)) * group

    @property
    def bits_per_s(self) -> int:
        """What the encoder is held to."""
        if self.mbit_per_s:
            return round(self.mbit_per_s * 1e6)
        area_px = self.width_px * self.height_px
        bits = _BITS_SMALL if area_px <= 640 * 360 else _BITS_LARGE
        return round(bits * area_px * self.fps)


def make_clips(folder: Path, cameras: int, form: ClipForm, first: int = 0) -> list[Path]:
    """One clip a camera, with its number in every stamp: from `first` on, so many."""
    numbers = range(first, first + cameras)
    paths = [folder / f"camera{camera:02d}.mp4" for camera in numbers]
    with ThreadPoolExecutor(_WORKERS) as pool:
        for made in [
            pool.submit(_make_clip, path, camera, form)
            for path, camera in zip(paths, numbers, strict=True)
        ]:
            made.result()
    return paths


def _make_clip(path: Path, camera: int, form: ClipForm) -> None:
    scene = _Scene(form, camera)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=form.fps)
        stream.width, stream.height, stream.pix_fmt = form.width_px, form.height_px, "yuv420p"
        stream.time_base = Fraction(1, form.fps)
        stream.bit_rate = form.bits_per_s
        stream.codec_context.thread_count = 1
        stream.options.update(_encoder_options(form))
        for number in range(form.pictures):
            frame = av.VideoFrame.from_ndarray(scene.picture(number), format="yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _encoder_options(form: ClipForm) -> dict[str, str]:
    rate = str(form.bits_per_s)
    return {
        "preset": "superfast",
        "tune": "zerolatency",
        "x264-params": f"keyint={round(GOP_S * form.fps)}:scenecut=0:bframes=0",
        "maxrate": rate,
        "bufsize": rate,
    }


class _Scene:
    """A wall with cars before it and grain over it, and the stamp over all."""

    def __init__(self, form: ClipForm, camera: int) -> None:
        self._camera = camera
        self._width, self._height = form.width_px, form.height_px
        chance = np.random.default_rng([form.seed, camera])
        self._chance = chance
        self._wall = _texture(chance, self._height, self._width)
        car_height, car_width = self._height // 8, self._width // 8
        self._cars = [_texture(chance, car_height, car_width) for _ in range(_CARS)]
        self._lanes = chance.integers(0, self._height - car_height, _CARS).tolist()
        self._speeds = (chance.uniform(0.1, 0.5, _CARS) * self._width / form.fps).tolist()
        shape = (self._height, self._width)
        self._grains = [chance.normal(0, 3, shape).astype(np.int16) for _ in range(_GRAINS)]

    def picture(self, number: int) -> Plane:
        """I420, (height × 3 / 2, width)."""
        luma = self._wall.copy()
        for car, lane, speed in zip(self._cars, self._lanes, self._speeds, strict=True):
            left = int(number * speed) % (self._width - car.shape[1])
            luma[lane : lane + car.shape[0], left : left + car.shape[1]] = car
        grain = self._grains[number % _GRAINS]
        luma = np.roll(grain, int(self._chance.integers(0, 997)), axis=1) + luma
        yuv = np.full((self._height * 3 // 2, self._width), 128, np.uint8)
        yuv[: self._height] = luma.clip(30, 200)
        paint_stamp(yuv, self._camera, number)
        return yuv


def _texture(chance: np.random.Generator, height: int, width: int) -> NDArray[np.int16]:
    """Noise in patches of 32, 8 and 2 pixels: edges large and small, as in a street."""
    sum_ = np.full((height, width), 110.0)
    for patch, strength in ((32, 25.0), (8, 16.0), (2, 6.0)):
        coarse = chance.normal(0, strength, (height // patch + 1, width // patch + 1))
        sum_ += coarse.repeat(patch, axis=0).repeat(patch, axis=1)[:height, :width]
    clipped: NDArray[np.int16] = sum_.clip(40, 190).astype(np.int16)
    return clipped


def paint_stamp(yuv: Plane, camera: int, number: int) -> None:
    """Paint it into an I420 picture whose sides are even."""
    width, height = yuv.shape[1], yuv.shape[0] * 2 // 3
    unit = width / 32
    at = [round(unit * line) for line in range(33)]
    yuv[round(9.5 * unit) : round(14.5 * unit), at[8] : at[24]] = _GROUND
    said = (number & 0xFF_FFFF).to_bytes(3, "big") + bytes([camera])
    code = int.from_bytes(said + (zlib.crc32(said) & 0xFF_FFFF).to_bytes(3, "big"), "big")
    for index in range(56):
        row, column = index // 14, index % 14
        bit = code >> (55 - index) & 1
        level = _WHITE if bit != (row + column) % 2 else _BLACK
        yuv[at[10 + row] : at[11 + row], at[9 + column] : at[10 + column]] = level
    top, bottom = at[15], round(16.25 * unit)
    yuv[top:bottom, at[8] : at[24]] = _MAGENTA[0]
    chroma = yuv[height:].reshape(2, height // 2, width // 2)
    for plane, level in zip(chroma, _MAGENTA[1:], strict=True):
        plane[top // 2 : bottom // 2, at[8] // 2 : at[24] // 2] = level

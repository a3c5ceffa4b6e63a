"""Finished backgrounds on disk: drawing one takes half a second, reading it back ten milliseconds.

Only a cache: what cannot be read is drawn, what cannot be written is drawn again next time. A file
belongs to the drawing code it was made by, so that no old picture outlives a change.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import platformdirs

from app.demo.simulated_cameras.scenes.lens import Lens
from app.demo.simulated_cameras.scenes.lighting import Lamp, Lighting
from app.demo.simulated_cameras.scenes.stage import Stage
from app.demo.simulated_cameras.spec import SceneContent
from app.station.secrets import PROGRAM

_FILES_MAX = 64  # eight cameras, day and night, both streams, twice; some 40 MB


class KeptStages:
    """The backgrounds in one folder, by default in the user's cache."""

    def __init__(self, folder: Path | None = None) -> None:
        cached = platformdirs.user_cache_path(PROGRAM, appauthor=False)
        self._folder = folder or cached / "scenes"

    def read(self, content: SceneContent, lens: Lens, *, night: bool) -> Stage | None:
        """The background of a scene, if it was drawn before."""
        try:
            with (
                self._file(content, lens, night=night).open("rb") as file,
                np.load(file, allow_pickle=False) as kept,
            ):
                lamps = tuple(_lamp(row) for row in kept["lamps"].tolist())
                background, depth_m = kept["background"], kept["depth_m"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        lighting = Lighting(night=night, rain=content.rain, lamps=lamps)
        return Stage(lens, lighting, background, depth_m)

    def keep(self, content: SceneContent, stage: Stage, lens: Lens, *, night: bool) -> None:
        """Keep a background for the next start, and no more than a few dozen in all."""
        file = self._file(content, lens, night=night)
        part = file.with_suffix(f".{os.getpid()}.part")
        lamps = np.array([_row(lamp) for lamp in stage.lighting.lamps]).reshape(-1, 9)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as out:
                np.savez_compressed(
                    out, background=stage.background, depth_m=stage.depth_m, lamps=lamps
                )
            part.replace(file)
            newest = sorted(self._folder.iterdir(), key=lambda one: -one.stat().st_mtime)
            for old in newest[_FILES_MAX:]:
                old.unlink(missing_ok=True)

    def _file(self, content: SceneContent, lens: Lens, *, night: bool) -> Path:
        said = (content.scene.value, content.variant, content.rain, night)
        size = (lens.width_px, lens.height_px)
        name = hashlib.sha256(f"{_drawing_code()} {said} {size}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.npz"


@cache
def _drawing_code() -> str:
    code = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    return code.hexdigest()


def _row(lamp: Lamp) -> tuple[float, ...]:
    return (*lamp.at, *lamp.tint, lamp.power, lamp.reach_m, float(lamp.is_seen))


def _lamp(row: list[float]) -> Lamp:
    x, y, z, blue, green, red, power, reach_m, is_seen = row
    return Lamp((x, y, z), (blue, green, red), power, reach_m, bool(is_seen))

"""Draws the sample cameras' first backgrounds before anyone asks, in a process of its own.

Eight drawn at once by cameras that are asked for already would be lost and come back for half a
minute on a small computer. Imported by the console: nothing here may import cv2 or av.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras.spec import CameraSpec, SceneContent


@contextmanager
def drawing_ahead(specs: Sequence[CameraSpec]) -> Iterator[None]:
    """Draw while the block runs; at its end wait until all are drawn."""
    process = multiprocessing.get_context("spawn").Process(
        target=_draw, args=(tuple(specs),), name="drawing ahead", daemon=True
    )
    process.start()
    try:
        yield
    except BaseException:
        process.kill()
        raise
    finally:
        process.join()
        process.close()


def _draw(specs: Sequence[CameraSpec]) -> None:
    from app.demo.simulated_cameras.scenes.scene import DrawnScene  # cv2: only in the child

    for spec in specs:
        if isinstance(spec.content, SceneContent):
            DrawnScene(spec.content, spec.size(StreamKind.SUB)).prepare(time.time())

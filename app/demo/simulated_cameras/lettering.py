"""Thai and Latin lettering in a picture: Sarabun drawn by OpenCV, stacked marks set by us."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import cv2
import fontpkg_sarabun
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

_FONT_FILE = Path(fontpkg_sarabun.__file__).parent / "files" / "Sarabun-SemiBold.ttf"
_UPPER_VOWELS = "ัิีึืํ"
_TONES = "่้๊๋์"
_SARA_AM, _NIKHAHIT, _SARA_AA = "ำ", "ํ", "า"
_ONE_AT_A_TIME = Lock()  # a FontFace keeps what it drew last; cameras share it
_RAISE_EM = 0.21  # Sarabun's upper vowels are this tall: a tone mark above one moves up as much


@cache
def _font() -> Any:
    return cv2.FontFace(str(_FONT_FILE))


def stacked(text: str) -> list[tuple[str, str]]:
    """The text in runs, each with the tone mark that must stand above the run's last vowel.

    OpenCV has no mark-to-mark positioning: it prints a tone mark onto the vowel below it.
    """
    runs: list[tuple[str, str]] = []
    run = ""
    at = 0
    while at < len(text):
        letter, after = text[at], text[at + 1 : at + 2]
        if letter in _TONES and after == _SARA_AM:
            runs.append((run + _NIKHAHIT, letter))
            run, at = _SARA_AA, at + 2
        elif letter in _TONES and run and run[-1] in _UPPER_VOWELS:
            runs.append((run, letter))
            run, at = "", at + 1
        else:
            run, at = run + letter, at + 1
    return [*runs, (run, "")] if run else runs


def lettering(text: str, height_px: float, weight: int = 400) -> Mask:
    """The text as a grey mask, cut to its advance: (about 1.6 × height, width) uint8, 255 = ink."""
    with _ONE_AT_A_TIME:
        return _drawn(text, max(4, round(height_px)), weight)


def _drawn(text: str, size: int, weight: int) -> Mask:
    font = _font()
    line = round(size * 1.7)
    canvas = np.zeros((line, max(8, size * (len(text) + 2))), np.uint8)
    baseline, x = round(size * 1.25), 1
    for run, tone in stacked(text):
        (x_after, _), _ = cv2.putText(canvas, run, (x, baseline), (255,), font, size, weight)
        if tone:
            raised = (x_after, baseline - round(_RAISE_EM * size))
            cv2.putText(canvas, tone, raised, (255,), font, size, weight)
        x = x_after
    return canvas[:, : max(2, x + 1)]

"""Digits and capital letters drawn into a picture's brightness, without a font or a library.

Seven rows of five dots a letter: times and ids are all that is written. Knows no video.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]

_WHITE, _BLACK = 235, 16  # ITU-R BT.601 §2.5
_COLUMNS, _ROWS = 5, 7
_LETTERS_A_LINE = 46
_GLYPHS = {  # a byte a row, from the top; the lowest five bits, the left dot first
    "0": "0e11131519110e", "1": "040c040404040e", "2": "0e11010204081f", "3": "1f02040201110e",
    "4": "02060a121f0202", "5": "1f101e0101110e", "6": "0608101e11110e", "7": "1f010204080808",
    "8": "0e11110e11110e", "9": "0e11110f01020c", "A": "0e11111f111111", "B": "1e11111e11111e",
    "C": "0e11101010110e", "D": "1c12111111121c", "E": "1f10101e10101f", "F": "1f10101e101010",
    "G": "0e11101711110f", "H": "1111111f111111", "I": "0e04040404040e", "J": "0702020202120c",
    "K": "11121418141211", "L": "1010101010101f", "M": "111b1515111111", "N": "11111915131111",
    "O": "0e11111111110e", "P": "1e11111e101010", "Q": "0e11111115120d", "R": "1e11111e141211",
    "S": "0f10100e01011e", "T": "1f040404040404", "U": "1111111111110e", "V": "11111111110a04",
    "W": "1111111515150a", "X": "11110a040a1111", "Y": "1111110a040404", "Z": "1f01020408101f",
    "/": "00010204081000", ":": "000c0c000c0c00", ".": "00000000000c0c", "-": "0000001f000000",
    " ": "00000000000000",
}  # fmt: skip


def stamp(luma: Luma, text: str) -> None:
    """Write `text` into the lower left corner of a picture: (height, width) uint8, in place.

    Letters that are not known are left blank; what does not fit is cut off.
    """
    height, width = luma.shape
    scale = max(1, width // (_LETTERS_A_LINE * (_COLUMNS + 1)))
    dots = _line(text.upper())
    box = np.full((dots.shape[0] * scale, dots.shape[1] * scale), _BLACK, np.uint8)
    box[np.kron(dots, np.ones((scale, scale), np.bool_))] = _WHITE
    box = box[: height - 2, : width - 2]
    bottom = height - 2
    luma[bottom - box.shape[0] : bottom, 2 : 2 + box.shape[1]] = box


def _line(text: str) -> NDArray[np.bool_]:
    """The text's dots with a margin of one all round."""
    return np.hstack([np.zeros((_ROWS + 2, 1), np.bool_), *(_glyph(letter) for letter in text)])


@lru_cache(maxsize=64)
def _glyph(letter: str) -> NDArray[np.bool_]:
    """(9, 6): one letter, with a row above and below and a column to its right."""
    rows = bytes.fromhex(_GLYPHS.get(letter, _GLYPHS[" "]))
    bits = np.unpackbits(np.frombuffer(rows, np.uint8)[:, None], axis=1)[:, -_COLUMNS:]
    return np.pad(bits.astype(np.bool_), ((1, 1), (0, 1)))

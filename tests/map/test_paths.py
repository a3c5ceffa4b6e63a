"""Many lines as one path of Qt's, and a drawing process that loads no more than it needs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyqtgraph as pg
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app.map.paths import path_of

_METRES = st.floats(-1e7, 1e7, allow_nan=False)
_LINES = st.lists(st.lists(st.tuples(_METRES, _METRES), min_size=1, max_size=5), max_size=6)


@given(lines=_LINES)
def test_every_line_is_in_the_path_as_pyqtgraph_makes_it(
    lines: list[list[tuple[float, float]]],
) -> None:
    points = np.array([point for line in lines for point in line], float).reshape(-1, 2)
    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    joined = np.append(of_line[:-1] == of_line[1:], False)[: len(points)].astype(np.int32)
    expected = pg.arrayToQPath(points[:, 0], points[:, 1], connect=joined, finiteCheck=False)
    expected.setFillRule(Qt.FillRule.WindingFill)
    made = path_of(points, of_line)
    assert made.elementCount() == len(points)
    assert made == expected or not lines


def test_the_process_that_draws_the_map_loads_no_widgets() -> None:
    program = "import sys, app.map.apart.child; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    assert "PySide6.QtGui" in loaded
    assert not loaded & {"PySide6.QtWidgets", "pyqtgraph", "app.map.view"}

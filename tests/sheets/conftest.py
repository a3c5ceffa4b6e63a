"""One press for the tests of a file: its process takes a third of a second to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.sheets.press import Press
from app.station import StationFolder
from tests.sheets.material import a_press, a_station


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """A sample station that no test changes."""
    return a_station(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def press(folder: StationFolder) -> Iterator[Press]:
    """With its process running already: what it leaves is the file's, not the first test's."""
    with a_press(folder) as press:
        press._hand.submit(press._warm).result()
        yield press

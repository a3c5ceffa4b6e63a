"""Pictures of the ground in a basemap folder: found, named, taken off and put back."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from app.errors import KnownError
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.geo.ground_pictures import (
    Trouble,
    find_pictures,
    open_picture,
    plain_words,
    read_ground,
    trouble_error,
    write_sidecar,
)
from app.geo.imports import picture_turns
from app.geo.imports.job import bring_map
from app.geo.imports.request import ImportRequest
from app.geo.projection import Projection
from app.station import Disk
from tests.geo.imports import makers
from tests.geo.imports.makers import AT
from tests.geo.pictures import BLUE, GREEN, RED, plain, png_of, tile_round, write_mbtiles

EPSG = 32648
STATION = LatLon(AT[1], AT[0])
GRID = Projection(EPSG)


def bring(source: Path, folder: Path, attribution: str = "") -> str:
    request = ImportRequest(source, folder, EPSG, STATION, attribution=attribution)
    return bring_map(request, stop=Event()).file


def colour_of(folder: Path, name: str) -> bytes | None:
    tiles = open_picture(folder / name, GRID).tiles
    data = tiles.tile(14, *tile_round(14, *AT))
    tiles.close()
    return data


def town(folder: Path, data: bytes) -> Path:
    return write_mbtiles(folder / "town.mbtiles", {(14, *tile_round(14, *AT)): data})


def test_a_picture_that_cannot_be_used_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    town(tmp_path, plain(RED)).rename(tmp_path / "good.mbtiles")
    (tmp_path / "half.mbtiles").write_bytes((tmp_path / "good.mbtiles").read_bytes()[:700])
    (tmp_path / "none.pmtiles").write_bytes(b"PMTiles, but no more")
    (tmp_path / "lost.tiles").write_bytes(makers.pmtiles(tmp_path).read_bytes())
    (tmp_path / "town.pmtiles").unlink()
    (tmp_path / "folder.pmtiles").mkdir()
    ground = read_ground(tmp_path, EPSG)
    assert [one.name for one in ground.basemap.pictures] == ["good.mbtiles"]
    assert not ground.basemap.is_empty
    said = [error.what.english() for error in ground.errors]
    assert len(said) == 4
    for name in ("half.mbtiles", "none.pmtiles", "lost.tiles", "folder.pmtiles"):
        assert any(name in words for words in said), name


def test_attributions_are_joined_and_a_persons_words_stand_over_the_files(tmp_path: Path) -> None:
    first = write_mbtiles(tmp_path / "a.mbtiles", {(3, 0, 0): plain(RED)}, "ดาวเทียม")
    second = write_mbtiles(
        tmp_path / "b.mbtiles", {(3, 0, 0): plain(RED)}, '<a href="x">&copy; OSM</a>\n<b>'
    )
    assert read_ground(tmp_path, EPSG).basemap.attribution == "ดาวเทียม · © OSM"
    write_sidecar(first, "กรมแผนที่ทหาร")
    write_sidecar(second, "กรมแผนที่ทหาร")
    assert read_ground(tmp_path, EPSG).basemap.attribution == "กรมแผนที่ทหาร"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (
            "&copy; <a href='http://x'>OSM</a> contributors",
            "© OSM contributors",
        ),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("a\x00b\u202ec", "a b c"),
        ("x" * 999, "x" * 200),
    ],
)
def test_an_attribution_is_words_and_nothing_else(said: str, written: str) -> None:
    assert plain_words(said) == written


def test_a_picture_is_taken_off_put_back_and_exchanged_with_the_one_before(tmp_path: Path) -> None:
    folder, disk = tmp_path / "basemap", Disk()
    folder.mkdir()
    name = bring(town(tmp_path, plain(RED)), folder, "แดง")
    assert find_pictures(folder)[0][0].attribution == "แดง"
    picture_turns.put_aside(folder, name, disk)
    assert find_pictures(folder) == ((), ())
    assert picture_turns.kept_pictures(folder) == (name,)
    picture_turns.put_back(folder, name, disk)
    assert colour_of(folder, name) == plain(RED)
    assert picture_turns.kept_pictures(folder) == ()
    bring(town(tmp_path, plain(BLUE)), folder, "น้ำเงิน")
    assert colour_of(folder, name) == plain(BLUE)
    for colour, attribution in ((RED, "แดง"), (BLUE, "น้ำเงิน")):
        picture_turns.put_back(folder, name, disk)
        assert colour_of(folder, name) == plain(colour)
        [found], _ = find_pictures(folder)
        assert found.attribution == attribution
        assert picture_turns.kept_pictures(folder) == (name,)
    assert not list(folder.glob(".*"))
    with pytest.raises(KnownError):
        picture_turns.put_back(folder, "other.mbtiles", disk)
    with pytest.raises(KnownError):
        picture_turns.put_aside(folder, "other.mbtiles", disk)


def test_a_picture_is_cut_into_tiles_that_hold_every_pixel_and_its_colours_when_halved(
    tmp_path: Path,
) -> None:
    import av

    height, width = 300, 700  # not whole tiles, and halves of halves are odd
    dice = np.random.default_rng(4)
    pixels = dice.integers(0, 256, (height, width, 4), dtype=np.uint8)
    pixels[:, :, 3] = 255
    pixels[:40, :50, 3] = 0
    source = tmp_path / "air.png"
    source.write_bytes(png_of(pixels))
    source.with_suffix(".pgw").write_text("1\n0\n0\n-1\n470100.5\n1829399.5\n")
    source.with_suffix(".prj").write_text(makers.pyproj.CRS.from_epsg(EPSG).to_wkt("WKT1_ESRI"))
    folder = tmp_path / "basemap"
    name = bring(source, folder)

    def tile(zoom: int, column: int, row: int) -> np.ndarray:
        data = grid.tiles.tile(zoom, column, row)
        assert data is not None
        decoder = av.CodecContext.create("png", "r")
        [frame] = [*decoder.decode(av.Packet(data)), *decoder.decode(None)]
        return frame.to_ndarray(format="rgba")

    grid = open_picture(folder / name, GRID)
    assert (grid.min_zoom, grid.max_zoom) == (0, 2)
    rows = [np.concatenate([tile(2, column, row) for column in range(3)], 1) for row in range(2)]
    whole = np.concatenate(rows, axis=0)
    assert np.array_equal(whole[:height, :width], pixels)
    assert not whole[height:, :, 3].any()
    assert not whole[:, width:, 3].any()
    small = tile(0, 0, 0)
    assert small[:75, :175, 3].any()
    assert not small[76:, :, 3].any()
    middle = small[30:60, 60:160, :3].mean(axis=(0, 1))
    assert np.allclose(middle, 127.5, atol=3)
    grid.tiles.close()


def test_what_is_told_while_a_map_is_drawn_says_what_to_do() -> None:
    for trouble in Trouble:
        what, safe, do = trouble_error("air.mbtiles", trouble).sentences
        assert "air.mbtiles" in what.english()
        assert "rest of the map" in safe.english()
        assert "Setup › Map" in do.english()


def test_a_map_of_nothing_but_a_picture_is_no_empty_map(tmp_path: Path) -> None:
    town(tmp_path, plain(GREEN))
    assert not read_ground(tmp_path, EPSG).basemap.is_empty
    assert Basemap(EPSG).is_empty

"""What a file of areas would do is said before it is done: new, changed, the same, refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from app.errors import KnownError
from app.geo.area_checks import trouble_with
from app.geo.area_saving import AreaEdit
from app.geo.areas import Area, AreaKind
from app.geo.interchange.area_plan import PlannedArea, plan_areas
from app.geo.interchange.areas_in import AreasFile, FileArea
from app.geo.interchange.areas_out import AreaFormat, write_areas
from app.geo.interchange.effects import Effect
from tests.geo.interchange.test_areas import areas, read
from tests.geo.material import square

SQUARE = square(104.72, 16.54, 0.01)


def edit(**changes: object) -> AreaEdit:
    made = AreaEdit("", AreaKind.COMMUNITY, "ชุมชนใหม่", "", square(104.73, 16.55, 0.001))
    return replace(made, **changes)  # type: ignore[arg-type]


def plan(holding: Sequence[Area], *edits: AreaEdit) -> list[PlannedArea]:
    file = AreasFile(tuple(FileArea(one) for one in edits), (), "")
    return list(plan_areas(file, holding))


@pytest.mark.parametrize("form", list(AreaFormat))
def test_a_file_just_written_changes_nothing(form: AreaFormat, tmp_path: Path) -> None:
    out = areas()
    write_areas(tmp_path / f"a{form.value}", out)
    planned = plan_areas(read(tmp_path / f"a{form.value}", holding=out), out)
    assert [one.effect for one in planned] == [Effect.NOTHING] * 3
    assert not any(one.can_be_taken for one in planned)


def test_what_was_changed_in_the_file_is_a_change_of_the_version_it_was_written_from(
    tmp_path: Path,
) -> None:
    out = areas()
    moved = [out[0], replace(out[1], shape=square(104.722, 16.541, 0.003)), out[2]]
    write_areas(tmp_path / "a.geojson", moved)
    planned = plan_areas(read(tmp_path / "a.geojson", holding=out), out)
    assert [one.effect for one in planned] == [Effect.NOTHING, Effect.CHANGES, Effect.NOTHING]
    assert planned[1].before == out[1]
    assert planned[1].is_wanted


def test_what_somebody_redrew_or_removed_meanwhile_is_refused_and_says_so(tmp_path: Path) -> None:
    out = areas()
    moved = [replace(one, shape=square(104.72, 16.54, 0.002)) for one in out]
    write_areas(tmp_path / "a.geojson", moved)
    file = read(tmp_path / "a.geojson", holding=out)
    redrawn = replace(out[1], version="console-1:99")
    planned = plan_areas(file, [out[0], redrawn])
    assert [one.effect for one in planned] == [Effect.CHANGES, Effect.REFUSED, Effect.REFUSED]
    assert "redrawn after" in str(planned[1].why)
    assert "removed after" in str(planned[2].why)


def test_the_same_area_twice_in_one_file_is_taken_once() -> None:
    holds = areas()[1]
    one = edit(area_id=holds.id, began_from=holds.version)
    first, second = plan([holds], one, replace(one, name_th="อีกชื่อ"))
    assert first.effect is Effect.CHANGES
    assert second.effect is Effect.REFUSED
    assert "twice" in str(second.why)


def test_a_second_area_of_the_same_name_is_not_ticked_by_itself() -> None:
    holds = areas()[1]
    same, other = plan([holds], edit(name_th=holds.name_th), edit())
    assert same.effect is other.effect is Effect.ADDS
    assert same.can_be_taken
    assert not same.is_wanted
    assert other.is_wanted


def test_an_outline_that_crosses_itself_is_offered_repaired_and_refused_without_repair() -> None:
    bow = shapely.Polygon([(104.7, 16.5), (104.8, 16.6), (104.8, 16.5), (104.7, 16.6)])
    trouble = trouble_with(bow)
    assert trouble is not None
    wrong = KnownError(trouble.words)
    file = AreasFile(
        (
            FileArea(edit(shape=bow), wrong, edit(shape=SQUARE)),
            FileArea(edit(shape=bow), wrong),
        ),
        (),
        "",
    )
    offered, refused = plan_areas(file, [])
    assert offered.repaired
    assert offered.edit.shape.is_valid  # type: ignore[union-attr]
    assert offered.can_be_taken
    assert not offered.is_wanted
    assert (refused.effect, refused.why) == (Effect.REFUSED, wrong)

"""Packages on real memory sticks: they are whole, they can be checked there, nothing half stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import KnownError
from app.evidence.export import export
from app.evidence.export_order import PackageForm
from app.evidence.export_plan import plan_export
from app.evidence.verifier import check_package
from tests.evidence.material import SUPERVISOR, Station, bodies, lying_about_room, seconds
from tests.station.places import STICKS, memory_stick

pytestmark = pytest.mark.parametrize("kind", STICKS)


@pytest.mark.parametrize("form", PackageForm)
def test_a_package_on_a_stick_is_whole_and_checked_there(
    recorded: Station, tmp_path: Path, kind: str, form: PackageForm
) -> None:
    with memory_stick(tmp_path / "stick", kind, 128) as stick:
        order = recorded.order(stick, form=form, camera_ids=("C01", "C02"), span=seconds(0, 24))
        export(plan_export(recorded.archive.footage, order), recorded.office, actor=SUPERVISOR)
        (package,) = stick.iterdir()
        assert check_package(package).ok
    assert len(bodies(recorded.log, "clip_exported")) == 1


def test_a_stick_that_fills_up_keeps_nothing_half(
    recorded: Station, tmp_path: Path, kind: str
) -> None:
    with memory_stick(tmp_path / "stick", kind, 128) as stick:
        room_bytes = shutil.disk_usage(stick).free
        (stick / "holiday.avi").write_bytes(bytes(room_bytes - 600_000))
        order = recorded.order(stick, camera_ids=("C01", "C02"), span=seconds(0, 24))
        plan = plan_export(recorded.archive.footage, order)
        assert plan.size_bytes > 600_000
        with pytest.raises(KnownError):
            export(plan, lying_about_room(recorded.office), actor=SUPERVISOR)
        assert [path.name for path in stick.iterdir()] == ["holiday.avi"]
    exported = bodies(recorded.log, "clip_exported")
    removed = bodies(recorded.log, "export_removed")
    assert len(exported) == len(removed)

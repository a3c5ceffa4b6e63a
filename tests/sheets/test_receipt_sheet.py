"""What the receipt says of a package that truly left the station, before it is set."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import KnownError
from app.evidence.export import ENCLOSED_VERIFY
from app.evidence.exports import ExportRemoved
from app.sheets.receipt_sheet import ReceiptOptions, receipt_sheet
from app.sheets.sheet import Sheet
from tests.evidence.material import SUPERVISOR, Station, a_station, record_two_cameras


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[Station]:
    with a_station(tmp_path) as station:
        record_two_cameras(station)
        yield station


def receipt(station: Station, package: str) -> Sheet:
    with station.log.reading() as db:
        options = ReceiptOptions(receiver="พ.ต.ต.สมชาย ตัวอย่าง")
        return receipt_sheet(db, package, options, station.clock.now())


def test_it_names_all_that_a_stranger_checks_the_package_by(
    recorded: Station, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    package = recorded.export(stick, camera_ids=("C01", "C02"))
    said = receipt(recorded, package.package).data
    assert said["manifest_sha256"].replace(" ", "") == package.manifest_sha256
    assert said["key"] == package.key
    shipped = hashlib.sha256(ENCLOSED_VERIFY.read_bytes()).hexdigest()
    assert said["verify_sha256"].replace(" ", "") == shipped
    assert said["verify_is_of_package"] and said["was_read"]
    files = [file for camera in said["cameras"] for file in camera["files"]]
    assert len(files) == 2
    for file in files:
        data = (package.path / file["name"]).read_bytes()
        assert file["sha256"].replace(" ", "") == hashlib.sha256(data).hexdigest()
    assert said["seal"] == package.seal.id
    assert said["incident"] == recorded.incident_number
    assert said["receiver"] == "พ.ต.ต.สมชาย ตัวอย่าง"
    (package.path / "manifest.json").write_bytes(b"{}")  # not the one the log names any more
    gone = receipt(recorded, package.package).data
    assert not gone["was_read"] and not gone["verify_is_of_package"]
    assert gone["manifest_sha256"] == said["manifest_sha256"]


def test_a_package_that_is_none_has_no_receipt(recorded: Station, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="knows of no package"):
        receipt(recorded, "mukdahan-2569-9-09")
    stick = tmp_path / "stick"
    stick.mkdir()
    package = recorded.export(stick).package
    removed = ExportRemoved(package, recorded.incident_id, str(stick), "failed")
    recorded.log.append(removed, actor=SUPERVISOR).result()
    with pytest.raises(KnownError, match="was not finished"):
        receipt(recorded, package)

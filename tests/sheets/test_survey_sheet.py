"""What the forms and the list of the camera survey hold, before they are set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cameras.camera import CameraRegistered
from app.clock import ScriptedClock
from app.errors import KnownError
from app.log import Log
from app.sheets.survey_sheet import SurveyForm, SurveyOptions, bearing_words, survey_sheet
from app.station.profile import Profile
from tests.cameras.test_survey import a_camera
from tests.station.places import profile
from tests.station_log import MORNING, PROGRAM, a_station_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path, ScriptedClock(MORNING)) as log:
        yield log


def register(log: Log, *cameras: Any) -> None:
    log.append(*(CameraRegistered(camera) for camera in cameras), actor=PROGRAM).result()


def sheet(log: Log, form: SurveyForm, station: Profile | None = None, **choice: Any) -> Any:
    with log.reading() as db:
        return survey_sheet(db, station or profile(), SurveyOptions(form, **choice), MORNING)


def test_the_list_begins_with_who_is_overdue(log: Log) -> None:
    register(log, a_camera("C01"), a_camera("C02", checked_on="", consent_on=""))
    said = sheet(log, SurveyForm.LIST).data
    assert [row["id"] for row in said["overdue"]] == ["C02"]
    assert said["overdue"][0]["due"] == "ยังไม่เคยตรวจ"
    assert [row["due"] for row in said["in_time"]] == ["21 ธ.ค. 2569"]
    counts = said["counts"]
    assert (counts["all"], counts["overdue"], counts["never"], counts["consent"]) == (2, 1, 1, 1)


def test_a_station_with_a_stricter_rule_finds_more_of_them_overdue(log: Log) -> None:
    register(log, a_camera("C01"))
    strict = replace(profile(), survey_days=90)
    said = sheet(log, SurveyForm.LIST, strict).data
    assert [row["due"] for row in said["overdue"]] == ["เกิน 61 วัน"]


def test_a_filled_form_says_what_the_register_holds(log: Log) -> None:
    register(log, a_camera("C01", bearing_deg=186.0, night_range_m=0.0, range_m=95.0))
    made = sheet(log, SurveyForm.FILLED, camera_ids=("C01",))
    (form,) = made.data["forms"]
    assert made.subject == "C01"
    assert form["bearing"] == "186° ทิศใต้"
    assert form["mgrs"].startswith("48Q VD ")
    assert form["night_range_m"] == 95  # as far as by day
    assert (form["consent_on"], form["retention_days"]) == ("24 มิ.ย. 2569", 15)


def test_forms_are_made_for_all_cameras_unless_some_are_chosen(log: Log) -> None:
    register(log, a_camera("C01"), a_camera("C02"), a_camera("C03"))
    assert len(sheet(log, SurveyForm.FILLED).data["forms"]) == 3
    chosen = sheet(log, SurveyForm.FILLED, camera_ids=("C03", "C01"))
    assert [form["id"] for form in chosen.data["forms"]] == ["C03", "C01"]


def test_what_cannot_be_is_said(log: Log) -> None:
    for form in (SurveyForm.LIST, SurveyForm.FILLED):
        with pytest.raises(KnownError, match="no camera on the register"):
            sheet(log, form)
    with pytest.raises(KnownError, match="no camera C09"):
        sheet(log, SurveyForm.FILLED, camera_ids=("C09",))
    assert len(sheet(log, SurveyForm.BLANK, copies=3).data["forms"]) == 3  # needs none


@pytest.mark.parametrize(
    ("bearing", "words"),
    [(0.0, "0° ทิศเหนือ"), (359.0, "359° ทิศเหนือ"), (46.0, "46° ทิศตะวันออกเฉียงเหนือ")],
)
def test_a_bearing_is_said_as_people_say_it(bearing: float, words: str) -> None:
    assert bearing_words(bearing) == words

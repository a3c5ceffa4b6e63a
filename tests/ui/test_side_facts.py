"""What stands beside a story: whole lines or none, and no word of a zone that nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.incidents.categories import Channel, Priority
from app.incidents.incident import AreaFound, Incident, IncidentState, Report
from app.ui.live.side_facts import SideFacts
from app.ui.theme import Theme
from tests.ui.conftest import NOW

UNITS = ("มุกดา 21 · ออก 03:24 สั่งแล้ว 2 นาที", "มุกดา 23 · ถึง 03:26")
NEAREST = "มุกดา 22 66 ม."


def incident(areas: dict[str, str], lat_deg: float | None, lon_deg: float | None) -> Incident:
    found = tuple(AreaFound(kind, kind, name, "1") for kind, name in areas.items())
    report = Report(
        Channel.CALL_191, "21", Priority.ROUTINE, "ตลาดอินโดจีน", "", lat_deg=lat_deg,
        lon_deg=lon_deg, areas=found,
    )  # fmt: skip
    return Incident("inc-1", "1/2569", NOW, IncidentState.ON_THE_WAY, NOW, report, ())


INSIDE = incident(
    {"zone": "เขต", "community": "ชุมชนศรีมงคลยอดแก้ว", "beat": "เขตตรวจ 2", "tambon": "ต.มุกดาหาร"},
    16.5,
    104.7,
)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_line_is_whole_or_not_there_and_the_last_go_first(
    theme: Theme, qtbot: QtBot, scale: float
) -> None:
    facts = SideFacts(replace(theme, scale=scale))
    facts.setStyleSheet(replace(theme, scale=scale).stylesheet())
    qtbot.addWidget(facts)
    facts.show()
    facts.show_facts(INSIDE, UNITS, NEAREST)
    lines, whole = [], "\n".join((*UNITS, NEAREST, facts._parts[2].words))
    for height in range(round(20 * scale), round(320 * scale), 3):
        facts.resize(facts.width(), height)
        labels = [label for label in facts.findChildren(QLabel) if label.isVisible()]
        for label in labels:
            bottom = label.mapTo(facts, label.rect().bottomLeft()).y()
            assert bottom < height, (height, label.text())
            assert label.height() >= label.sizeHint().height(), (height, label.text())
            assert label.width() >= label.sizeHint().width(), (height, label.text())
        words = [label.text() for label in labels]
        count = sum(text.count("\n") + 1 for text in words)
        if not lines or lines[-1] != count:
            lines.append(count)
        is_whole = facts.areas.isVisible() and "ต.มุกดาหาร" in facts.areas.text()
        assert facts.toolTip() == ("" if is_whole else whole)
    assert lines == sorted(lines) and lines[0] == 0 and lines[-1] >= 8
    assert facts.units.text().split() == " ".join(UNITS).split()
    assert facts.nearest.text() == NEAREST


def test_of_a_place_without_coordinates_nobody_says_that_it_is_outside_the_zone(
    theme: Theme, qtbot: QtBot
) -> None:
    facts = SideFacts(theme)
    qtbot.addWidget(facts)
    facts.resize(facts.width(), 400)
    facts.show()
    facts.show_facts(incident({}, None, None), (), "")
    assert facts.areas.text() == "ไม่ทราบ"
    facts.show_facts(incident({}, 16.5, 104.7), (), "")
    assert facts.areas.text() == "นอกเขต"
    facts.show_facts(incident({"beat": "เขตตรวจ 2"}, None, None), (), "")
    assert facts.areas.text() == "เขตตรวจ 2"
    facts.show_facts(INSIDE, (), "")
    assert facts.areas.text().startswith("ในเขต · ชุมชน")

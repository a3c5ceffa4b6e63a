"""What stands beside each filter is what ticking it would find."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from app.clock import ScriptedClock
from app.duty.movements import UnitAssigned
from app.incidents import workflow
from app.incidents.asked import LISTS, Asked, question_of, understand
from app.incidents.categories import CATEGORIES, Channel
from app.incidents.incident import AreaFound, IncidentReported
from app.incidents.search_index import BLOCK, OPEN
from app.incidents.search_plan import matching
from app.incidents.tally import Tally, tally_of, tally_of_all
from app.log import Log
from tests.station_log import MORNING, OFFICER, a_report, a_station_log

COUNT = OPEN + 3 * BLOCK + 7  # some in the index, some not yet


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    with a_station_log(tmp_path_factory.mktemp("tally"), ScriptedClock(MORNING)) as log:
        dice = Random(5)
        log.append(*(fact(dice, no) for no in range(1, COUNT + 1)), actor=OFFICER).result()
        for no in (2, 300, COUNT - 1):
            workflow.close(log, f"inc-{no}", result="จบ", actor=OFFICER).result()
        log.append(UnitAssigned("inc-7", "unit-21", "มุกดา 21", None), actor=OFFICER).result()
        yield log


def fact(dice: Random, no: int) -> IncidentReported:
    areas = [
        AreaFound(kind, f"{kind}-{dice.randint(1, 3)}", kind, "v")
        for kind in ("zone", "community", "beat")
        if dice.random() < 0.7
    ]
    report = a_report(
        category=dice.choice(CATEGORIES).code,
        channel=dice.choice(list(Channel)),
        areas=tuple(areas),
        narrative=dice.choice(("กระเป๋าหาย", "เสียงดัง")),
    )
    return IncidentReported(f"inc-{no}", f"{no}/2569", 2569, no, report)


def found(log: Log, asked: Asked) -> list[int]:
    with log.reading() as db:
        question = question_of(asked, understand(asked, MORNING))
        return list(islice(matching(db, question), COUNT + 1))


def check(log: Log, tally: Tally, asked: Asked) -> None:
    assert {name for name, _ in tally} == set(LISTS)
    for (name, value), count in tally.items():
        assert count == len(found(log, asked.with_one(name, value, True))), (name, value)


def test_of_everything(log: Log) -> None:
    with log.reading() as db:
        check(log, tally_of_all(db), Asked())


def test_of_what_was_found(log: Log) -> None:
    asked = Asked(text="กระเป๋า")
    nos = found(log, asked)
    assert 0 < len(nos) < COUNT
    with log.reading() as db:
        check(log, tally_of(db, nos), asked)
        everything = found(log, Asked())
        assert tally_of(db, everything) == tally_of_all(db)


def test_of_nothing(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log, log.reading() as db:
        assert set(tally_of(db, []).values()) == {0} == set(tally_of_all(db).values())

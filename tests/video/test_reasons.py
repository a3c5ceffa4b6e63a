"""Why a camera shows no picture: every reason has its number for a decode worker to say it by."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.errors import Message
from app.video import reasons
from app.video.answer import Answer, Finding
from app.video.reasons import EVERY, lost_by, refused_trial, why

VIDEO = Path(reasons.__file__).parent
TEMPLATES = [reason.template for reason in EVERY]


def test_no_two_reasons_are_the_same() -> None:
    assert len(set(TEMPLATES)) == len(EVERY)


@pytest.mark.parametrize("finding", sorted(set(Finding) - {Finding.REACHABLE}))
def test_what_the_pre_flight_finds_has_a_reason_and_what_to_do(finding: Finding) -> None:
    answer = Answer(finding, 503)
    assert why(answer).template in TEMPLATES
    assert lost_by(answer).reason == why(answer)
    assert len(refused_trial(answer).sentences) == 2


def test_every_reason_of_the_program_s_own_has_its_number() -> None:
    own = [value for value in vars(reasons).values() if isinstance(value, Message)]
    assert len(own) >= 10
    assert {reason.template for reason in own} <= set(TEMPLATES)


def test_a_camera_is_lost_for_a_numbered_reason_only() -> None:
    """Whoever raises CameraLost names a reason of this room, or hands on one that was caught."""
    named = {name for name, value in vars(reasons).items() if isinstance(value, Message)}
    found = 0
    for path in VIDEO.rglob("*.py"):
        if path.name == "connection_log.py":
            continue  # its CameraLost is the entry of that name
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "CameraLost":
                found += 1
                reason = call.args[0]
                known = isinstance(reason, ast.Name) and reason.id in named
                assert known or (path.name, ast.unparse(reason)) == ("reasons.py", "why(answer)")
    assert found >= 8

"""The console killed in mid-work: what was acknowledged is there, and the chain goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.log.verify import tail_check, verify
from tests.log.material import log_in, views

KILLS = 6
ACKNOWLEDGED_BEFORE_THE_KILL = 25

_APPENDING = """
import sys
from pathlib import Path
from tests.log.material import OFFICER, log_in, noted, reported

log = log_in(Path(sys.argv[1]))
while True:
    number = f"2569-{log.count():05}"
    waiting = [log.append(reported(number), noted(number), actor=OFFICER) for _ in range(3)]
    for future in waiting:
        for entry in future.result():
            print(entry.id, entry.hash, flush=True)
"""


def _killed_in_mid_work(folder: Path) -> list[str]:
    """What a console said it had saved before it was killed without warning."""
    with subprocess.Popen(
        [sys.executable, "-c", _APPENDING, str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as console:
        assert console.stdout is not None
        said = [console.stdout.readline() for _ in range(ACKNOWLEDGED_BEFORE_THE_KILL)]
        console.kill()
        said += console.stdout.readlines()
    return [line for line in said if line.endswith("\n")]


def test_nothing_acknowledged_is_lost_when_the_console_is_killed(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += _killed_in_mid_work(tmp_path)
        assert tail_check(tmp_path / "station.db").ok
    assert len(acknowledged) >= KILLS * ACKNOWLEDGED_BEFORE_THE_KILL

    report = verify(tmp_path / "station.db", views())
    assert report.ok, report.findings
    log = log_in(tmp_path)
    with log.reading() as db:
        kept = {
            f"{row['origin']}:{row['n']} {row['hash']}\n"
            for row in db.execute("SELECT origin, n, hash FROM entries")
        }
    log.close()
    assert set(acknowledged) <= kept

"""A stranger checks ten entries with the recipe of docs/schema.md, the sqlite3 shell, sha256sum."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.log.material import ADMINISTRATOR, OFFICER, PROGRAM, Told, log_in, noted, reported
from tests.log.tampering import guards_off, raw

_DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "schema.md"


def _recipe() -> str:
    (recipe,) = re.findall(r"```sh\n(.*?)```", _DOCUMENT.read_text("utf-8"), re.DOTALL)
    return str(recipe)


def _as_a_stranger(folder: Path, first: int = 1) -> list[str]:
    for tool in ("sqlite3", "sha256sum"):
        assert shutil.which(tool), f"{tool} is needed to check the log by hand: install it"
    done = subprocess.run(
        ["sh", "-eu", "-c", _recipe()],
        cwd=folder,
        env={**os.environ, "from": str(first)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve entries of two origins: Thai, quotes, line breaks, a bar, one erased."""
    log = log_in(tmp_path)
    words = ["น้ำท่วม 'ถนน' \"สำราญชายโขง\"", "ສະຫວັນນະເຂດ\nสองบรรทัด\x1f", "a|b", "$(reboot) `x`"]
    log.append(*(noted("2569|0001 '", word) for word in words), actor=OFFICER).result()
    log.append(reported("2", "ลับ"), actor=OFFICER).result()
    log.erase("console:5", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    log.close()
    log = log_in(tmp_path, origin="recorder")
    for n in range(6):
        log.append(Told("camera_lost", f"C{n}", {}), actor=PROGRAM).result()
    log.close()
    return tmp_path


def test_a_stranger_finds_ten_entries_good(folder: Path) -> None:
    said = _as_a_stranger(folder)
    kept = [f"console:{n} {'erased' if n == 5 else 'kept'} good" for n in range(1, 7)]
    assert said == kept + [f"recorder:{n} kept good" for n in range(1, 5)]
    assert _as_a_stranger(folder, 11) == ["recorder:5 kept good", "recorder:6 kept good"]


def test_a_stranger_can_check_while_the_console_writes(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    assert _as_a_stranger(tmp_path) == ["console:1 kept good"]
    log.close()


def test_a_stranger_finds_one_flipped_byte(folder: Path) -> None:
    path = folder / "station.db"
    with raw(path) as db:
        (body,) = db.execute("SELECT body FROM entries WHERE seq = 3").fetchone()
    whole = bytearray(path.read_bytes())
    whole[whole.index(body.encode()) + body.index("a|b")] ^= 1
    path.write_bytes(whole)
    said = _as_a_stranger(folder)
    assert said[2] == "console:3 kept BAD body"
    assert [line for line in said if "BAD" in line] == said[2:3]


@pytest.mark.parametrize("column", ["at", "actor", "subject", "kind", "body_hash", "hash", "prev"])
def test_a_stranger_finds_any_changed_field(folder: Path, column: str) -> None:
    with guards_off(folder / "station.db") as db:
        db.execute(f"UPDATE entries SET {column} = replace({column}, '0', '1') || 'x' WHERE n = 2")
    bad = [line for line in _as_a_stranger(folder) if "BAD" in line]
    assert bad[0].startswith("console:2 ")


def test_the_document_says_what_the_table_is() -> None:
    document = _DOCUMENT.read_text("utf-8")
    from app.log import schema
    from app.log.entry_rows import COLUMNS

    for column in COLUMNS.split(", "):
        assert f"| `{column}` |" in document
    for sql in (schema.CONTINUES_CHAIN, schema.SEQ_HAS_NO_GAPS, schema.NEVER_DELETED):
        assert f"| `{sql.split()[2]}` |" in document
    assert f"`0x{schema.APPLICATION_ID:08X}`" in document

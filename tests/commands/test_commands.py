"""The commands at a terminal: what is printed, in both languages, and how they end."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from app.cameras.camera import Camera
from app.cameras.register import cameras
from app.clock import ScriptedClock
from app.commands import main
from app.duty.officers import officers
from app.log import Log, Role
from app.station import ConsoleLock, Redactor, StationFolder, open_station, secret_store
from app.views import all_views
from tests.log.tampering import guards_off
from tests.station_log import MORNING

ROOT = Path(__file__).resolve().parents[2]
NAME = "สภ.เมืองมุกดาหาร"
PASSWORD = "ลับ:มาก@1/%"


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    """A command as a person gives it; anything but an orderly end fails the test."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def program(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, as from a shell."""
    return subprocess.run(
        [sys.executable, "main.py", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def station(tmp_path: Path) -> Path:
    root = tmp_path / "station"
    assert run("new-station", root, "--name", NAME).exit_code == 0
    return root


@contextlib.contextmanager
def reading(root: Path) -> Iterator[sqlite3.Connection]:
    folder = open_station(root)
    log = Log(
        folder.database,
        origin=folder.profile.origin,
        views=all_views(),
        clock=ScriptedClock(MORNING),
    )
    log.open()
    try:
        with log.reading() as db:
            yield db
    finally:
        log.close()


def add_camera(root: Path, *more: str, typed: str | None = None, **changes: str) -> Result:
    values = {
        "name": "ตลาดอินโดจีน ประตู 3",
        "main": "rtsp://192.168.1.20/main",
        "place": "16.5429, 104.7262",
    }
    options = [f"--{name}={value}" for name, value in {**values, **changes}.items()]
    return run("add-camera", "--station", root, *options, *more, typed=typed)


def registered(root: Path) -> list[Camera]:
    with reading(root) as db:
        return cameras(db)


def entry_count(root: Path) -> int:
    with contextlib.closing(sqlite3.connect(root / "station.db")) as db:
        return int(db.execute("SELECT count(*) FROM entries").fetchone()[0])


def refusal(result: Result) -> str:
    """What stood on stderr of a command that refused; nothing else may have been said."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return result.stderr


# A station by hand


def test_a_station_made_by_hand_gets_cameras_and_is_whole(station: Path) -> None:
    first = add_camera(station, "--bearing=90", "--field-of-view=60", "--range=45", owner="เทศบาล")
    assert (first.exit_code, first.output) == (0, "C01 ตลาดอินโดจีน ประตู 3\n")
    again = add_camera(station, name="อีกตัว")
    assert "C01 ตลาดอินโดจีน ประตู 3 has the same address." in refusal(again)
    pier = {"main": "rtsp://192.168.1.21:8554/main", "sub": "rtsp://192.168.1.21:8554/sub"}
    second = add_camera(station, name="ท่าเรือ", place="48Q 470423 1829031", **pier)
    assert second.output == "C02 ท่าเรือ\n"
    one, two = registered(station)
    assert (one.bearing_deg, one.field_of_view_deg, one.range_m) == (90.0, 60.0, 45.0)
    assert (one.owner, one.lat_deg, one.lon_deg) == ("เทศบาล", 16.5429, 104.7262)
    assert (two.sub_url, two.lat_deg) == (
        "rtsp://192.168.1.21:8554/sub",
        pytest.approx(16.5431, abs=1e-3),
    )
    checked = run("verify", station)
    assert checked.exit_code == 0
    assert "บันทึกครบถ้วนถูกต้อง ตรวจแล้ว 3 รายการ" in checked.output
    assert "The log is whole: 3 entries checked." in checked.output


def test_a_new_station_has_its_name_its_place_and_one_administrator(tmp_path: Path) -> None:
    root = tmp_path / "ชายแดน"
    made = run(
        *("new-station", root, "--name", NAME, "--zone", "เขตปลอดภัย"),
        *("--centre", "16.6011, 104.7358", "--officer", "ร.ต.อ.พิชัย"),
    )
    assert made.exit_code == 0
    assert str(root) in made.output
    profile = open_station(root).profile
    assert (profile.name_th, profile.zone_name_th) == (NAME, "เขตปลอดภัย")
    assert profile.centre == (16.6011, 104.7358)
    assert not profile.sample
    with reading(root) as db:
        assert [(one.name, one.role) for one in officers(db)] == [("ร.ต.อ.พิชัย", Role.ADMINISTRATOR)]


def test_two_new_stations_are_two(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("new-station", tmp_path / name, "--name", NAME)
    one, two = (open_station(tmp_path / name).profile for name in ("a", "b"))
    assert one.station_id != two.station_id
    assert one.origin != two.origin


@pytest.mark.parametrize(
    ("options", "thai", "english"),
    [
        (["--centre", "48.85, 2.35"], "อยู่นอกประเทศไทย", "outside Thailand"),
        (["--centre", "ตลาด"], "“ตลาด” ไม่ใช่พิกัด", "“ตลาด” is not a coordinate."),
        (["--name", "ก" * 5000], "name_th", "name_th"),
    ],
)
def test_a_station_that_cannot_be_is_not_begun(
    tmp_path: Path, options: list[str], thai: str, english: str
) -> None:
    said = refusal(run("new-station", tmp_path / "x", "--name", NAME, *options))
    assert thai in said
    assert english in said
    assert list(tmp_path.iterdir()) == []


def test_a_station_is_never_made_over_something(station: Path) -> None:
    before = (station / "station.toml").read_bytes()
    said = refusal(run("new-station", station, "--name", "อื่น"))
    assert "มีข้อมูลอยู่ก่อนแล้ว" in said
    assert "There is something at" in said
    assert (station / "station.toml").read_bytes() == before


# Cameras


@pytest.mark.parametrize(
    ("wrong", "thai", "english"),
    [
        ({"main": "กล้องหน้าตลาด"}, "ข้อความนี้ไม่ใช่ที่อยู่ของกล้อง", "not a camera address"),
        ({"main": "gopher://h/1"}, "ขึ้นต้นด้วย “gopher://” ไม่ได้", "cannot begin with “gopher"),
        ({"main": "rtsp:///1"}, "ไม่มีชื่อหรือหมายเลข IP", "the host is missing"),
        ({"main": "rtsp://h:99999/1"}, "ต้องเป็นตัวเลข 1 ถึง 65535", "from 1 to 65535"),
        ({"sub": "h/1"}, "ข้อความนี้ไม่ใช่ที่อยู่ของกล้อง", "not a camera address"),
        ({"place": "ตลาด"}, "“ตลาด” ไม่ใช่พิกัด", "is not a coordinate"),
        ({"place": "48.85, 2.35"}, "อยู่นอกประเทศไทย", "lies outside Thailand"),
        ({"place": "470423 1829031"}, "ไม่ระบุโซน", "UTM without its zone"),
        ({"name": "  "}, "ยังไม่ได้ใส่ชื่อกล้อง", "The camera has no name."),
        ({"bearing": "400"}, "เป็น 400 ไม่ได้", "cannot be 400"),
        ({"range": "nan"}, "เป็น nan ไม่ได้", "cannot be nan"),
    ],
)
def test_a_camera_that_cannot_be_is_refused_in_both_languages_and_nothing_changes(
    station: Path, wrong: dict[str, str], thai: str, english: str
) -> None:
    before = entry_count(station)
    said = refusal(add_camera(station, **wrong))
    assert thai in said
    assert english in said
    assert entry_count(station) == before


@pytest.mark.parametrize("option", ["main", "sub"])
def test_a_password_in_an_address_is_refused_and_not_repeated(station: Path, option: str) -> None:
    before = entry_count(station)
    said = refusal(add_camera(station, **{option: "rtsp://admin:hunter2@192.168.1.20/1"}))
    assert "มีชื่อผู้ใช้หรือรหัสผ่านปนอยู่" in said
    assert "--ask-password" in said
    assert "hunter2" not in said
    assert entry_count(station) == before


def test_a_password_is_asked_for_and_kept_out_of_the_station(station: Path) -> None:
    added = add_camera(station, "--username=admin", "--ask-password", typed=PASSWORD + "\n")
    assert added.exit_code == 0
    assert PASSWORD not in added.output
    assert registered(station)[0].username == "admin"
    folder: StationFolder = open_station(station)
    store = secret_store(folder.profile.secrets, Redactor())
    assert store.get(folder.profile.station_id, "camera/C01") == PASSWORD
    written = [path for path in station.rglob("*") if path.is_file()]
    assert [path for path in written if PASSWORD.encode() in path.read_bytes()] == []


def test_no_command_takes_a_password_as_an_argument() -> None:
    options = {
        (name, option)
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.is_flag
        for option in parameter.opts
    }
    assert ("add-camera", "--username") in options
    assert [one for one in options if "pass" in one[1] or "secret" in one[1]] == []


def test_while_a_console_has_the_station_no_camera_is_added(station: Path) -> None:
    before = entry_count(station)
    lock = ConsoleLock(open_station(station))
    lock.acquire()
    try:
        said = refusal(add_camera(station))
    finally:
        lock.release()
    assert "สถานีนี้เปิดใช้อยู่แล้ว" in said
    assert "The station is already open" in said
    assert entry_count(station) == before
    assert add_camera(station).exit_code == 0


# Verify


def test_a_changed_letter_in_an_entry_is_named(station: Path) -> None:
    add_camera(station)
    origin = open_station(station).profile.origin
    with guards_off(station / "station.db") as db:
        db.execute("UPDATE entries SET body = replace(body, 'ประตู 3', 'ประตู 4') WHERE n = 2")
    checked = run("verify", station)
    assert checked.exit_code == 1
    lines = checked.stdout.splitlines()
    assert lines[0] == "บันทึกไม่ครบถ้วนหรือถูกแก้ไข ตรวจแล้ว 2 รายการ"
    assert lines[2] == f"รายการ {origin}:2: ข้อความถูกแก้ไขหลังจากบันทึกแล้ว"
    assert lines[3] == f"Entry {origin}:2: What it says was changed after it was recorded."


def test_a_flipped_byte_in_the_file_ends_with_one_and_names_the_entry(station: Path) -> None:
    add_camera(station)
    origin = open_station(station).profile.origin
    database = station / "station.db"
    with contextlib.closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (body,) = db.execute("SELECT body FROM entries WHERE n = 2").fetchone()
    content = bytearray(database.read_bytes())
    places = [at for at in range(len(content)) if content.startswith(body.encode(), at)]
    assert len(places) == 1
    content[places[0] + body.encode().index(b"192")] ^= 0x01
    database.write_bytes(content)
    checked = run("verify", database)
    assert checked.exit_code == 1
    assert f"Entry {origin}:2: " in checked.stdout


def test_a_row_changed_by_hand_names_its_table(station: Path) -> None:
    add_camera(station)
    with contextlib.closing(sqlite3.connect(station / "station.db")) as db:
        db.execute("UPDATE cameras SET name = 'ของใคร'")
        db.commit()
    checked = run("verify", station)
    assert checked.exit_code == 1
    assert "ตาราง “cameras” ขาด 1 แถว และมี 1 แถวที่ไม่มีรายการใดรองรับ" in checked.stdout
    assert "The table “cameras” lacks 1 rows and has 1 that no entry explains." in checked.stdout


@pytest.mark.parametrize("what", ["nothing", "a folder", "a letter", "another database"])
def test_what_is_no_station_is_refused_in_both_languages_and_left_alone(
    tmp_path: Path, what: str
) -> None:
    path = tmp_path / "x"
    if what == "a folder":
        path.mkdir()
    elif what == "a letter":
        path.write_text("เรียน ผู้กำกับการ" * 500, "utf-8")
    elif what == "another database":
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE songs(name)")
    before = path.read_bytes() if path.is_file() else None
    done = program("verify", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert any("\u0e01" <= letter <= "\u0e2e" for letter in done.stderr.splitlines()[0])
    assert any("station" in line or "log" in line for line in done.stderr.splitlines())
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_station_that_is_none_opens_no_window_and_says_so() -> None:
    done = program("--station", "/nowhere/at/all")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ไม่พบสถานีที่ /nowhere/at/all" in done.stderr
    assert "There is no station at /nowhere/at/all" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_commands_without_a_window_never_load_qt(station: Path) -> None:
    script = (
        "import sys; from app.commands import main\n"
        "try: main()\n"
        "finally: print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "verify", str(station)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_names_every_command(station: Path) -> None:
    said = run("--help").output
    assert set(main.commands) == {
        "shift",
        "shots",
        "verify",
        "record",
        "install-autostart",
        "new-station",
        "add-camera",
        "backup",
        "restore",
    }
    assert all(name in said for name in main.commands)


def test_the_door_of_the_house_is_narrow() -> None:
    """main.py starts the command line and holds nothing else."""
    assert (ROOT / "main.py").read_text("utf-8").count("\n") <= 40
    rooms = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in rooms["contracts"] if one["type"] == "layers")
    assert layers[0] == "app.commands"

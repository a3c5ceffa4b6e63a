"""The command line: the console, and the commands without a window. Imports Qt only for a window.

A refusal is said in both languages and ends with exit code 2; nobody meets a traceback.
"""

from __future__ import annotations

import gc
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cameras.address import parse_camera_address
from app.cameras.camera import Camera
from app.cameras.passwords import CameraPasswords
from app.cameras.register import next_camera_id, register
from app.clock import SystemClock
from app.duty.officers import Officer, OfficerEnrolled
from app.errors import KnownError, Message, msg
from app.log import Actor, Log, Role
from app.station import (
    ConsoleLock,
    Profile,
    Redactor,
    StationFolder,
    create_station,
    open_station,
    secret_store,
)
from app.station.profile import new_origin
from app.thai.translation import Language, explain, say

if TYPE_CHECKING:
    from app.evidence.station_check import StationReport
    from app.evidence.verifier import PackageReport
    from app.sheets.paper_check import PaperReport

COMMANDS = Actor("commands", Role.PROGRAM)
PATH = click.Path(path_type=Path)


class Refused(click.ClickException):
    """A KnownError at the terminal: both languages, exit code 2, no traceback."""

    exit_code = 2

    def __init__(self, error: KnownError) -> None:
        sentences = [explain(error, language) for language in Language]
        super().__init__("\n".join(sentences))

    def show(self, file: object = None) -> None:
        sys.stderr.write(self.message + "\n")


@click.group(invoke_without_command=True)
@click.option("--station", type=PATH, help="The station's folder; without it the demo station.")
@click.pass_context
def main(context: click.Context, station: Path | None) -> None:
    """Open the console (default), or run one of the commands below."""
    if context.invoked_subcommand not in (None, "shift", "shots"):
        gc.enable()  # the console does it when its window is seen
    if context.invoked_subcommand is None:
        from app.console import run_console

        sys.exit(run_console(station))


@main.command()
def shift() -> None:
    """Play a short shift on the demo station, say what happened, leave pictures."""
    from app.console import run_shift

    sys.exit(run_shift())


@main.command()
@click.argument("parts", nargs=-1)
def shots(parts: tuple[str, ...]) -> None:
    """Leave a picture of every screen in shots/.

    PARTS: only these, as th_1366, en_1920 or walls; without any, all of them.
    """
    from app.console import run_shots
    from app.demo.shots import PARTS

    strange = ", ".join(sorted(set(parts) - set(PARTS)))
    if strange:
        raise click.BadParameter(f"{strange}: there are {', '.join(PARTS)}")
    sys.exit(run_shots(parts))


@main.command()
@click.argument("path", type=PATH)
@click.option("--key", default="", help="the fingerprint of the key, from the station's paper")
@click.option("--heads", type=PATH, help="a file of heads that was kept outside the station")
@click.pass_context
def verify(context: click.Context, path: Path, key: str, heads: Path | None) -> None:
    """Check a station's log, an evidence package (a folder or a zip), or a printed PDF.

    For a PDF name the station before: --station DIR verify FILE.pdf. Exit 1 if altered.
    """
    from app.evidence.verifier import check_package, is_package  # slow to load, as are the next

    try:
        report: StationReport | PackageReport | PaperReport
        if path.suffix.lower() == ".pdf":
            report = _check_paper(path, context)
        elif is_package(path):
            report = check_package(path, key)
        else:
            report = _check_station(path, key, heads)
    except KnownError as error:
        raise Refused(error) from None
    _tell(report.sentences())
    sys.exit(0 if report.ok else 1)


def _check_station(path: Path, key: str, heads: Path | None) -> StationReport:
    from app.evidence.station_check import check_station
    from app.views import all_views

    database = path if path.is_file() else open_station(path, read_only=True).database
    return check_station(database, all_views(), key, heads=heads)


def _check_paper(path: Path, context: click.Context) -> PaperReport:
    from app.sheets.paper_check import check_paper

    given = context.parent.params.get("station") if context.parent is not None else None
    root = given if given is not None else path.resolve().parent.parent
    if given is None and path.resolve().parent.name != "papers":
        raise KnownError(
            msg(
                "Which station's paper is {file}? The log of that station is asked.", file=path.name
            ),
            safe=msg("Nothing was checked."),
            do=msg("Give it before: python main.py --station FOLDER verify FILE.pdf"),
        )
    return check_paper(path, open_station(root, read_only=True))


@main.command()
@click.option("--station", required=True, type=PATH, help="the station's folder")
@click.option("--to", type=PATH, help="another folder than the one in station.toml")
def backup(station: Path, to: Path | None) -> None:
    """Back up a station's log and check the backup, also while a console has it open."""
    from app.backup_commands import back_up

    try:
        made = back_up(station, to)
    except KnownError as error:
        raise Refused(error) from None
    _tell(made)


@main.command()
@click.argument("backup", type=PATH, required=False)
@click.option("--station", required=True, type=PATH, help="the station's folder")
@click.option("--rehearse", is_flag=True, help="only say what would be lost")
@click.option("--accept-loss", is_flag=True, help="put it back also where entries are lost")
def restore(backup: Path | None, station: Path, rehearse: bool, accept_loss: bool) -> None:
    """Put a station's log back from BACKUP (a backup's folder; the newest good one if left out).

    What the damaged log still holds beyond it is taken over, and the damaged file kept aside.
    """
    from app.backup_commands import put_back

    try:
        _tell(put_back(station, backup, _tell, rehearse=rehearse, accept_loss=accept_loss))
    except KnownError as error:
        raise Refused(error) from None


def _tell(sentences: Iterable[Message]) -> None:
    for sentence in sentences:
        for language in Language:
            click.echo(say(sentence, language))


@main.command()
@click.option("--station", required=True, type=PATH, help="the station's folder")
@click.option("--stop", "stops", is_flag=True, help="ask the recorder that is running to end")
def record(station: Path, stops: bool) -> None:
    """Record a station's cameras until asked to end; one recorder a station. Needs no window."""
    from app.recording import run_recorder, stop_recorder  # PyAV is slow to load

    try:
        sys.exit(stop_recorder(station) if stops else run_recorder(station))
    except KnownError as error:
        raise Refused(error) from None


@main.command("install-autostart")
@click.option("--station", required=True, type=PATH, help="the station's folder")
@click.option("--remove", is_flag=True, help="start it with the machine no more")
def install_autostart(station: Path, remove: bool) -> None:
    """Have a station's recorder start with the machine, with nobody signed in."""
    from app.recording import install, uninstall

    try:
        if remove:
            done = uninstall(station)
            click.echo("เอาออกแล้ว / removed" if done else "ไม่ได้ติดตั้งไว้ / it was not installed")
        else:
            click.echo(f"ติดตั้งแล้ว / installed: {install(station)}")
    except KnownError as error:
        raise Refused(error) from None


@main.command("new-station")
@click.argument("folder", type=PATH)
@click.option("--name", required=True, help="ชื่อสถานี / the station's name")
@click.option("--zone", default="", help="ชื่อเขต / the zone's name")
@click.option("--centre", default="16.5431, 104.7228", help="where the map opens")
@click.option("--officer", default="เจ้าหน้าที่เวร", help="the first officer's rank and name")
def new_station(folder: Path, name: str, zone: str, centre: str, officer: str) -> None:
    """Make an empty station in FOLDER, with its first officer as administrator."""
    from app.geo.coordinate_reader import read_coordinates

    try:
        place = read_coordinates(centre).place
        suffix = secrets.token_hex(3)
        station_id = f"station-{suffix}"
        profile = Profile(
            station_id=station_id,
            origin=new_origin("console", suffix),
            name_th=name,
            name_en=name,
            zone_name_th=zone or name,
            zone_name_en=zone or name,
            centre_lat_deg=place.lat_deg,
            centre_lon_deg=place.lon_deg,
        )
        first = Officer("officer-1", officer, "", Role.ADMINISTRATOR)
        create_station(folder, profile, fill=lambda made: _enrol(made, first))
    except KnownError as error:
        raise Refused(error) from None
    click.echo(f"สร้างสถานีแล้ว / the station was made: {folder}")


def _enrol(folder: StationFolder, officer: Officer) -> None:
    log = _log(folder)
    log.open()
    try:
        log.append(OfficerEnrolled(officer), actor=COMMANDS).result()
    finally:
        log.close()


@main.command("add-camera")
@click.option("--station", required=True, type=PATH, help="the station's folder")
@click.option("--name", required=True)
@click.option("--main", "main_url", required=True, help="URL of the main stream")
@click.option("--sub", "sub_url", default="", help="URL of the sub stream, for the grid")
@click.option("--username", default="")
@click.option("--ask-password", is_flag=True, help="ask for the password; it is never an argument")
@click.option("--place", required=True, help="coordinates of the camera")
@click.option("--bearing", default=0.0, help="degrees clockwise from north")
@click.option("--field-of-view", default=70.0, help="degrees")
@click.option("--range", "range_m", default=60.0, help="metres")
@click.option("--owner", default="")
def add_camera(station: Path, ask_password: bool, **typed: str | float) -> None:
    """Put a camera on a station's register."""
    try:
        folder = open_station(station)
        camera = _camera(typed)
        password = click.prompt("password", hide_input=True) if ask_password else ""
        camera_id = _register(folder, camera, password)
    except KnownError as error:
        raise Refused(error) from None
    click.echo(f"{camera_id} {camera.name}")


def _camera(typed: dict[str, str | float]) -> Camera:
    """The camera as typed. KnownError for what is wrong, and for a password in an address."""
    from app.geo.coordinate_reader import read_coordinates

    sub = str(typed["sub_url"])
    place = read_coordinates(str(typed["place"])).place
    return Camera(
        id="",
        name=str(typed["name"]),
        main_url=_address(str(typed["main_url"])),
        sub_url=_address(sub) if sub else "",
        lat_deg=place.lat_deg,
        lon_deg=place.lon_deg,
        bearing_deg=float(typed["bearing"]),
        field_of_view_deg=float(typed["field_of_view"]),
        range_m=float(typed["range_m"]),
        owner=str(typed["owner"]),
        username=str(typed["username"]),
    ).checked()


def _address(typed: str) -> str:
    """What stands on a command line, other users of the machine can read: so no password there."""
    address = parse_camera_address(typed)
    if address.username is not None:
        raise KnownError(
            msg("The camera address holds a user name or password, which others could read here."),
            safe=msg("Nothing was changed."),
            do=msg("Leave them out; give --username and --ask-password instead."),
        )
    return str(address)


def _register(folder: StationFolder, camera: Camera, password: str) -> str:
    """Takes the station for a moment: not while a console has it open."""
    lock = ConsoleLock(folder)
    lock.acquire()
    try:
        log = _log(folder)
        log.open()
        try:
            with log.reading() as db:
                camera_id = next_camera_id(db)
            if password:
                store = secret_store(folder.profile.secrets, Redactor())
                CameraPasswords(store, folder.profile.station_id).put(camera_id, password)
            return register(log, camera, actor=COMMANDS).result()[0].subject
        finally:
            log.close()
    finally:
        lock.release()


def _log(folder: StationFolder) -> Log:
    from app.views import all_views  # every room: the recorder starts without them

    return Log(
        folder.database, origin=folder.profile.origin, views=all_views(), clock=SystemClock()
    )

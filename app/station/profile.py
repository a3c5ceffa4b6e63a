"""What a station says about itself, and which values are right. Knows nothing of files."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import Message, msg
from app.thai.translation import Language

FORMAT = 1
"""What `station.toml` is written in. A program refuses a higher number than it knows."""


class SecretPlace(StrEnum):
    """Where camera passwords and the signing key are kept; both are outside the folder."""

    FILE = "file"
    KEYRING = "keyring"


class RecordedStreams(StrEnum):
    """Which of a camera's streams are recorded. A camera of one stream is recorded all the same."""

    BOTH = "both"
    MAIN = "main"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class Profile:
    """One station, as `station.toml` holds it.

    `origin` is the id under which this console writes its own chain of entries; `sample` marks an
    invented station. Latitudes and longitudes are WGS 84. A GB has 10⁹ bytes.
    """

    station_id: str
    origin: str
    name_th: str
    name_en: str
    zone_name_th: str
    zone_name_en: str
    centre_lat_deg: float = 16.5431
    centre_lon_deg: float = 104.7228
    epsg: int = 32648
    language: Language = Language.THAI
    time_to_scene_target_min: int = 15
    recordings_enabled: bool = True
    recordings_streams: RecordedStreams = RecordedStreams.BOTH
    recordings_keep_days: int = 30
    recordings_camera_days: tuple[str, ...] = ()
    recordings_max_gb: int = 0
    recordings_reserve_gb: int = 2
    recordings_audio: bool = False
    recordings_folders: tuple[str, ...] = ()
    secrets: SecretPlace = SecretPlace.FILE
    demo_rtsp_port: int | None = None
    sample: bool = False

    @property
    def days_of_camera(self) -> tuple[tuple[str, int], ...]:
        """Cameras whose recordings are kept for days of their own: id and days."""
        pairs = (each.split("=") for each in self.recordings_camera_days)
        return tuple((pair[0].strip(), int(pair[1])) for pair in pairs)

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude, in degrees, where the map opens."""
        return self.centre_lat_deg, self.centre_lon_deg


class WrongValueError(ValueError):
    """A value that a setting does not take; `rule` tells a person what it does take."""

    def __init__(self, rule: Message) -> None:
        super().__init__(rule.english())
        self.rule = rule


Check = Callable[[object], object]


def _name(value: object) -> str:
    if isinstance(value, str) and len(value.strip()) >= 1 and len(value) <= 120:
        categories = {unicodedata.category(letter) for letter in value}
        if not categories & {"Cc", "Cs", "Zl", "Zp"}:
            return value
    raise WrongValueError(msg("Write a name of 1 to 120 letters between quotes, on one line."))


def _id(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", value):
        return value
    raise WrongValueError(
        msg("Write 2 to 40 small letters a to z, digits or hyphens between quotes.")
    )


def _whole(least: int, most: int) -> Check:
    def check(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise WrongValueError(
            msg("Write a whole number from {least} to {most}.", least=least, most=most)
        )

    return check


def _degrees(least: float, most: float) -> Check:
    def check(value: object) -> float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and least <= float(value) <= most:  # type: ignore[arg-type]
            return float(value)  # type: ignore[arg-type]
        raise WrongValueError(
            msg(
                "Write degrees with a decimal point, from {least} to {most}.",
                least=least,
                most=most,
            )
        )

    return check


def _one_of(
    choices: tuple[object, ...], convert: Callable[[object], object] | None = None
) -> Check:
    def check(value: object) -> object:
        if any(value == choice and isinstance(value, type(choice)) for choice in choices):
            return convert(value) if convert else value
        shown = " / ".join(
            f'"{choice}"' if isinstance(choice, str) else str(choice) for choice in choices
        )
        raise WrongValueError(msg("Write one of these: {choices}.", choices=shown))

    return check


def _yes_or_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise WrongValueError(msg("Write true or false, without quotes."))


def _folders(value: object) -> tuple[str, ...]:
    """Paths, absolute or from the station's folder; a tuple, whatever it was."""
    if isinstance(value, list | tuple) and len(value) <= 16:
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value) and all(_is_path(text) for text in texts):
            return tuple(texts)
    raise WrongValueError(msg("Write folders between quotes, inside square brackets."))


def _camera_days(value: object) -> tuple[str, ...]:
    """Camera and days, `C01=90` each; a tuple, whatever it was."""
    if isinstance(value, list | tuple):
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value) and all(_CAMERA_DAYS.fullmatch(text) for text in texts):
            return tuple(texts)
    raise WrongValueError(msg('Write cameras with their days: ["C01=90", "C07=7"].'))


_CAMERA_DAYS = re.compile(r"[A-Za-z0-9-]{1,40} ?= ?[1-9][0-9]{0,3}")


def _is_path(text: str) -> bool:
    return 0 < len(text) <= 300 and text.strip() == text and text.isprintable()


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of `station.toml`: its key, the field of `Profile`, and what a person is told."""

    key: str
    field: str
    check: Check
    thai: str
    english: str


# Thailand's outermost points, rounded outwards (Betong, Mae Sai, Mae Sam Laep, Khong Chiam).
_LATITUDE = _degrees(5.5, 20.6)
_LONGITUDE = _degrees(97.2, 105.8)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "station.id",
        "station_id",
        _id,
        "รหัสสถานี ห้ามเปลี่ยนภายหลัง",
        "the station's code; never change it",
    ),
    Setting(
        "station.origin",
        "origin",
        _id,
        "รหัสของเครื่องนี้ในบันทึก ห้ามเปลี่ยนภายหลัง",
        "this console's name in the log; never change it",
    ),
    Setting("station.name_th", "name_th", _name, "ชื่อสถานีภาษาไทย", "the station's name in Thai"),
    Setting(
        "station.name_en", "name_en", _name, "ชื่อสถานีภาษาอังกฤษ", "the station's name in English"
    ),
    Setting(
        "station.sample",
        "sample",
        _yes_or_no,
        "true = สถานีตัวอย่าง ข้อมูลสมมติ",
        "true = a demonstration, its data invented",
    ),
    Setting("zone.name_th", "zone_name_th", _name, "ชื่อพื้นที่ภาษาไทย", "the zone's name in Thai"),
    Setting("zone.name_en", "zone_name_en", _name, "ชื่อพื้นที่ภาษาอังกฤษ", "the zone's name in English"),
    Setting(
        "map.centre_lat",
        "centre_lat_deg",
        _LATITUDE,
        "ละติจูดกลางแผนที่ (WGS 84)",
        "latitude of the map's centre (WGS 84)",
    ),
    Setting(
        "map.centre_lon",
        "centre_lon_deg",
        _LONGITUDE,
        "ลองจิจูดกลางแผนที่ (WGS 84)",
        "longitude of the map's centre (WGS 84)",
    ),
    Setting(
        "map.epsg",
        "epsg",
        _one_of((32647, 32648)),
        "32647 = UTM โซน 47, 32648 = UTM โซน 48",
        "32647 = UTM zone 47, 32648 = UTM zone 48",
    ),
    Setting(
        "console.language",
        "language",
        _one_of(("th", "en"), lambda v: Language(str(v))),
        "ภาษาที่แสดง th หรือ en",
        "language shown: th or en",
    ),
    Setting(
        "console.time_to_scene_target_min",
        "time_to_scene_target_min",
        _whole(1, 240),
        "เป้าหมายเวลาถึงที่เกิดเหตุ (นาที)",
        "target for time to scene, in minutes",
    ),
    Setting(
        "recordings.enabled",
        "recordings_enabled",
        _yes_or_no,
        "true = บันทึกภาพจากกล้องทุกตัว",
        "true = the cameras are recorded",
    ),
    Setting(
        "recordings.streams",
        "recordings_streams",
        _one_of(("both", "main", "sub"), lambda v: RecordedStreams(str(v))),
        "ภาพที่บันทึก both = ภาพหลักและภาพย่อย, main = ภาพหลัก, sub = ภาพย่อย",
        "what is recorded: both streams, the main one, or the sub stream",
    ),
    Setting(
        "recordings.keep_days",
        "recordings_keep_days",
        _whole(1, 3650),
        "เก็บภาพบันทึกไว้กี่วัน",
        "days that recordings are kept",
    ),
    Setting(
        "recordings.camera_days",
        "recordings_camera_days",
        _camera_days,
        'กล้องที่เก็บไม่เท่ากล้องอื่น เช่น ["C01=90", "C07=7"]',
        "cameras whose recordings are kept for other days",
    ),
    Setting(
        "recordings.max_gb",
        "recordings_max_gb",
        _whole(0, 1_000_000),
        "ภาพบันทึกรวมกันใหญ่ได้ไม่เกินกี่ GB (0 = ไม่จำกัด)",
        "all recordings together, at most, in GB (0 = no limit)",
    ),
    Setting(
        "recordings.reserve_gb",
        "recordings_reserve_gb",
        _whole(1, 100_000),
        "เว้นที่ว่างในดิสก์ไว้กี่ GB",
        "free space left on each disk, in GB",
    ),
    Setting(
        "recordings.audio",
        "recordings_audio",
        _yes_or_no,
        "true = บันทึกเสียงด้วย ถ้ากล้องมีไมโครโฟน",
        "true = sound is recorded too, where a camera has a microphone",
    ),
    Setting(
        "recordings.folders",
        "recordings_folders",
        _folders,
        'โฟลเดอร์เก็บภาพ เช่น ["recordings", "/mnt/disk2/cctv"] ไม่ระบุ = ในโฟลเดอร์สถานี',
        "folders for recordings; none = inside the station's folder",
    ),
    Setting(
        "secrets.place",
        "secrets",
        _one_of(("file", "keyring"), lambda v: SecretPlace(str(v))),
        "ที่เก็บรหัสผ่าน file = ไฟล์ส่วนตัวของผู้ใช้, keyring = ของระบบ",
        "where passwords are kept: file = the user's private file, keyring = the system's",
    ),
    Setting(
        "ports.demo_rtsp",
        "demo_rtsp_port",
        _whole(1024, 65535),
        "พอร์ตกล้องจำลอง ไม่ระบุ = เลือกเอง",
        "port of the simulated cameras; left out = any free one",
    ),
)
"""Every setting, in the order in which the file shows them."""

_DEFAULTS = {
    field.name: field.default
    for field in dataclasses.fields(Profile)
    if field.default is not dataclasses.MISSING
}


def is_required(setting: Setting) -> bool:
    """Whether a station cannot be without this setting."""
    return setting.field not in _DEFAULTS


def default_of(setting: Setting) -> object:
    """What holds when the file leaves the setting out; None for a required one."""
    return _DEFAULTS.get(setting.field)


def value_of(profile: Profile, setting: Setting) -> object:
    """The setting's value in `profile`."""
    value: object = getattr(profile, setting.field)
    return value


def new_origin(station_id: str, suffix: str) -> str:
    """An id for a console's chain of entries: the station's code and something of its own."""
    return f"{station_id[:28].rstrip('-')}-{suffix}"

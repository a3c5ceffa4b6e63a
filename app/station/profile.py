"""What a station says about itself, and which values are right. Knows nothing of files."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from app.station.setting_checks import (
    Check,
    an_id,
    camera_days,
    degrees,
    folders,
    name,
    one_of,
    path,
    path_or_none,
    whole,
    yes_or_no,
)
from app.thai.translation import Language

FORMAT = 1
"""What `station.toml` is written in. A program refuses a higher number than it knows."""


class SecretPlace(StrEnum):
    """Where camera passwords and the signing key are kept; both are outside the folder."""

    FILE = "file"
    KEYRING = "keyring"


class SignInAsks(StrEnum):
    """Whether who takes the console is asked for a password. A sample station never asks."""

    PASSWORD = "password"
    NOBODY = "nobody"


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
    check_in_min: int = 60
    sign_in: SignInAsks = SignInAsks.PASSWORD
    lock_after_min: int = 15
    recordings_enabled: bool = True
    recordings_streams: RecordedStreams = RecordedStreams.BOTH
    recordings_keep_days: int = 30
    recordings_camera_days: tuple[str, ...] = ()
    recordings_max_gb: int = 0
    recordings_reserve_gb: int = 2
    recordings_audio: bool = False
    recordings_folders: tuple[str, ...] = ()
    survey_days: int = 180
    backups_folder: str = "backups"
    backups_hour: int = 2
    head_file: str = ""
    secrets: SecretPlace = SecretPlace.FILE
    demo_rtsp_port: int | None = None
    sample: bool = False

    @property
    def days_of_camera(self) -> tuple[tuple[str, int], ...]:
        """Cameras whose recordings are kept for days of their own: id and days."""
        pairs = (each.split("=") for each in self.recordings_camera_days)
        return tuple((pair[0].strip(), int(pair[1])) for pair in pairs)

    @property
    def asks_for_password(self) -> bool:
        """Whether nobody takes this console without a password."""
        return self.sign_in is SignInAsks.PASSWORD and not self.sample

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude, in degrees, where the map opens."""
        return self.centre_lat_deg, self.centre_lon_deg


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of `station.toml`: its key, the field of `Profile`, and what a person is told."""

    key: str
    field: str
    check: Check
    thai: str
    english: str


# Thailand's outermost points, rounded outwards (Betong, Mae Sai, Mae Sam Laep, Khong Chiam).
_LATITUDE = degrees(5.5, 20.6)
_LONGITUDE = degrees(97.2, 105.8)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "station.id",
        "station_id",
        an_id,
        "รหัสสถานี ห้ามเปลี่ยนภายหลัง",
        "the station's code; never change it",
    ),
    Setting(
        "station.origin",
        "origin",
        an_id,
        "รหัสของเครื่องนี้ในบันทึก ห้ามเปลี่ยนภายหลัง",
        "this console's name in the log; never change it",
    ),
    Setting("station.name_th", "name_th", name, "ชื่อสถานีภาษาไทย", "the station's name in Thai"),
    Setting("station.name_en", "name_en", name, "ชื่อสถานีภาษาอังกฤษ", "the station's name in English"),
    Setting(
        "station.sample",
        "sample",
        yes_or_no,
        "true = สถานีตัวอย่าง ข้อมูลสมมติ",
        "true = a demonstration, its data invented",
    ),
    Setting("zone.name_th", "zone_name_th", name, "ชื่อพื้นที่ภาษาไทย", "the zone's name in Thai"),
    Setting("zone.name_en", "zone_name_en", name, "ชื่อพื้นที่ภาษาอังกฤษ", "the zone's name in English"),
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
        one_of((32647, 32648)),
        "32647 = UTM โซน 47, 32648 = UTM โซน 48",
        "32647 = UTM zone 47, 32648 = UTM zone 48",
    ),
    Setting(
        "console.language",
        "language",
        one_of(("th", "en"), lambda v: Language(str(v))),
        "ภาษาที่แสดง th หรือ en",
        "language shown: th or en",
    ),
    Setting(
        "console.time_to_scene_target_min",
        "time_to_scene_target_min",
        whole(1, 240),
        "เป้าหมายเวลาถึงที่เกิดเหตุ (นาที)",
        "target for time to scene, in minutes",
    ),
    Setting(
        "console.check_in_min",
        "check_in_min",
        whole(0, 1440),
        "หน่วยต้องรายงานตัวทุกกี่นาที (0 = ไม่กำหนด)",
        "units are to report themselves every so many minutes (0 = never)",
    ),
    Setting(
        "console.sign_in",
        "sign_in",
        one_of(("password", "nobody"), lambda v: SignInAsks(str(v))),
        "password = ถามรหัสผ่านผู้ใช้คอนโซล, nobody = ไม่ถาม (เจ้าหน้าที่คนแรกเป็นผู้ใช้)",
        "password = who takes the console is asked; nobody = the first officer has it",
    ),
    Setting(
        "console.lock_after_min",
        "lock_after_min",
        whole(0, 720),
        "ล็อกคอนโซลเมื่อไม่มีใครใช้กี่นาที (0 = ไม่ล็อกเอง)",
        "lock the console after so many idle minutes (0 = never by itself)",
    ),
    Setting(
        "recordings.enabled",
        "recordings_enabled",
        yes_or_no,
        "true = บันทึกภาพจากกล้องทุกตัว",
        "true = the cameras are recorded",
    ),
    Setting(
        "recordings.streams",
        "recordings_streams",
        one_of(("both", "main", "sub"), lambda v: RecordedStreams(str(v))),
        "ภาพที่บันทึก both = ภาพหลักและภาพย่อย, main = ภาพหลัก, sub = ภาพย่อย",
        "what is recorded: both streams, the main one, or the sub stream",
    ),
    Setting(
        "recordings.keep_days",
        "recordings_keep_days",
        whole(1, 3650),
        "เก็บภาพบันทึกไว้กี่วัน",
        "days that recordings are kept",
    ),
    Setting(
        "recordings.camera_days",
        "recordings_camera_days",
        camera_days,
        'กล้องที่เก็บไม่เท่ากล้องอื่น เช่น ["C01=90", "C07=7"]',
        "cameras whose recordings are kept for other days",
    ),
    Setting(
        "recordings.max_gb",
        "recordings_max_gb",
        whole(0, 1_000_000),
        "ภาพบันทึกรวมกันใหญ่ได้ไม่เกินกี่ GB (0 = ไม่จำกัด)",
        "all recordings together, at most, in GB (0 = no limit)",
    ),
    Setting(
        "recordings.reserve_gb",
        "recordings_reserve_gb",
        whole(1, 100_000),
        "เว้นที่ว่างในดิสก์ไว้กี่ GB",
        "free space left on each disk, in GB",
    ),
    Setting(
        "recordings.audio",
        "recordings_audio",
        yes_or_no,
        "true = บันทึกเสียงด้วย ถ้ากล้องมีไมโครโฟน",
        "true = sound is recorded too, where a camera has a microphone",
    ),
    Setting(
        "recordings.folders",
        "recordings_folders",
        folders,
        'โฟลเดอร์เก็บภาพ เช่น ["recordings", "/mnt/disk2/cctv"] ไม่ระบุ = ในโฟลเดอร์สถานี',
        "folders for recordings; none = inside the station's folder",
    ),
    Setting(
        "cameras.survey_days",
        "survey_days",
        whole(1, 3650),
        "ต้องไปตรวจกล้องแต่ละตัวอย่างน้อยทุกกี่วัน ตามบัญชีสำรวจกล้อง",
        "each camera is to be looked at, for the survey, at least every so many days",
    ),
    Setting(
        "backups.folder",
        "backups_folder",
        path,
        'โฟลเดอร์สำรองบันทึกเหตุ ควรอยู่คนละดิสก์ เช่น "/mnt/disk2/backups"',
        "folder for backups of the log; better on another disk than the station",
    ),
    Setting(
        "backups.hour",
        "backups_hour",
        whole(0, 23),
        "สำรองทุกวันเวลากี่นาฬิกา (0-23)",
        "the hour of the day at which the log is backed up (0-23)",
    ),
    Setting(
        "integrity.head_file",
        "head_file",
        path_or_none,
        'ไฟล์นอกสถานีที่จดหัวบันทึกทุกวัน เช่น "/media/usb/heads.txt" ไม่ระบุ = ไม่จด',
        "a file elsewhere to which the head of the log is written every day; none = not",
    ),
    Setting(
        "secrets.place",
        "secrets",
        one_of(("file", "keyring"), lambda v: SecretPlace(str(v))),
        "ที่เก็บรหัสผ่าน file = ไฟล์ส่วนตัวของผู้ใช้, keyring = ของระบบ",
        "where passwords are kept: file = the user's private file, keyring = the system's",
    ),
    Setting(
        "ports.demo_rtsp",
        "demo_rtsp_port",
        whole(1024, 65535),
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


def default_of_field(field: str) -> object:
    """What a station has that says nothing of it."""
    return _DEFAULTS[field]


def value_of(profile: Profile, setting: Setting) -> object:
    """The setting's value in `profile`."""
    value: object = getattr(profile, setting.field)
    return value


def new_origin(station_id: str, suffix: str) -> str:
    """An id for a console's chain of entries: the station's code and something of its own."""
    return f"{station_id[:28].rstrip('-')}-{suffix}"

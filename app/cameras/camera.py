"""What a camera is: its name, streams, place, what it sees, whose it is. No password in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from app.cameras.address import parse_camera_address
from app.errors import KnownError, Message, msg
from app.geo.coordinates import LatLon, is_in_thailand
from app.station.redaction import without_credentials


class StreamKind(StrEnum):
    """The two streams of a camera: main is the evidence, sub is small and cheap to decode."""

    MAIN = "main"
    SUB = "sub"


class Fault(NamedTuple):
    """What is wrong with one field of a camera, by the field's name."""

    field: str
    error: KnownError


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as it stands in the register.

    URLs hold no credentials: the user name is here, the password in the station's secret store.
    `bearing_deg` is clockwise from true north, `field_of_view_deg` the full horizontal angle.
    From `maker` on it is what the survey asks of the owner; days are ISO dates or empty.
    """

    id: str
    name: str
    main_url: str
    sub_url: str
    lat_deg: float
    lon_deg: float
    bearing_deg: float = 0.0
    field_of_view_deg: float = 70.0
    range_m: float = 60.0
    owner: str = ""
    username: str = ""
    sample: bool = False
    maker: str = ""
    model: str = ""
    contact: str = ""
    retention_days: int = 0
    """How long the owner keeps the footage; 0: not known."""
    consent_on: str = ""
    """When the owner agreed to share, in writing; private owners must."""
    notice_sign: bool = False
    """Whether a sign tells passers-by of the camera."""
    checked_on: str = ""
    """When somebody last stood before it and looked."""
    night_range_m: float = 0.0
    """How far it sees at night; 0: as far as by day."""
    indoor: bool = False
    """Whether it stands inside a building, whose walls then bound what it sees."""

    @property
    def wall_url(self) -> str:
        """The stream for a tile: the sub stream, or the main one where there is no other."""
        return self.sub_url or self.main_url

    @property
    def sees_less_at_night(self) -> bool:
        """Whether it is known to see less far at night than by day."""
        return 0 < self.night_range_m < self.range_m

    def checked(self) -> Camera:
        """Itself, or a `KnownError` that names what is wrong first."""
        for fault in self.faults():
            raise fault.error
        return self

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong with it, field by field."""
        if not self.name.strip():
            missing = KnownError(msg("The camera has no name."), do=msg("Type the camera's name."))
            yield Fault("name", missing)
        yield from self._address_faults()
        yield from self._place_faults()
        if not 0.0 <= self.bearing_deg < 360.0:
            yield Fault("bearing_deg", _out_of_range(msg("bearing"), self.bearing_deg, 0, 359))
        if not 1.0 <= self.field_of_view_deg <= 360.0:
            view = _out_of_range(msg("field of view"), self.field_of_view_deg, 1, 360)
            yield Fault("field_of_view_deg", view)
        if not 1.0 <= self.range_m <= 2000.0:
            yield Fault("range_m", _out_of_range(msg("range"), self.range_m, 1, 2000))
        if not 0.0 <= self.night_range_m <= 2000.0:
            night = _out_of_range(msg("range at night"), self.night_range_m, 0, 2000)
            yield Fault("night_range_m", night)
        if not 0 <= self.retention_days <= 3650:
            kept = _out_of_range(msg("retention"), self.retention_days, 0, 3650)
            yield Fault("retention_days", kept)
        for name, day in (("consent_on", self.consent_on), ("checked_on", self.checked_on)):
            if day and not _is_day(day):
                yield Fault(name, KnownError(msg("“{text}” is not a date.", text=day[:40])))

    def _address_faults(self) -> Iterator[Fault]:
        if not self.main_url:
            missing = msg("The camera has no address.")
            do = msg("Type the address of its main stream.")
            yield Fault("main_url", KnownError(missing, do=do))
        for name, url in (("main_url", self.main_url), ("sub_url", self.sub_url)):
            try:
                if url:
                    _check_address(url)
            except KnownError as error:
                yield Fault(name, error)

    def _place_faults(self) -> Iterator[Fault]:
        try:
            inside = is_in_thailand(LatLon(self.lat_deg, self.lon_deg))
        except ValueError:  # not even on the globe
            inside = False
        if not inside:
            place = f"{self.lat_deg:.5f}, {self.lon_deg:.5f}"
            outside = msg("The place {place} is outside Thailand.", place=place)
            do = msg("Check whether latitude and longitude were swapped.")
            yield Fault("lat_deg", KnownError(outside, do=do))


def _check_address(url: str) -> None:
    """What is in the log stays in the log: no password may get there inside an address."""
    address = parse_camera_address(url)
    if address.username is not None:
        raise KnownError(
            msg("A camera address in the register may not hold a user name or password."),
            do=msg("Leave them out of the address; they have fields of their own."),
        )
    if without_credentials(address.path) != address.path:
        raise KnownError(
            msg("The last part of this camera address holds a password, which all would see."),
            do=msg("Use the camera's address without it; the password has a field of its own."),
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _out_of_range(name: Message, value: float, low: int, high: int) -> KnownError:
    return KnownError(
        msg("The camera's {name} cannot be {value:g}.", name=name, value=value),
        do=msg("Give a number from {low} to {high}.", low=low, high=high),
    )


@dataclass(frozen=True, slots=True)
class CameraRegistered:
    """A camera was added to the register."""

    kind: ClassVar[str] = "camera_registered"
    camera: Camera

    @property
    def subject(self) -> str:
        return self.camera.id

    def body(self) -> Mapping[str, Any]:
        return asdict(self.camera)


@dataclass(frozen=True, slots=True)
class CameraChanged(CameraRegistered):
    """The camera's record was changed; the body is the whole new record."""

    kind: ClassVar[str] = "camera_changed"


@dataclass(frozen=True, slots=True)
class CameraRemoved:
    """A camera was taken off the register. Its past stays in the log."""

    kind: ClassVar[str] = "camera_removed"
    camera_id: str
    reason: str

    @property
    def subject(self) -> str:
        return self.camera_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


def camera_from(data: Mapping[str, Any]) -> Camera:
    """A camera from an entry's body or a register row; fields it does not know are left out."""
    known = {item.name for item in fields(Camera)}
    return Camera(**{name: value for name, value in data.items() if name in known})

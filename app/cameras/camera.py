"""What a camera is: its name, streams, place, what it sees, whose it is. No password in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar

from app.cameras.address import parse_camera_address
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon, is_in_thailand


class StreamKind(StrEnum):
    """The two streams of a camera: main is the evidence, sub is small and cheap to decode."""

    MAIN = "main"
    SUB = "sub"


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as it stands in the register.

    URLs hold no credentials: the user name is here, the password in the station's secret store.
    `bearing_deg` is clockwise from true north, `field_of_view_deg` the full horizontal angle.
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

    @property
    def wall_url(self) -> str:
        """The stream for a tile: the sub stream, or the main one where there is no other."""
        return self.sub_url or self.main_url

    def checked(self) -> Camera:
        """Itself, or a `KnownError` that names what is wrong."""
        if not self.name.strip():
            raise KnownError(msg("The camera has no name."), do=msg("Type the camera's name."))
        self._check_addresses()
        self._check_place()
        if not 0.0 <= self.bearing_deg < 360.0:
            raise _out_of_range(msg("bearing"), self.bearing_deg, 0, 359)
        if not 1.0 <= self.field_of_view_deg <= 360.0:
            raise _out_of_range(msg("field of view"), self.field_of_view_deg, 1, 360)
        if not 1.0 <= self.range_m <= 2000.0:
            raise _out_of_range(msg("range"), self.range_m, 1, 2000)
        return self

    def _check_addresses(self) -> None:
        """What is in the log stays in the log: no password may get there inside an address."""
        for url in (self.main_url, self.sub_url):
            if url and parse_camera_address(url).username is not None:
                raise KnownError(
                    msg("A camera address in the register may not hold a user name or password."),
                    do=msg("Leave them out of the address; they have fields of their own."),
                )
        if not self.main_url:
            raise KnownError(
                msg("The camera has no address."), do=msg("Type the address of its main stream.")
            )

    def _check_place(self) -> None:
        try:
            inside = is_in_thailand(LatLon(self.lat_deg, self.lon_deg))
        except ValueError:  # not even on the globe
            inside = False
        if not inside:
            place = f"{self.lat_deg:.5f}, {self.lon_deg:.5f}"
            raise KnownError(
                msg("The place {place} is outside Thailand.", place=place),
                do=msg("Check whether latitude and longitude were swapped."),
            )


def _out_of_range(name: object, value: float, low: int, high: int) -> KnownError:
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

"""The fields of a camera: their order on the form, and what was typed in them. Tries and saves
nothing; a faulty field keeps what was typed and says under it what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.cameras.address import PORTS, CameraAddress, parse_camera_address
from app.cameras.camera import Camera
from app.cameras.register_csv import read_days, read_number
from app.errors import KnownError, msg
from app.geo.coordinate_reader import read_coordinates
from app.geo.coordinates import LatLon, as_decimal
from app.thai.dates import short_date
from app.thai.translation import explain, language, say, tr
from app.thai.typed_dates import read_date
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.video import stream_finder
from app.video.stream_finder import FoundStreams

_Value = TypeVar("_Value")
_COLUMNS = 6  # of the grid: fields are a half, a third or all of it

_NUMBERS = ("bearing_deg", "field_of_view_deg", "range_m")
_NIGHT = "night_range_m"
_TEXTS = ("name", "owner", "contact", "maker", "model")
_DAYS = ("consent_on", "checked_on")
_USUAL = Camera("", "", "", "", 0.0, 0.0)


class CameraFields(QWidget):
    """All fields in a grid, in the order in which Tab goes through them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.boxes: dict[str, FieldBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(theme.px(6))
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._row, self._column = 0, 0
        for name, label, hint, width in _connection():
            self._add(name, label, hint, width)
        self.trial_row = self._row
        self._row += 1
        for name, label, hint, width in _record():
            self._add(name, label, hint, width)
        self.boxes["place"].show_help(
            tr("Right-click the map of the Live place to copy a place; paste it here.")
        )
        self.notice_sign = QCheckBox(tr("A sign tells of the camera"))
        self._grid.addWidget(self.notice_sign, self._row, 0, 1, _COLUMNS)
        self.indoor = QCheckBox(tr("Indoors: it sees only its own building"))
        self._grid.addWidget(self.indoor, self._row + 1, 0, 1, _COLUMNS)

    def put_trial(self, view: QWidget) -> None:
        """What is known of the camera stands between its address and its record."""
        self._grid.addWidget(view, self.trial_row, 0, 1, _COLUMNS)

    def _add(self, name: str, label: str, hint: str, width: int) -> None:
        box = FieldBox(label, hint, secret=name == "password")
        self.boxes[name] = box
        self._grid.addWidget(box, self._row, self._column, 1, width)
        self._column = (self._column + width) % _COLUMNS
        self._row += self._column == 0

    def __getitem__(self, name: str) -> FieldBox:
        """One field by the camera's own name for it: `name`, `main_url`, `place`, …"""
        return self.boxes[name]

    # What is shown

    def fill(self, camera: Camera | None, hint: str = "") -> None:
        """A camera's record; empty for a new one. Never its password: `hint` says it is kept."""
        shown = camera or _USUAL
        for name in (*_TEXTS, "main_url", "sub_url", "username"):
            self.boxes[name].fill(getattr(shown, name))
        for name in _NUMBERS:
            self.boxes[name].fill(f"{getattr(shown, name):g}" if camera else "")
        self.boxes[_NIGHT].fill(f"{shown.night_range_m:g}" if shown.night_range_m else "")
        self.boxes["retention_days"].fill(str(shown.retention_days or ""))
        for name in _DAYS:
            day = getattr(shown, name)
            self.boxes[name].fill(short_date(date.fromisoformat(day), language()) if day else "")
        at = LatLon(shown.lat_deg, shown.lon_deg)
        self.boxes["place"].fill(as_decimal(at) if camera else "")
        self.boxes["password"].fill("")
        self.boxes["password"].line.setPlaceholderText(hint)
        self.notice_sign.setChecked(shown.notice_sign)
        self.indoor.setChecked(shown.indoor)

    def typed(self) -> Mapping[str, str]:
        """Everything typed but the password: to be put back after a change of language."""
        typed = {name: box.line.text() for name, box in self.boxes.items() if name != "password"}
        ticked = {"notice_sign": self.notice_sign, "indoor": self.indoor}
        return {**typed, **{name: "1" if box.isChecked() else "" for name, box in ticked.items()}}

    def restore(self, typed: Mapping[str, str]) -> None:
        """Put back what `typed` gave."""
        for name, box in self.boxes.items():
            if name in typed:
                box.fill(typed[name])
        self.notice_sign.setChecked(bool(typed.get("notice_sign")))
        self.indoor.setChecked(bool(typed.get("indoor")))

    def take_streams(self, found: FoundStreams) -> None:
        """The streams that were found at the address typed. A sub stream typed by hand stays."""
        self.boxes["main_url"].fill(str(found.main.without_credentials))
        if found.sub is not None and not self.boxes["sub_url"].text:
            self.boxes["sub_url"].fill(str(found.sub.without_credentials))
        if found.maker and not self.boxes["maker"].text:
            self.boxes["maker"].fill(found.maker)

    def take_credentials(self) -> None:
        """A user name and password typed inside the address go to their own fields."""
        address = self.address()
        if address is not None and address.username is not None:
            self.boxes["main_url"].fill(str(address.without_credentials))
            self.boxes["username"].fill(address.username)
            self.boxes["password"].fill(address.password or "")

    def tell_wrong(self, name: str, error: KnownError) -> None:
        """Say under a field what is wrong with it."""
        self.boxes[_BOX_OF.get(name, name)].tell(explain(error), "red")

    # What was typed

    def address(self) -> CameraAddress | None:
        """The address typed, credentials in it too; None while it is not one."""
        try:
            return typed_address(self.boxes["main_url"].text)
        except KnownError:
            return None

    def camera(self, old: Camera, today: date) -> Camera | None:
        """`old` as it was changed here; None when something is wrong, said under its field."""
        reader = _Reader(self)
        reader.read("name", _named)
        main = reader.read("main_url", typed_address)
        sub = reader.read("sub_url", parse_camera_address) if self.boxes["sub_url"].text else None
        place = reader.read("place", _place)
        numbers = {name: reader.number(name, getattr(_USUAL, name)) for name in _NUMBERS}
        numbers[_NIGHT] = reader.number(_NIGHT, 0.0)
        kept = reader.days("retention_days")
        days = {name: reader.day(name, today) for name in _DAYS}
        if reader.is_wrong or main is None or place is None:
            return None
        same_place = self.boxes["place"].text == as_decimal(LatLon(old.lat_deg, old.lon_deg))
        values: dict[str, Any] = {name: self.boxes[name].text for name in _TEXTS}
        camera = replace(
            old,
            **values | numbers | days,
            username=self.boxes["username"].text or main.username or "",
            main_url=str(main.without_credentials),
            sub_url=str(sub.without_credentials) if sub else "",
            lat_deg=old.lat_deg if same_place else place.lat_deg,
            lon_deg=old.lon_deg if same_place else place.lon_deg,
            retention_days=kept,
            notice_sign=self.notice_sign.isChecked(),
            indoor=self.indoor.isChecked(),
        )
        faults = list(camera.faults())
        for fault in faults:
            self.tell_wrong(fault.field, fault.error)
        return None if faults else camera

    def tell_address(self) -> None:
        """Say under the address why it is none."""
        _Reader(self).read("main_url", typed_address)

    def tell_understood(self) -> None:
        """Say under the place how it was read, or that it was not."""
        box = self.boxes["place"]
        if not box.text:
            return
        try:
            reading = read_coordinates(box.text)
        except KnownError as error:
            box.tell(explain(error), "red")
            return
        box.tell(f"{as_decimal(reading.place)} · {say(reading.understood)}")


def typed_address(text: str) -> CameraAddress:
    """An address or a host alone, but not the beginning of `rtsp://`. Raises KnownError."""
    if not text:
        raise KnownError(
            msg("The camera has no address."), do=msg("Type the address of its main stream.")
        )
    begins = any(f"{scheme}://".startswith(text.strip().lower()) for scheme in PORTS)
    return parse_camera_address(text) if begins else stream_finder.typed_address(text)


def _named(text: str) -> str:
    if not text:
        raise KnownError(msg("The camera has no name."), do=msg("Type the camera's name."))
    return text


def _place(text: str) -> LatLon:
    if not text:
        raise KnownError(
            msg("The camera has no place."),
            do=msg("Write it as 16.54310, 104.72280 or 48Q 470423 1829031 or 48Q VD 70423 29031."),
        )
    return read_coordinates(text).place


class _Reader:
    """Reads field after field; what is wrong is said under each, all at once."""

    def __init__(self, fields: CameraFields) -> None:
        self._fields = fields
        self.is_wrong = False

    def read(self, name: str, read: Callable[[str], _Value]) -> _Value | None:
        """What the field says; None, and said so, if that cannot be."""
        try:
            return read(self._fields[name].text)
        except KnownError as error:
            self.is_wrong = True
            self._fields.tell_wrong(name, error)
            return None

    def number(self, name: str, when_empty: float) -> float:
        """A number, in Thai digits too."""
        if not self._fields[name].text:
            return when_empty
        found = self.read(name, read_number)
        return when_empty if found is None else found

    def days(self, name: str) -> int:
        """How many days; none if nothing was typed."""
        return (self.read(name, read_days) or 0) if self._fields[name].text else 0

    def day(self, name: str, today: date) -> str:
        """A day as an ISO date; empty if none was typed."""
        if not self._fields[name].text:
            return ""
        return self.read(name, lambda text: read_date(text, today).isoformat()) or ""


_BOX_OF = {"lat_deg": "place", "lon_deg": "place"}

_Spec = tuple[str, str, str, int]  # the camera's field, its label, what stands in it, its width


def _connection() -> tuple[_Spec, ...]:
    return (
        ("main_url", tr("Camera address"), tr("192.168.1.20 or rtsp://…"), 6),
        ("username", tr("User name"), "", 3),
        ("password", tr("Password"), "", 3),
    )


def _record() -> tuple[_Spec, ...]:
    return (
        ("sub_url", tr("Sub stream (for the grid)"), "", 6),
        ("name", tr("Name"), "", 6),
        ("place", tr("Place (coordinates)"), "16.5431, 104.7228", 6),
        ("bearing_deg", tr("Bearing °"), "0", 3),
        ("field_of_view_deg", tr("View °"), "70", 3),
        ("range_m", tr("Range m"), "60", 3),
        (_NIGHT, tr("Range at night, m"), tr("as by day"), 3),
        ("owner", tr("Owner"), "", 3),
        ("contact", tr("Contact"), "", 3),
        ("maker", tr("Maker"), "", 3),
        ("model", tr("Model"), "", 3),
        ("retention_days", tr("Footage kept, days"), "", 3),
        ("checked_on", tr("Last checked on"), "22/11/2569", 3),
        ("consent_on", tr("Owner agreed on"), "22/11/2569", 6),
    )

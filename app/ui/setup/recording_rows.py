"""What Setup tells of each camera's recording, in words. No widgets: a recorder's word goes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.cameras.camera import Camera, StreamKind
from app.station.profile import Profile, RecordedStreams
from app.thai.dates import date_time
from app.thai.translation import language, tr
from app.ui.review.gap_words import cause_words
from app.ui.review.span_words import size_words
from app.video.archive.index_reading import StreamStore
from app.video.recorder.recorder_note import DiskHealth, RecorderHealth, StreamHealth
from app.video.recorder.stream_recording import StreamState


@dataclass(frozen=True, slots=True)
class Cell:
    """A few words and the token of their colour."""

    text: str
    colour: str = "text"


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One camera: its name, its two streams, what there is of it, how long it is kept."""

    camera: Cell
    main: Cell
    sub: Cell
    oldest: Cell
    size: Cell
    kept: Cell

    @property
    def cells(self) -> tuple[Cell, ...]:
        """From left to right."""
        return (self.camera, self.main, self.sub, self.oldest, self.size, self.kept)


def head_words() -> tuple[str, ...]:
    """The heads of the columns."""
    return (
        tr("Camera"),
        tr("Main stream"),
        tr("Sub stream"),
        tr("Oldest footage"),
        tr("Size"),
        tr("Kept"),
    )


def recording_rows(
    cameras: Sequence[Camera],
    profile: Profile,
    health: RecorderHealth | None,
    stores: Sequence[StreamStore],
) -> list[RecordingRow]:
    """A row a camera of the register, in its order."""
    now = {(each.camera_id, each.stream): each for each in health.streams} if health else {}
    days = dict(profile.days_of_camera)
    return [_row(camera, profile, now, stores, days) for camera in cameras]


def _row(
    camera: Camera,
    profile: Profile,
    now: dict[tuple[str, StreamKind], StreamHealth],
    stores: Sequence[StreamStore],
    days: dict[str, int],
) -> RecordingRow:
    own = [store for store in stores if store.camera_id == camera.id]
    oldest = min((store.oldest for store in own if store.oldest is not None), default=None)
    kept = days.get(camera.id, profile.recordings_keep_days)
    return RecordingRow(
        Cell(f"{camera.id} {camera.name}"),
        _stream(now.get((camera.id, StreamKind.MAIN)), _is_wanted(camera, profile, main=True)),
        _stream(now.get((camera.id, StreamKind.SUB)), _is_wanted(camera, profile, main=False)),
        Cell(_when(oldest), "text_2"),
        Cell(size_words(sum(store.size_bytes for store in own)) if own else "–", "text_2"),
        Cell(tr("{days} days", days=kept), "text_2"),
    )


def _is_wanted(camera: Camera, profile: Profile, *, main: bool) -> bool:
    has_sub = bool(camera.sub_url) and camera.sub_url != camera.main_url
    if not profile.recordings_enabled or (not main and not has_sub):
        return False
    kind = RecordedStreams.MAIN if main else RecordedStreams.SUB
    return not has_sub or profile.recordings_streams in (RecordedStreams.BOTH, kind)


def _stream(health: StreamHealth | None, wanted: bool) -> Cell:
    if health is None:
        return Cell("…", "text_3") if wanted else Cell("–", "text_3")
    if health.state is StreamState.RECORDING:
        return Cell(f"{health.bytes_per_s * 8 / 1e6:.1f} Mb/s", "green")
    if health.state is StreamState.CONNECTING:
        return Cell(tr("Connecting…"), "text_3")
    return Cell(cause_words(health.cause), "red")


def _when(at: datetime | None) -> str:
    return "–" if at is None else date_time(at, language())


def disk_words(disk: DiskHealth) -> Cell:
    """One recording disk: how full, and for how many days it lasts at the present speed."""
    words = tr(
        "{folder}: {free} free · disk {used} %",
        folder=disk.folder or tr("the station's folder"),
        used=disk.used_percent,
        free=size_words(disk.free_bytes),
    )
    if disk.days_left is not None:
        words += " · " + tr("lasts about {days:.0f} days", days=disk.days_left)
    used = disk.used_percent
    return Cell(words, "red" if used >= 95 else "amber" if used >= 80 else "text")


def rule_words(profile: Profile) -> str:
    """What station.toml says of keeping."""
    words = tr("Recordings are kept for {days} days", days=profile.recordings_keep_days)
    if profile.recordings_max_gb:
        words += " · " + tr("at most {most} GB", most=profile.recordings_max_gb)
    reserve = tr("{reserve} GB of the disk stay free", reserve=profile.recordings_reserve_gb)
    return f"{words} · {reserve}"

"""Makes the recordings that are reviewed: few clips under many names, as a recorder lays them down.

The layout of files is that of docs/recording.md, written down here again; the product's index is
told of them by `review_station`. A segment's clip follows from camera and minute, so that a picture
of another minute is seen to be wrong.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av

from benchmarks.clips import ClipForm, make_clips

CLIPS = 4
SUB_CLIPS_FROM = 16
"""The number in a sub stream's stamp is its clip's and this."""
_FRAGMENTS = {"movflags": "empty_moov+default_base_moof", "frag_duration": "1000000"}
_MAIN_BITS_PER_S = {1920 * 1080: 4_000_000}


@dataclass(frozen=True, slots=True)
class MainForm(ClipForm):
    """A main stream: 4 Mb/s at 1080p25, as the town's cameras send it."""

    @property
    def bits_per_s(self) -> int:
        area_px = self.width_px * self.height_px
        return _MAIN_BITS_PER_S.get(area_px, round(0.15 * area_px * self.fps))


@dataclass(frozen=True, slots=True)
class SubForm(ClipForm):
    """A sub stream; its clips carry numbers of their own."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be seen at an instant: which clip's which picture."""

    clip: int
    number: int
    group: int
    """Which of the clip's groups of pictures it is in."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """All that is recorded: cameras C01 … in segments of a clip's length, without a gap."""

    folder: Path
    begins: datetime
    segments: int
    """Of each of the first `CLIPS` cameras; the others have `few`."""
    few: int
    cameras: int
    main: ClipForm
    sub: ClipForm

    @property
    def segment_s(self) -> float:
        """How long each is."""
        return self.main.pictures / self.main.fps

    @property
    def ends(self) -> datetime:
        """When the first cameras' last segment ends."""
        return self.begins + timedelta(seconds=self.segments * self.segment_s)

    def segments_of(self, camera: int) -> int:
        """How many segments a camera has, counted from 0."""
        return self.segments if camera < CLIPS else self.few

    def clip_of(self, camera: int, segment: int) -> int:
        """Which clip it is."""
        return (camera + segment) % CLIPS

    def path(self, camera: int, segment: int, stream: str) -> Path:
        """Where its file lies (docs/recording.md, Files)."""
        at = self.begins + timedelta(seconds=segment * self.segment_s)
        name = f"{at:%Y%m%dT%H%M%S}.{at.microsecond // 1000:03d}Z.mp4"
        return self.folder / f"{at:%Y-%m-%d}" / camera_id(camera) / stream / name

    def expected(self, camera: int, at: datetime) -> Expected:
        """What the main stream shows at this instant."""
        offset_s = (at - self.begins).total_seconds()
        segment, inside_s = divmod(offset_s, self.segment_s)
        number = int(inside_s * self.main.fps)
        group = number // round(self.main.fps * 2)
        return Expected(self.clip_of(camera, int(segment)), number, group)

    def frame_at(self, camera: int, clip: int, number: int, near: datetime) -> float | None:
        """When the picture with this stamp was to be seen, in seconds after the first; of the
        segments that hold this clip the one nearest to `near`. None if no segment near holds it."""
        form = self.sub if clip >= SUB_CLIPS_FROM else self.main
        inside_s = number / form.fps
        offset_s = (near - self.begins).total_seconds()
        segment = round((offset_s - inside_s) / self.segment_s)
        if self.clip_of(camera, segment) != clip % SUB_CLIPS_FROM:
            return None
        return segment * self.segment_s + inside_s


def camera_id(camera: int) -> str:
    """As the register gives them."""
    return f"C{camera + 1:02d}"


def made_clips(folder: Path, form: ClipForm, kept: Path | None) -> list[Path]:
    """The clips of one stream in `folder`: encoded there, or taken from `kept`, where they stay for
    the next run too."""
    made = _made(kept if kept is not None else folder, form)
    if kept is None:
        return made
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(path, folder / path.name)) for path in made]


def lay_down(recordings: Recordings, mains: list[Path], subs: list[Path]) -> None:
    """The clips under all the names that recordings have. Nothing is copied: 24 hours of four
    cameras would be 170 GB."""
    for camera in range(recordings.cameras):
        for segment in range(recordings.segments_of(camera)):
            clip = recordings.clip_of(camera, segment)
            for stream, made in (("main", mains), ("sub", subs)):
                path = recordings.path(camera, segment, stream)
                path.parent.mkdir(parents=True, exist_ok=True)
                os.link(made[clip], path)


def _made(folder: Path, form: ClipForm) -> list[Path]:
    name = f"{form.width_px}x{form.height_px}-{form.fps}-{form.pictures}-{form.seed}"
    done = [folder / name / f"clip{clip}.mp4" for clip in range(CLIPS)]
    if not all(path.exists() for path in done):
        rough = folder / name / "rough"
        rough.mkdir(parents=True, exist_ok=True)
        first = SUB_CLIPS_FROM if isinstance(form, SubForm) else 0
        for path, source in zip(done, make_clips(rough, CLIPS, form, first), strict=True):
            _fragment(source, path)
        shutil.rmtree(rough)
    return done


def _fragment(source: Path, target: Path) -> None:
    """The same packets in fragments of a second, as a recorder writes them."""
    part = target.with_suffix(".part")
    with (
        av.open(str(source)) as given,
        av.open(str(part), "w", format="mp4", options=_FRAGMENTS) as made,
    ):
        video = given.streams.video[0]
        copy = made.add_stream_from_template(video)
        for packet in given.demux(video):
            if packet.size:
                packet.stream = copy
                made.mux(packet)
    part.rename(target)


def whole_minute(at: datetime) -> datetime:
    """Cut to the minute, in UTC."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)

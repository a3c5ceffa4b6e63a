"""What the window says of the recorder: in the header, and under each tile. No painting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.thai.translation import tr
from app.video.recorder.recorder_note import RecorderHealth
from app.video.recorder.recorder_watch import Recording


class Watch(Protocol):
    """What was found of the recorder at the last look."""

    @property
    def recording(self) -> Recording: ...

    @property
    def health(self) -> RecorderHealth | None: ...


@dataclass(frozen=True, slots=True)
class RecordingWords:
    """`icon` is `dot` or an icon's name, `colour` a token; `explained` is the tool tip."""

    icon: str
    colour: str
    text: str
    explained: str = ""


def recorded_cameras(watch: Watch) -> frozenset[str] | None:
    """The cameras of which a stream is being recorded; None where the station wants none, or
    nothing is known yet: then a tile says nothing of it."""
    if watch.recording in (Recording.UNKNOWN, Recording.OFF, Recording.STARTING):
        return None
    return watch.health.recorded if watch.health is not None else frozenset()


def recording_words(watch: Watch) -> RecordingWords:
    """The header's words: quiet while all is recorded, and what is wrong when it is not."""
    match watch.recording:
        case Recording.UNKNOWN | Recording.STARTING:
            return RecordingWords("loader-circle", "text_3", tr("Recorder starting…"))
        case Recording.OFF:
            told = tr("Recording is switched off in the station's file station.toml.")
            return RecordingWords("minus", "text_2", tr("Recording off"), told)
        case Recording.HELD_BACK:
            told = tr("Somebody stopped the recorder. Setup › Recording starts it again.")
            return RecordingWords("triangle-alert", "amber", tr("Recording stopped"), told)
        case Recording.MISSING:
            told = tr("The recorder does not run and is started again and again; see its log.")
            return RecordingWords("x", "red", tr("NOT RECORDING"), told)
        case Recording.INTERRUPTED:
            return RecordingWords("x", "red", tr("NOT RECORDING"), _why(watch.health))
        case Recording.RUNNING:
            return _running(watch.health)


def _why(health: RecorderHealth | None) -> str:
    if health is not None and health.interrupted == "full":
        return tr("The disk is full, and only locked footage is left on it. Make room at once.")
    return tr("The disk for recordings is gone. Connect it, or choose another in station.toml.")


def _running(health: RecorderHealth | None) -> RecordingWords:
    cameras = health.cameras if health is not None else frozenset()
    recorded = health.recorded if health is not None else frozenset()
    if not cameras:
        return RecordingWords("dot", "text_3", tr("Recorder ready"))
    if cameras == recorded:
        return RecordingWords("dot", "green", tr("Recording"))
    text = tr("Recording {some}/{all}", some=len(recorded), all=len(cameras))
    missing = ", ".join(sorted(cameras - recorded, key=lambda each: (len(each), each)))
    return RecordingWords(
        "triangle-alert", "amber", text, tr("Not recorded now: {cameras}", cameras=missing)
    )

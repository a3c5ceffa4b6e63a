"""What recording costs, and what a kill or a power cut loses: `python -m benchmarks.recording`.

The real recorder on cameras of loopback; `ffmpeg -c copy` on the same cameras beside it, one after
the other; kills of the recorder; power cuts on a disk that forgets (docs/measurements.md says
exactly what). Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.clips import GOP_S, ClipForm, make_clips
from benchmarks.machine import machine, versions
from benchmarks.recorded_frames import files_of, holes, read_clip, recorded_in
from benchmarks.recorder_runs import (
    ROOT,
    Recorder,
    Street,
    again_s,
    cpu_cores,
    ffmpeg_cores,
    lost_s,
    pause,
    wait_for_new_files,
)
from benchmarks.report import publish
from benchmarks.runs import BrokenError
from benchmarks.wall_cameras import Cameras

_PACKAGES = ("av", "filelock", "numpy")
_DIFFERENT_CLIPS = 2
_A_FRAGMENT_BYTES = 4_000

# Most of issue 4, "Measured"; `lost_pictures` is what makes the others worth anything.
MOST: dict[str, float] = {
    "ratio": 2.0,
    "lost_pictures": 0,
    "lost_s_after_sigkill_max": 1.5,
    "lost_s_after_power_cut_max": 2.0,
    "recording_again_s": 5.0,
    "index_mb_per_camera_month": 10.0,
}
PARTS = ("cost", "kills", "cuts")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure."""

    cameras: int
    form: ClipForm
    seconds: float
    settle_s: float
    rounds: int
    kills: int
    cuts: int
    product: Path
    parts: tuple[str, ...]


class Bench:
    """One run: cameras, a station, and a product."""

    def __init__(self, wanted: Wanted, folder: Path) -> None:
        self._wanted = wanted
        self._folder = folder
        self._station = folder / "station"
        self._recordings = self._station / "recordings"
        self._words = folder / "words.txt"
        self._env = _environment(folder / "home")

    def measure(self) -> dict[str, Any]:
        """All parts wanted. Raises BrokenError."""
        wanted, figures = self._wanted, dict[str, Any]()
        if "cost" in wanted.parts or "kills" in wanted.parts:
            made = make_clips(self._folder, min(wanted.cameras, _DIFFERENT_CLIPS), wanted.form)
            clips = [made[number % len(made)] for number in range(wanted.cameras)]
            figures["clip_mbit_per_s"] = _mbit_per_s(clips[0], wanted.form)
            with Cameras(clips, wanted.form, self._folder) as cameras:
                self._make_station(cameras.urls)
                ids = [f"C{number + 1:02d}" for number in range(wanted.cameras)]
                street = Street(ids, [read_clip(path) for path in clips])
                if "cost" in wanted.parts:
                    figures |= self._cost(cameras, street)
                if "kills" in wanted.parts:
                    figures |= self._kills(cameras, street)
        if "cuts" in wanted.parts:
            figures |= self._cuts()
        return figures

    def _cost(self, cameras: Cameras, street: Street) -> dict[str, Any]:
        """Recorder, ffmpeg, recorder, ffmpeg: the sums are compared."""
        ours, theirs, lost = [], [], 0
        for number in range(self._wanted.rounds):
            with self._recorder(street) as recorder:
                times = self._wanted.settle_s, self._wanted.seconds
                ours.append(cpu_cores(recorder, *times))
                recorder.end()
            lost += self._lost_pictures(street)
            shutil.rmtree(self._recordings)
            self._recordings.mkdir()
            folder = self._folder / f"ffmpeg{number}"
            theirs.append(ffmpeg_cores(cameras.urls, folder, *times))
            shutil.rmtree(folder)
        share = 100 / len(street.ids) / len(ours)
        return {
            "cpu_core_pct_per_stream": round(sum(ours) * share, 3),
            "ffmpeg_copy_pct": round(sum(theirs) * share, 3),
            "ratio": round(sum(ours) / max(sum(theirs), 1e-9), 3),
            "lost_pictures": lost,
            "ratio_of_rounds": [
                round(one / max(two, 1e-9), 3) for one, two in zip(ours, theirs, strict=True)
            ],
        }

    def _kills(self, cameras: Cameras, street: Street) -> dict[str, Any]:
        random = Random(self._wanted.form.seed)
        lost, again = [], []
        for _ in range(self._wanted.kills):
            with self._recorder(street) as recorder:
                pause.wait(random.uniform(1.5, 4.0))
                recorder.check()
                killed_s = recorder.kill()
            sent = cameras.sent()
            lost.append(lost_s(self._recordings, street, sent, killed_s))
            again.append(again_s(self._recordings, street, sent, recorder.began_s, killed_s))
        return {
            "lost_s_after_sigkill_max": round(max(lost), 3),
            "recording_again_s": round(max(again), 3),
            "lost_s_after_sigkill": [round(each, 2) for each in lost],
            "recording_again_all_s": [round(each, 2) for each in again],
        }

    def _cuts(self) -> dict[str, Any]:
        command = [sys.executable, "-m", "benchmarks.power_cuts", str(self._wanted.product)]
        command += [str(self._wanted.cuts), str(self._wanted.form.seed)]
        ran = subprocess.run(
            command, cwd=ROOT, env=self._env, check=False, capture_output=True, text=True
        )
        if ran.returncode:
            raise BrokenError(" ".join(ran.stderr.strip().splitlines()[-3:]))
        said = json.loads(ran.stdout.splitlines()[-1])
        return {
            "lost_s_after_power_cut_max": said["lost_s_max"],
            "index_mb_per_camera_month": said["index_mb"],
            "power_cuts": said["cuts"],
            "power_cut_steps": said["steps"],
        }

    def _recorder(self, street: Street) -> Recorder:
        """Started, and every camera in a new file of its own with a fragment in it."""
        before = {each: len(files_of(self._recordings, each)) for each in street.ids}
        recorder = Recorder(self._wanted.product, self._station, self._env, self._words)
        try:
            wait_for_new_files(recorder, self._recordings, street, before, _A_FRAGMENT_BYTES)
        except BaseException:
            recorder.kill()
            raise
        return recorder

    def _lost_pictures(self, street: Street) -> int:
        """Pictures that are not where they should be, in all that one recorder recorded."""
        lost = 0
        for camera_id, clip in zip(street.ids, street.clips, strict=True):
            found = [recorded_in(path, clip) for path in files_of(self._recordings, camera_id)]
            least = self._wanted.seconds * self._wanted.form.fps
            there = sum(len(each.in_clip) for each in found)
            lost += holes(found, clip) + max(0, round(least) - there)
        return lost

    def _make_station(self, urls: Sequence[str]) -> None:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.wall_station", str(self._station), "1"],
            input="\n".join(urls),
            cwd=ROOT,
            env=self._env,
            check=True,
            text=True,
        )
        settings = self._station / "station.toml"
        text = settings.read_text("utf-8")
        settings.write_text(text.replace("enabled = false", "enabled = true"), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when all figures hold, 1 when one is missed."""
    asked = _read(arguments)
    wanted = _wanted(asked)
    try:
        if "cost" in wanted.parts and shutil.which("ffmpeg") is None:
            raise BrokenError("ffmpeg is missing: apt-get install ffmpeg")
        with tempfile.TemporaryDirectory(prefix="benchmark-recording-") as name:
            figures = Bench(wanted, Path(name)).measure()
        missed = [name for name, most in MOST.items() if figures.get(name, most) > most]
        report = {**figures, "missed": missed, "most": MOST, **_circumstances(wanted)}
    except BrokenError as error:
        report = {"broken": str(error), "missed": sorted(MOST)}
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--cameras", type=int, default=8, help="how many (8)")
    parser.add_argument("--size", default="1920x1080", help="of the streams (1920x1080)")
    parser.add_argument("--fps", type=int, default=25, help="of the streams (25)")
    parser.add_argument("--mbit", type=float, default=4.0, help="Mb/s of each stream (4)")
    parser.add_argument("--seconds", type=float, default=30, help="of each window (30)")
    parser.add_argument("--settle", type=float, default=6, help="before each window (6)")
    parser.add_argument("--clip-seconds", type=float, default=10, help="of each clip (10)")
    parser.add_argument("--rounds", type=int, default=2, help="recorder and ffmpeg in turn (2)")
    parser.add_argument("--kills", type=int, default=20, help="of the recorder (20)")
    parser.add_argument("--cuts", type=int, default=120, help="of the power (120)")
    parser.add_argument("--seed", type=int, default=1, help="of clips and moments (1)")
    parser.add_argument("--product", type=Path, default=ROOT / "main.py", help="what is judged")
    parser.add_argument("--only", choices=PARTS, action="append", help="a part of it")
    asked = parser.parse_args(arguments)
    if not re.fullmatch(r"[1-9]\d*[02468]x[1-9]\d*[02468]", asked.size):
        parser.error("--size must be two even numbers such as 1920x1080")
    if not 1 <= asked.cameras <= 36 or asked.rounds < 1 or asked.kills < 1:
        parser.error("--cameras must be from 1 to 36, --rounds and --kills 1 or more")
    return asked


def _wanted(asked: argparse.Namespace) -> Wanted:
    width_px, height_px = map(int, asked.size.split("x"))
    return Wanted(
        cameras=asked.cameras,
        form=ClipForm(width_px, height_px, asked.fps, asked.clip_seconds, asked.seed, asked.mbit),
        seconds=asked.seconds,
        settle_s=asked.settle,
        rounds=asked.rounds,
        kills=asked.kills,
        cuts=asked.cuts,
        product=asked.product.resolve(),
        parts=tuple(asked.only or PARTS),
    )


def _environment(home: Path) -> dict[str, str]:
    """A home of the benchmark's own, and no variable that changes Python."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "XDG_", "QT_"))
    }
    home.mkdir()
    return env | {"HOME": str(home)}


def _mbit_per_s(clip: Path, form: ClipForm) -> float:
    return round(clip.stat().st_size * 8 / (form.pictures / form.fps) / 1e6, 2)


def _circumstances(wanted: Wanted) -> Mapping[str, Any]:
    form = wanted.form
    return {
        "cameras": wanted.cameras,
        "size_px": [form.width_px, form.height_px],
        "fps": form.fps,
        "keyframe_every_s": GOP_S,
        "seconds": wanted.seconds,
        "settle_s": wanted.settle_s,
        "rounds": wanted.rounds,
        "kills": wanted.kills,
        "seed": form.seed,
        "windows": "recorder, ffmpeg, recorder, …: one after another",
        "machine": machine(),
        "versions": versions(_PACKAGES),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

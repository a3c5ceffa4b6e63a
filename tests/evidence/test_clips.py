"""Exported clips: the camera's own packets, in as few files as hold them, played by others."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import av
import numpy as np
import pytest

from app.cameras.drawn_masks import draw_masks
from app.cameras.masks import PrivacyMask
from app.evidence import clip_writer
from app.evidence.clip_writer import WrittenClip
from app.evidence.export_order import StillWanted
from app.evidence.manifest import MANIFEST
from app.evidence.verifier import check_package
from app.video.picture import Size
from tests.evidence.material import SMALL, SUPERVISOR, Station, seconds
from tests.video.archive.material import EVENING, ClipForm, number_in, numbered_picture, pictures_in


def packets(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def times_s(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return sorted(
            float(packet.pts * packet.time_base)
            for packet in container.demux(video=0)
            if packet.size and packet.pts is not None
        )


@pytest.mark.parametrize(
    "form",
    [
        SMALL,
        ClipForm(8.0, 10, Size(160, 90), 20, b_frames=2),
        ClipForm(8.0, 10, Size(160, 96), 20, "libx265"),
    ],
    ids=["h264", "h264 with b-frames", "hevc"],
)
def test_every_packet_is_as_the_camera_sent_it(
    station: Station, stick: Path, form: ClipForm
) -> None:
    station.archive.record_run("C01", EVENING, 3, form)
    package = station.export(stick, span=seconds(0, 24))
    (clip,) = package.cameras[0].clips
    recorded = [
        packet
        for path in sorted(station.archive.recordings.rglob("*.mp4"))
        for packet in packets(path)
    ]
    assert packets(package.path / clip.name) == recorded
    shown = times_s(package.path / clip.name)
    assert shown == pytest.approx([shown[0] + number / 10 for number in range(240)], abs=0.001)


def test_the_first_picture_is_the_keyframe_before_and_the_last_holds_the_end(
    recorded: Station, stick: Path
) -> None:
    package = recorded.export(stick, span=seconds(3, 13))
    numbers = [number for _, number in pictures_in(package.path / package.cameras[0].clips[0].name)]
    assert numbers == [*range(20, 80), *range(60)]  # from 2 s of the first segment to 6 of the next


def test_each_group_is_one_range_of_bytes_and_the_ranges_are_the_file(
    recorded: Station, stick: Path
) -> None:
    package = recorded.export(stick)
    (clip,) = package.cameras[0].clips
    data = (package.path / clip.name).read_bytes()
    pieces = [clip.head, *(gop.piece for gop in clip.gops), clip.tail]
    at = 0
    for piece in pieces:
        assert piece.offset == at
        at += piece.length
        assert hashlib.sha256(data[piece.offset : at]).hexdigest() == piece.sha256
    assert at == len(data) == clip.size_bytes
    assert all(data[gop.piece.offset + 4 :][:4] == b"moof" for gop in clip.gops)
    assert [gop.span for gop in clip.gops] == [seconds(at, at + 2) for at in range(2, 14, 2)]


def clips_of(station: Station, stick: Path, ends_s: float) -> tuple[WrittenClip, ...]:
    return station.export(stick, span=seconds(0, ends_s)).cameras[0].clips


def test_a_gap_begins_a_new_file_so_that_no_old_picture_stands_for_now(
    station: Station, stick: Path
) -> None:
    station.archive.record("C01", EVENING, SMALL)
    station.archive.record("C01", EVENING + timedelta(seconds=11), SMALL)
    spans = [clip.span for clip in clips_of(station, stick, 30)]
    assert spans == [seconds(0, 8), seconds(11, 19)]


def test_jitter_between_segments_stays_in_one_file_and_keeps_the_clock(
    station: Station, stick: Path
) -> None:
    station.archive.record("C01", EVENING, SMALL)
    station.archive.record("C01", EVENING + timedelta(seconds=8.4), SMALL)
    station.archive.record("C01", EVENING + timedelta(seconds=16.1), SMALL)  # 0.3 s too early
    package = station.export(stick, span=seconds(0, 30))
    (clip,) = package.cameras[0].clips
    shown = times_s(package.path / clip.name)
    assert shown[80] == pytest.approx(8.4, abs=0.001)
    assert shown[160] == pytest.approx(16.4, abs=0.001)  # the one before it is shown to its end
    assert clip.gops[8].span.begins == seconds(16.1, 17).begins  # the manifest keeps the clock
    assert shown == sorted(shown)


def test_another_size_or_codec_begins_a_new_file(station: Station, stick: Path) -> None:
    forms = [
        SMALL,
        ClipForm(8.0, 10, Size(96, 54), 20),
        ClipForm(8.0, 10, SMALL.size, 20, "libx265"),
    ]
    for number, form in enumerate(forms):
        station.archive.record("C01", EVENING + timedelta(seconds=8 * number), form)
    clips = clips_of(station, stick, 24)
    assert [(clip.codec, clip.size) for clip in clips] == [
        ("H264", (160, 90)),
        ("H264", (96, 54)),
        ("HEVC", (160, 90)),
    ]


def test_no_file_is_too_large_for_a_memory_stick(
    recorded: Station, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = clips_of(recorded, stick, 24)[0].size_bytes
    monkeypatch.setattr(clip_writer, "LARGEST_FILE_BYTES", whole // 3)
    clips = clips_of(recorded, stick, 24)
    assert len(clips) >= 3
    assert all(clip.size_bytes <= whole // 3 + 10_000 for clip in clips)
    assert [clip.span.begins for clip in clips][1:] == [clip.span.ends for clip in clips][:-1]


def test_a_clock_that_was_set_back_gives_two_files_with_names_of_their_own(
    station: Station, stick: Path
) -> None:
    station.archive.record("C01", EVENING, SMALL)
    station.archive.record("C01", EVENING - timedelta(hours=1), SMALL)
    station.archive.record("C01", EVENING + timedelta(milliseconds=1), SMALL)
    package = station.export(stick, span=seconds(-3600, 24))
    names = [clip.name for clip in package.cameras[0].clips]
    assert len(set(names)) == len(names) == 3


def test_a_growing_segment_is_exported_as_far_as_it_is(station: Station, stick: Path) -> None:
    station.archive.record("C01", EVENING, SMALL)
    station.archive.record("C01", EVENING + timedelta(seconds=8), SMALL, grows=True)
    package = station.export(stick, span=seconds(0, 16))
    (clip,) = package.cameras[0].clips
    assert clip.span.duration_s > 14
    assert [source.as_recorded for source in package.cameras[0].sources] == [True, None]


def test_a_segment_replaced_behind_our_back_is_told(recorded: Station, stick: Path) -> None:
    first, second, *_ = sorted((recorded.archive.recordings).rglob("C01/main/*.mp4"))
    data = bytearray(second.read_bytes())
    data[-3000] ^= 1
    second.write_bytes(data)
    package = recorded.export(stick)
    assert package.altered_sources == 1
    said = json.loads((package.path / MANIFEST).read_text())
    assert [one["as_recorded"] for one in said["cameras"][0]["sources"]] == [True, False]
    assert first.name in said["cameras"][0]["sources"][0]["name"]


def with_sound(path: Path, seconds_long: int) -> None:
    """A segment of a camera that is allowed to hear: H.264 and AAC, fragments of a second."""
    options = {"movflags": "empty_moov+default_base_moof", "frag_duration": "1000000"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        video = container.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 160, 90, "yuv420p"
        video.options = {"preset": "ultrafast", "x264-params": "keyint=20:scenecut=0:bframes=0"}
        sound = container.add_stream("aac", rate=8000)
        for number in range(seconds_long * 10):
            frame = av.VideoFrame.from_ndarray(numbered_picture(SMALL, number), "yuv420p")
            frame.pts = number
            container.mux(video.encode(frame))
            samples = np.zeros((1, 800), np.float32)
            heard = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
            heard.rate, heard.pts = 8000, 1024 + number * 800  # what AAC is behind
            container.mux(sound.encode(heard))
        container.mux(video.encode(None))
        container.mux(sound.encode(None))


def test_sound_goes_with_the_pictures(station: Station, stick: Path) -> None:
    begun = [
        station.archive.record("C01", EVENING + timedelta(seconds=8 * n), SMALL) for n in (0, 1)
    ]
    for path in sorted(station.archive.recordings.rglob("*.mp4")):
        with_sound(path, 8)
    package = station.export(stick, span=seconds(3, 13))
    (clip,) = package.cameras[0].clips
    assert len(begun) == 2
    assert clip.span == seconds(2, 14)
    with av.open(str(package.path / clip.name)) as container:
        heard = [packet for packet in container.demux(audio=0) if packet.size]
    assert sum(packet.duration * packet.time_base for packet in heard) == pytest.approx(12, abs=0.7)
    assert [packet.dts for packet in heard] == sorted({packet.dts for packet in heard})
    assert len(times_s(package.path / clip.name)) == 120
    assert check_package(package.path, package.key).ok


@pytest.mark.parametrize("player", ["ffprobe", "mpv"])
def test_others_play_a_clip_as_it_is(recorded: Station, stick: Path, player: str) -> None:
    if shutil.which(player) is None:
        pytest.skip(f"{player} is not installed")
    package = recorded.export(stick, span=seconds(0, 24), burned_copy=True)
    camera = package.cameras[0]
    for clip in (*camera.clips, *camera.burned):
        path = package.path / clip.name
        before = path.read_bytes()
        if player == "ffprobe":
            command = ["ffprobe", "-v", "error", "-count_frames", "-show_entries",
                       "stream=nb_read_frames", "-of", "csv=p=0", str(path)]  # fmt: skip
            assert int(subprocess.check_output(command, text=True)) == 240
        else:
            command = ["mpv", "--no-config", "--vo=null", "--ao=null", "--untimed",
                       "--msg-level=all=warn", str(path)]  # fmt: skip
            ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
            assert ran.stdout + ran.stderr == ""
        assert path.read_bytes() == before


def test_the_burned_copy_shows_time_and_camera_and_hides_what_is_masked(
    recorded: Station, stick: Path
) -> None:
    mask = PrivacyMask(((0.0, 0.0), (1.0, 0.0), (1.0, 0.25), (0.0, 0.25)))
    draw_masks(recorded.log, "C01", (mask,), "บ้านประชาชน", actor=SUPERVISOR).result()
    package = recorded.export(stick, span=seconds(0, 8), burned_copy=True)
    (clip,) = package.cameras[0].burned
    assert [gop.span for gop in clip.gops] == [seconds(at, at + 2) for at in range(0, 8, 2)]
    lettered = []
    with av.open(str(package.path / clip.name)) as container:
        for frame in container.decode(video=0):
            luma = frame.to_ndarray(format="gray8")
            assert luma[:20].max() < 40
            assert number_in(luma[10:]) >= 0
            lettered.append(luma[-11:-2, 2:])
    assert len(lettered) == 80
    assert all(letters.max() > 200 and letters.min() < 50 for letters in lettered)
    assert (abs(lettered[0].astype(int) - lettered[10]) > 120).any()  # the second has changed
    original = package.path / package.cameras[0].clips[0].name
    assert [number for _, number in pictures_in(original)] == list(range(80))  # not masked


def test_a_still_is_the_picture_of_that_instant(recorded: Station, stick: Path) -> None:
    at = EVENING + timedelta(seconds=5.05)
    package = recorded.export(stick, stills=(StillWanted("C01", at), StillWanted("C02", at)))
    (still,) = package.cameras[0].stills
    assert still.at == EVENING + timedelta(seconds=5)
    with av.open(str(package.path / still.file.name)) as container:
        (frame,) = container.decode(video=0)
        assert number_in(frame.to_ndarray(format="gray8")) == 50

"""What the timeline shows of the index: every gap is seen, however small; nothing overlaps."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.camera import StreamKind
from app.ui.review.gap_words import gap_words
from app.ui.review.near_cameras import coverage, window_around
from app.ui.review.recorded import Bars, Recorded, RecordedReader, RowGap, read_recorded
from app.ui.review.timeline_rows import timeline_of
from app.ui.review.timeline_scale import TimelineScale, seconds
from app.video.answer import Finding
from app.video.archive.segment import GapCause, Span
from tests.video.archive.material import EVENING, Archive

AT_S = seconds(EVENING)
MAIN = StreamKind.MAIN
pairs = st.lists(
    st.tuples(st.floats(0, 5000), st.floats(0.001, 400)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=60,
)


@given(spans=pairs, begins_s=st.floats(-500, 5000), span_s=st.floats(1, 6000))
def test_each_stretch_is_drawn_and_no_two_bars_touch(
    spans: list[tuple[float, float]], begins_s: float, span_s: float
) -> None:
    scale = TimelineScale(begins_s, span_s, 700)
    left, right = Bars.of(spans).pixels(scale)
    drawn = list(zip(left.tolist(), right.tolist(), strict=True))
    for (_, end), (next_x, _) in itertools.pairwise(drawn):
        assert end < next_x
    assert all(0 <= x < end <= 700 for x, end in drawn)
    for begins, ends in spans:
        if ends > scale.begins_s and begins < scale.ends_s:
            x = min(max(scale.x(begins), 0), 699)
            assert any(first - 1 <= x <= end for first, end in drawn)


@given(spans=pairs, begins_s=st.floats(0, 5000), span_s=st.floats(1, 3000))
def test_what_is_covered_is_the_sum_of_the_parts(
    spans: list[tuple[float, float]], begins_s: float, span_s: float
) -> None:
    apart, reached = [], -1.0
    for begins, ends in sorted(spans):
        if begins > reached:
            apart.append((begins, ends))
            reached = ends
    ends_s = begins_s + span_s
    wanted = sum(max(0.0, min(e, ends_s) - max(b, begins_s)) for b, e in apart)
    assert Bars.of(apart).covered_s(begins_s, ends_s) == pytest.approx(wanted, abs=1e-6)


def test_a_row_is_what_the_recorders_index_says(tmp_path: Path) -> None:
    with Archive(tmp_path / "recordings") as archive:
        archive.record_run("C01", EVENING, 3)
        archive.record_run("C01", EVENING + timedelta(seconds=64), 2)
        begins, now = EVENING - timedelta(days=31), EVENING + timedelta(minutes=5)
        recorded = read_recorded(archive.footage, ("C01", "C02"), begins, now)
    timeline = timeline_of([("C01", "ตลาด", 1), ("C02", "ท่าเรือ", 0)], recorded, (), (), ())
    first, second = timeline.rows
    assert list(first.recorded.begins_s) == [AT_S, AT_S + 64]
    assert list(first.recorded.ends_s) == pytest.approx([AT_S + 12, AT_S + 72], abs=0.2)
    assert len(second.recorded) == 0
    assert timeline.is_read and len(timeline.all_recorded) == 2
    span = Span(EVENING, EVENING + timedelta(seconds=72))
    assert first.missing_s(span) == pytest.approx(52, abs=0.3)


def test_the_list_says_what_is_missing_around_the_time() -> None:
    now = EVENING + timedelta(hours=1)
    window = window_around(EVENING, now)
    begins_s, ends_s = seconds(window.begins), seconds(window.ends)
    whole = Recorded.of(Bars.of([(begins_s - 10, ends_s + 10)]), ())
    holed = Recorded.of(Bars.of([(begins_s, begins_s + 100), (begins_s + 152, ends_s)]), ())
    cameras = [("C01", "", 0), ("C02", "", 0), ("C03", "", 0)]
    rows = timeline_of(cameras, {"C01": whole, "C02": holed}, (), (), ()).rows
    said = [(coverage(row, window).words, coverage(row, window).colour) for row in rows]
    assert said == [("ครบ", "text_2"), ("ว่าง 52 วิ", "amber"), ("ไม่มีภาพ", "red")]


def test_the_window_around_just_now_ends_now() -> None:
    window = window_around(EVENING, EVENING + timedelta(seconds=1))
    assert window.ends == EVENING + timedelta(seconds=1)
    assert window.duration_s == pytest.approx(900 + 1)


def test_a_lost_camera_is_red_and_any_other_gap_amber() -> None:
    gaps = [RowGap(10.0 * n, 10.0 * n + 5, cause) for n, cause in enumerate(GapCause)]
    row = timeline_of([("C01", "", 1)], {"C01": Recorded.of(Bars.of(()), tuple(gaps))}, (), (), ())
    (only,) = row.rows
    assert list(only.lost.begins_s) == [gap.begins_s for gap in gaps if gap.cause == "camera"]
    assert len(only.missing) == len(GapCause) - 1
    assert only.gap_at(12.0) == gaps[1] and only.gap_at(7.0) is None


def test_what_is_read_bit_by_bit_is_what_is_read_at_once(tmp_path: Path) -> None:
    """Segments and gaps come and end while it is looked at every few seconds."""
    with Archive(tmp_path / "recordings") as archive:
        reader = RecordedReader(archive.footage)
        at = EVENING
        for number in range(14):
            if number % 5 == 3:
                archive.index.change(
                    lambda change, at=at: change.open_gap("C01", MAIN, at, GapCause.NETWORK)
                )
            else:
                archive.index.change(lambda change, at=at: change.close_gap("C01", MAIN, at))
                archive.record("C01", at)
            at += timedelta(seconds=4)
            if number % 4 != 1:
                found = reader.read(("C01", "C02"), at)["C01"]
        at += timedelta(seconds=2)
        found = reader.read(("C01", "C02"), at)["C01"]
        whole = read_recorded(archive.footage, ("C01",), EVENING - timedelta(days=31), at)["C01"]
    for bars in ("recorded", "gap_table", "lost", "missing"):
        one, other = getattr(found, bars), getattr(whole, bars)
        assert one.begins_s.tolist() == other.begins_s.tolist(), bars
        assert one.ends_s.tolist() == other.ends_s.tolist(), bars
    assert found.gaps == whole.gaps and len(whole.gaps) >= 2


@given(cut=st.floats(0, 6000), spans=pairs)
def test_joined_at_any_cut_nothing_is_lost_or_doubled(
    cut: float, spans: list[tuple[float, float]]
) -> None:
    apart, reached = [], -1.0
    for begins, ends in sorted(spans):
        if begins > reached:
            apart.append((begins, ends))
            reached = ends
    causes = list(GapCause)
    gaps = [RowGap(b, e, causes[n % 5]) for n, (b, e) in enumerate(apart)]
    whole = Recorded.of(Bars.of(apart), gaps)
    newer = Recorded.of(
        Bars.of((max(b, cut), e) for b, e in apart if e > cut),
        [gap for gap in gaps if gap.ends_s > cut],
    )
    again = whole.continued(newer, cut)
    assert again.gaps == whole.gaps
    assert again.recorded.covered_s(0, 9000) == pytest.approx(whole.recorded.covered_s(0, 9000))
    assert again.lost.begins_s.tolist() == whole.lost.begins_s.tolist()
    assert again.missing.ends_s.tolist() == whole.missing.ends_s.tolist()


def test_the_recorders_words_for_a_gap_are_said_in_thai_and_unknown_ones_not_at_all() -> None:
    def said(cause: GapCause, detail: str) -> str:
        return gap_words(RowGap(0.0, 1.0, cause, detail))

    assert said(GapCause.CAMERA, "wrong_password") == "รหัสผ่านกล้องไม่ถูกต้อง"
    assert said(GapCause.SOFTWARE, "not_running") == "ตัวบันทึกไม่ทำงาน"
    assert said(GapCause.STOPPED, "officer-07") == "สั่งหยุดบันทึก"
    for finding in Finding:
        words = said(GapCause.NETWORK, finding.value)
        assert finding.value not in words and not words.isascii(), finding

"""The ruler's words: none is cut by the playhead's time, by A and B, by now or by the edge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.ui.review.timeline import Timeline
from app.ui.review.timeline_rows import timeline_of
from app.ui.review.timeline_scale import TimelineScale, instant, seconds
from app.ui.review.timeline_ticks import Tick
from app.ui.review.timeline_words import RulerWords
from app.ui.theme import Theme
from tests.ui.conftest import NOW

ROOM = QRect(100, 20, 400, 22)
NOON = Tick(0.0, "12:00:00")


def boxes(words: RulerWords) -> list[int]:
    """Where those that are shown begin."""
    return [word.box.left() for word in words._words]


@pytest.fixture
def words(theme: Theme, qtbot: QtBot) -> RulerWords:
    return RulerWords(theme)


def test_words_that_would_leave_the_room_are_left_out(words: RulerWords) -> None:
    words.place([(100, NOON), (300, NOON), (480, NOON)], ROOM, [])
    assert boxes(words) == [104, 304]


def test_words_that_a_flag_would_cut_are_left_out(words: RulerWords) -> None:
    words.place([(100, NOON), (300, NOON)], ROOM, [QRect(320, 22, 18, 18)])
    assert boxes(words) == [104]


def test_what_the_playhead_covers_is_the_whole_of_each_word_it_touches(words: RulerWords) -> None:
    words.place([(100, NOON), (300, NOON)], ROOM, [])
    tag = QRect(310, 22, 84, 18)
    covered = words.under(tag)
    assert covered.left() == 304
    assert covered.right() == tag.right()
    assert words.under(QRect(200, 22, 84, 18)) == QRect(200, 22, 84, 18)


@pytest.fixture
def timeline(theme: Theme, qtbot: QtBot) -> Timeline:
    made = Timeline(theme, NOW)
    qtbot.addWidget(made)
    made.resize(1000, 200)
    made.show()
    made.show_timeline(timeline_of([("C01", "ตลาด", 1)], {}, (), (), ()), NOW)
    made.show_scale(TimelineScale(seconds(NOW) - 1800, 1800, made.layout_now.times_px))
    return made


def inked(image: QImage, box: QRect, paper: QColor) -> int:
    """How many pixels of the box are not its paper's; without the tick at its foot."""
    rows = range(box.top() + 2, box.bottom() - 8)
    columns = range(box.left(), box.right())
    return sum(image.pixelColor(x, y) != paper for y in rows for x in columns)


def test_the_playheads_time_leaves_no_half_of_a_word_beside_it_and_gives_it_back(
    timeline: Timeline, theme: Theme
) -> None:
    timeline.grab()
    paper = theme.colour("panel")
    word = timeline._still.words._words[2].box
    whole = inked(timeline.grab().toImage(), word, paper)
    assert whole > 20
    at_s = timeline.scale.begins_s + (word.right() + 30 - timeline.layout_now.names_px) / (
        timeline.scale.px_per_s
    )
    timeline.show_playhead(instant(at_s), follow=False)
    seen = timeline.grab().toImage()
    tag = timeline._over.tag(timeline.layout_now, timeline.scale, at_s)
    assert word.left() < tag.left() < word.right()
    beside = QRect(word.topLeft(), word.bottomRight())
    beside.setRight(tag.left() - 1)
    assert inked(seen, beside, paper) == 0
    timeline.show_playhead(instant(at_s) + timedelta(minutes=9), follow=False)
    assert inked(timeline.grab().toImage(), word, paper) == whole


def test_the_words_before_now_and_beside_a_and_b_are_whole(
    timeline: Timeline, theme: Theme
) -> None:
    timeline.grab()
    before = boxes(timeline._still.words)
    third = timeline._still.words._words[2].box
    names_px, scale = timeline.layout_now.names_px, timeline.scale
    a_s = scale.begins_s + (third.center().x() - names_px) / scale.px_per_s
    timeline.show_span(instant(a_s), None)
    timeline.grab()
    assert boxes(timeline._still.words) == [x for x in before if x != third.left()]
    last = timeline._still.words._words[-1].box
    now_s = scale.begins_s + (last.center().x() - names_px) / scale.px_per_s
    timeline.show_timeline(timeline.data, instant(now_s))
    timeline.grab()
    assert last.left() not in boxes(timeline._still.words)


def test_now_is_named_where_there_is_room_for_its_name(timeline: Timeline, theme: Theme) -> None:
    layout, now_s = timeline.layout_now, seconds(NOW)
    top, height = layout.ruler_top, layout.ruler_px
    dark = theme.colour("picture")
    timeline.show_playhead(NOW - timedelta(minutes=20), follow=False)  # out of its way

    def named(beyond_px: int) -> bool:
        ends_s = now_s + beyond_px / timeline.scale.px_per_s
        timeline.show_scale(TimelineScale(ends_s - 1800, 1800, layout.times_px))
        room = QRect(layout.width_px - beyond_px + 2, top, beyond_px - 2, height)
        return inked(timeline.grab().toImage(), room, dark) > 0

    assert named(80)
    assert not named(15)

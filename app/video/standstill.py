"""Whether a stream shows the same picture over and over although it says it sends new ones.

A decoder that cannot read what comes, because the parameter sets of the stream arrived damaged,
hands out copies of the last picture it could make, each with a time of its own; nothing that OpenCV
tells is different from a healthy picture. What gives them away: a key picture is coded anew, and
its rounding and the sensor's noise change it nearly everywhere, even of an empty street at night
whose pictures in between are copies by right. Knows no decoder and no connection.
"""

from __future__ import annotations

import numpy as np

from app.video.picture import Pixels

POINTS_DOWN = 45
"""So many rows of a picture are looked at, with as many columns as its shape has."""
_LOOK_EVERY_S = 0.2
"""To take and compare the points of every picture would cost a wall as much as the half of its
scaling; what they tell is a matter of seconds."""
_LOOK_AGAIN_S = 0.4
"""After points of which many were new: how long a picture has stood is counted from that look."""
_MANY_NEW_SHARE = 0.1
_LEAST_NEW_SHARE = 0.03
"""Coded anew with any noise at all, 10 to 95 % of the points change (measured with x264 at CRF 25
to 35, QP 32 and 40, noise of 0.3 to 3 levels); of the decoder's copies, none do."""
_OTHER_SCENE_SHARE = 0.5
_SAME_SCENE_SHARE = 0.1
_LONGEST_S = 2.5
"""Half a second before a picture is too old to be called live."""
_AFTER_KEY_S = 0.3
_RESTS_AFTER_S = 1.0
_STIRS_EVERY_S = 1.5
"""A drawn picture without noise is alive while anything in it moves, be it the seconds of a clock.
Among copies, a piece of a picture is decoded now and then: some two seconds apart."""


class Standstill:
    """One stream, over all its sessions; of the one thread that reads it.

    A lens cap, a room without light and a card that says "no signal" change nothing with a key
    picture either. So the doubt is put to the camera once: a new session begins with a new
    picture. If that is the same again, standing still is this camera's way, until its picture
    becomes quite another.
    """

    def __init__(self) -> None:
        self._points: Pixels | None = None
        """Of the last picture that was new."""
        self._since_s = 0.0
        self._look_s = float("-inf")
        """When to look again."""
        self._last: Pixels | None = None
        self._stirred_s = 0.0
        self._key_s: float | None = None
        self._rests = False
        """Its pictures are copies by right between key pictures."""
        self._doubted: Pixels | None = None
        self._is_its_way = False

    def begin(self) -> None:
        """A new session."""
        self._points, self._last, self._key_s, self._rests = None, None, None, False
        self._look_s = float("-inf")

    def key_came(self, now_s: float) -> None:
        """A key picture was delivered; whatever is made from now on should be new."""
        if self._key_s is None:
            self._key_s = now_s

    def is_due(self, now_s: float) -> bool:
        """Whether it is time to look at some points again."""
        return now_s >= self._look_s

    def is_doubtful(self, points: Pixels, now_s: float) -> bool:
        """A picture was made, of which these are some points, (rows, columns, 3): whether what is
        shown is likely to be old. Asked for the first time it is what the doubt is settled by."""
        share = _share_of_new(self._points, points)
        self._look_s = now_s + (_LOOK_AGAIN_S if share >= _MANY_NEW_SHARE else _LOOK_EVERY_S)
        if self._last is None or self._last is self._points:  # as after every new picture
            stirs = share > 0
        else:
            stirs = not np.array_equal(self._last, points)
        if stirs:
            self._last, self._stirred_s = points, now_s
        if self._points is None:
            self._settle(points)
        if share >= _LEAST_NEW_SHARE:
            self._is_its_way &= self._points is None or share < _OTHER_SCENE_SHARE
            self._rests = now_s - self._since_s >= _RESTS_AFTER_S and self._points is not None
            self._points, self._since_s, self._key_s = points, now_s, None
            return False
        if self._is_its_way or not self._stood_too_long(now_s):
            return False
        self._doubted = points
        return True

    def _stood_too_long(self, now_s: float) -> bool:
        """One lost key picture of a scene at rest is forgiven if the next one comes in time."""
        if self._key_s is None or now_s - self._key_s <= _AFTER_KEY_S:
            return False
        if now_s - self._stirred_s <= _STIRS_EVERY_S:
            return False
        return now_s - (self._key_s if self._rests else self._since_s) > _LONGEST_S

    def _settle(self, points: Pixels) -> None:
        if self._doubted is not None:
            self._is_its_way = _share_of_new(self._doubted, points) <= _SAME_SCENE_SHARE
            self._doubted = None


def some_points(frame: Pixels) -> Pixels:
    """A sparse copy of a picture (H, W, 3): some 10 kB, whatever its size."""
    step = max(1, frame.shape[0] // POINTS_DOWN)
    whole_points = np.ascontiguousarray(frame).view("V3")[..., 0]  # copied in half the time
    points = whole_points[step // 2 :: step, step // 2 :: step].copy()
    return points.view(np.uint8).reshape(*points.shape, 3)


def _share_of_new(before: Pixels | None, points: Pixels) -> float:
    if before is None or before.shape != points.shape:
        return 1.0
    new = before != points
    blue, green, red = new[..., 0], new[..., 1], new[..., 2]  # seven times as fast as `any`
    count = int(np.count_nonzero(blue | green | red))
    return count / max(1, int(blue.size))

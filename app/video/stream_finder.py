"""Finds a camera's streams when only its host is known, by asking for those that makers use.

Asks for descriptions, never for pictures. Cameras lock out whoever guesses: the first time a
camera refuses the password the search is over.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass, replace

from app.cameras.address import CameraAddress, parse_camera_address
from app.errors import KnownError, msg
from app.video.answer import Answer, Finding, Found
from app.video.camera_connection import CalledOff, Patience
from app.video.maker_streams import PAIRS, StreamPair, pair_of
from app.video.preflight import BUDGET_S, Description, described
from app.video.reasons import refused_trial

_NO_WAY_ON = (Finding.REFUSED, Finding.UNREACHABLE, Finding.SILENT, Finding.NOT_RTSP)


@dataclass(frozen=True, slots=True)
class FoundStreams:
    """A camera's streams, with the credentials they were found with.

    `sub` is None where there is none, or where it is the main stream again. `maker` is empty where
    the paths do not tell it.
    """

    main: CameraAddress
    sub: CameraAddress | None
    maker: str


def typed_address(text: str) -> CameraAddress:
    """The address in `text`, which may be a host alone: `192.168.1.20`, `192.168.1.20:8554`.

    Raises KnownError.
    """
    text = text.strip()
    return parse_camera_address(text if "://" in text else f"rtsp://{text}")


def find_streams(
    address: CameraAddress, *, stop: threading.Event | None = None, budget_s: float = 10.0
) -> FoundStreams | None:
    """The streams at an RTSP address: those of its own path if it has one, else of any maker's.

    Waits for the camera, at most `budget_s`: not for the Qt thread. Raises KnownError when there
    is none; None when `stop` was set meanwhile.
    """
    try:
        return _Search(address, stop, budget_s).run()
    except CalledOff:
        return None


class _Search:
    def __init__(
        self, address: CameraAddress, stop: threading.Event | None, budget_s: float
    ) -> None:
        self._address = address
        self._stop = stop
        self._until_s = time.monotonic() + budget_s
        self._said = ""

    def run(self) -> FoundStreams:
        if self._address.path not in ("", "/"):
            return self._at_its_own_path()
        candidates = list(PAIRS)
        while candidates and time.monotonic() < self._until_s:
            pair = candidates.pop(0)
            found = self._at(pair, channel=1)
            if found is not None:
                return found
            candidates.sort(key=self._is_not_named)  # stable: the commonest stay first
        raise KnownError(
            msg("No stream was found where cameras usually have it."),
            do=msg("Type the whole address: the camera's manual or settings name it."),
        )

    def _at_its_own_path(self) -> FoundStreams:
        """The pair to which the path belongs, or the one stream at it."""
        known = pair_of(self._address.path)
        found = self._at(*known) if known else None
        if found is not None:
            return found
        stream = self._stream(self._address.path)
        if isinstance(stream, Answer):
            raise refused_trial(stream)
        return FoundStreams(stream.address, None, "")

    def _at(self, pair: StreamPair, channel: int) -> FoundStreams | None:
        main_path, sub_path = pair.paths(channel)
        main = self._stream(main_path)
        if isinstance(main, Answer):
            return None
        sub = self._stream(sub_path)
        if isinstance(sub, Answer) or _is_same(main, sub):
            return FoundStreams(main.address, None, pair.maker)
        return FoundStreams(main.address, sub.address, pair.maker)

    def _stream(self, path: str) -> Description | Answer:
        """What the camera says about a path, or that it has nothing there. Raises KnownError when
        there is no use in asking on."""
        left_s = self._until_s - time.monotonic()
        patience = Patience(min(BUDGET_S, max(left_s, 0.1)), self._stop)
        try:
            with described(replace(self._address, path=path), patience) as description:
                self._said = self._said or description.conversation.calls_itself
        except Found as found:
            return self._judged(found.answer)
        if description.reply is None:  # too slow: it is not to be asked twenty times
            return self._judged(Answer(Finding.SILENT))
        if description.answer.finding is not Finding.REACHABLE:
            return self._judged(description.answer)
        return description

    def _judged(self, answer: Answer) -> Answer:
        refuses_us = answer.finding is Finding.WRONG_PASSWORD and answer.status == 401
        if refuses_us or answer.finding in _NO_WAY_ON:
            raise refused_trial(answer)
        return answer

    def _is_not_named(self, pair: StreamPair) -> bool:
        return not (pair.says and re.search(pair.says, self._said, re.IGNORECASE))


def _is_same(one: Description, other: Description) -> bool:
    """Whether the decoder would be told the same about both: a camera that answers to any path."""
    sets = _parameter_sets(one)
    return bool(sets) and sets == _parameter_sets(other)


def _parameter_sets(description: Description) -> list[str]:
    body = description.reply.body if description.reply else ""
    return re.findall(r"sprop-(?:parameter-sets|vps|sps|pps)=([\w+/=,]+)", body, re.ASCII)

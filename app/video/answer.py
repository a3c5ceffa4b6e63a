"""What a camera is found to be before the decoder is let near it. Knows no sockets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.cameras.address import CameraAddress


class Finding(StrEnum):
    """What the pre-flight found."""

    REACHABLE = "reachable"
    REFUSED = "refused"  # the device is there, nothing listens
    UNREACHABLE = "unreachable"  # no way there, no such name, or a black hole
    SILENT = "silent"  # takes the connection and gives no answer
    NOT_RTSP = "not_rtsp"  # answers in another language
    WRONG_PASSWORD = "wrong_password"
    NO_SUCH_STREAM = "no_such_stream"
    NO_VIDEO = "no_video"
    TURNED_AWAY = "turned_away"  # an error of the camera's own, as when it has too many viewers
    SENT_ON = "sent_on"  # names another address, and that one cannot be used
    NO_MEDIA = "no_media"  # agrees to play, and plays nothing

    @property
    def means_an_answer(self) -> bool:
        """Whether something at the address answered, if only to refuse."""
        return self not in (Finding.REFUSED, Finding.UNREACHABLE, Finding.SILENT)


@dataclass(frozen=True, slots=True)
class Answer:
    """The finding; the camera's status code and the codec it offers, where it said so.

    `sent_on_to` is the address to open when the camera named another one than was asked.
    """

    finding: Finding
    status: int | None = None
    codec: str | None = None
    sent_on_to: CameraAddress | None = None


class Found(Exception):  # noqa: N818 - ends the conversation early; not an error
    """The conversation came to its end before it was over."""

    def __init__(self, finding: Finding, status: int | None = None) -> None:
        super().__init__(finding.value)
        self.answer = Answer(finding, status)

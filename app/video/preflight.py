"""Asks a camera whether it would send a picture, before the decoder is let near it. Sockets only.

OpenCV opens one camera at a time per process, so one dead camera would hold up all others for its
whole timeout. This question is asked in parallel and answered within its budget.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from app.cameras.address import CameraAddress, parse_camera_address
from app.errors import KnownError
from app.video.answer import Answer, Finding, Found
from app.video.camera_connection import CalledOff, CameraConnection, Patience
from app.video.rtsp import LARGEST_ANSWER_BYTES, Conversation, Reply
from app.video.rtsp_session import playing

__all__ = [
    "BUDGET_S",
    "LARGEST_ANSWER_BYTES",
    "MEDIA_BUDGET_S",
    "Answer",
    "CalledOff",
    "Description",
    "Finding",
    "described",
    "examine",
    "where_sent",
]

BUDGET_S = 1.5
MEDIA_BUDGET_S = 4.0
"""A camera that sends nothing for so long would not get past the decoder's opening either."""


def examine(
    address: CameraAddress,
    *,
    budget_s: float = BUDGET_S,
    until_media: bool = False,
    stop: threading.Event | None = None,
) -> Answer:
    """Connect, and ask an RTSP camera to describe its stream; at most `budget_s` seconds.

    With `until_media` the camera is also made to play, and must send its first packet within
    `MEDIA_BUDGET_S` more. A camera over HTTP is only connected to. One that answered, but not in
    time to the end, counts as reachable: the decoder may wait longer than this. A camera that
    names another address is asked there, once: `Answer.sent_on_to`. Raises CalledOff when `stop`
    is set meanwhile.
    """
    patience = Patience(budget_s, stop)
    try:
        if not address.is_rtsp:
            CameraConnection(address, patience).close()
            return Answer(Finding.REACHABLE)
        with described(address, patience) as description:
            if until_media and description.answer.finding is Finding.REACHABLE:
                return _played(description)
            return description.answer
    except Found as found:
        return found.answer


@dataclass(frozen=True, slots=True)
class Description:
    """An open conversation in which the camera has described its stream, or refused to.

    `address` is the one that answered: after a redirection not the one asked. `reply` is None if
    the camera was too slow to describe.
    """

    conversation: Conversation = field(repr=False)
    address: CameraAddress
    reply: Reply | None
    answer: Answer


@contextmanager
def described(address: CameraAddress, patience: Patience) -> Iterator[Description]:
    """The camera's description of its stream, the connection open inside the block.

    Follows one redirection. Raises Found, CalledOff.
    """
    description = _description(address, patience)
    try:
        reply = description.reply
        if reply is not None and _is_redirection(reply):
            description.conversation.close()
            description = _description_at(where_sent(address, reply), patience)
        yield description
    finally:
        description.conversation.close()


def _description(address: CameraAddress, patience: Patience) -> Description:
    """OPTIONS, DESCRIBE, and DESCRIBE again with the password if the camera wants one."""
    conversation = Conversation(address, patience)
    try:
        first = conversation.ask("OPTIONS", sign=False)  # unsigned: a password is tried once only
        if _is_redirection(first):
            return Description(conversation, address, first, _judged(first))
        try:
            reply = conversation.ask("DESCRIBE", headers="Accept: application/sdp\r\n")
        except Found as found:
            if found.answer.finding is not Finding.SILENT:
                raise
            return Description(conversation, address, None, Answer(Finding.REACHABLE))
    except (Found, CalledOff):
        conversation.close()
        raise
    return Description(conversation, address, reply, _judged(reply))


def _description_at(address: CameraAddress, patience: Patience) -> Description:
    """Ask where the camera sent us: as the decoder would, but once, and only where it may."""
    description = _description(address, patience)
    reply, answer = description.reply, description.answer
    sent_on_again = reply is not None and _is_redirection(reply)
    asks_for_password = answer.finding is Finding.WRONG_PASSWORD and address.username is None
    if sent_on_again or asks_for_password:
        description.conversation.close()
        raise Found(Finding.SENT_ON, answer.status)
    return replace(description, answer=replace(answer, sent_on_to=address))


def where_sent(before: CameraAddress, reply: Reply) -> CameraAddress:
    """The address that a redirection names, with our password only if it is on the same host.

    Raises Found when it is none, no RTSP, or would say in the clear what was encrypted.
    """
    try:
        address = parse_camera_address(reply.header("location") or "").without_credentials
    except KnownError:
        raise Found(Finding.SENT_ON, reply.status) from None
    if not address.is_rtsp or (before.is_encrypted and not address.is_encrypted):
        raise Found(Finding.SENT_ON, reply.status)
    if address.host == before.host:
        address = address.with_credentials(before.username, before.password)
    return address


def _is_redirection(reply: Reply) -> bool:
    return 300 <= reply.status < 400


def _judged(reply: Reply) -> Answer:
    if reply.status in (401, 403):
        return Answer(Finding.WRONG_PASSWORD, reply.status)
    if reply.status in (404, 410, 454):
        return Answer(Finding.NO_SUCH_STREAM, reply.status)
    if reply.status != 200:
        return Answer(Finding.TURNED_AWAY, reply.status)
    video = re.search(r"^m=video .*?(?=^m=|\Z)", reply.body, re.MULTILINE | re.DOTALL)
    if video is None:
        return Answer(Finding.NO_VIDEO, reply.status)
    codec = re.search(r"^a=rtpmap:\d+ ([\w.-]+)/", video[0], re.MULTILINE)
    return Answer(Finding.REACHABLE, reply.status, codec[1] if codec else None)


def _played(description: Description) -> Answer:
    """Reachable if the camera really sends; else what it said, or that nothing came."""
    if description.reply is None:
        raise Found(Finding.NO_MEDIA)
    conversation = description.conversation
    conversation.go_on(conversation.patience.renewed(MEDIA_BUDGET_S))
    with playing(conversation, description.reply) as channels:
        try:
            for packet in conversation.packets():
                if packet.channel == channels.rtp:
                    return description.answer
        except OSError:  # the time-out too
            pass
    raise Found(Finding.NO_MEDIA)

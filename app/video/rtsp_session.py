"""Lets a camera play its video over the connection it is asked on (RFC 2326 §10.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from app.video.answer import Finding, Found
from app.video.camera_connection import Patience
from app.video.rtsp import Conversation, Reply

_FAREWELL_S = 0.3
"""A camera is told that we leave: many have room for few viewers. It need not answer."""


class Channels(NamedTuple):
    """On which channels the camera sends pictures, and reports about them."""

    rtp: int
    rtcp: int


@contextmanager
def playing(conversation: Conversation, description: Reply) -> Iterator[Channels]:
    """The video that `description` (the reply to DESCRIBE) offers plays inside the block.

    Only over TCP, as the decoder would ask for it. Raises Found when the camera does not agree.
    """
    base, track = _addresses(conversation, description)
    transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
    reply = _agreed(conversation.ask("SETUP", track, transport))
    session, channels = _session(reply), _channels(reply)
    conversation.expect(partial(_is_packet, channels, _formats(description)))
    try:
        _agreed(conversation.ask("PLAY", base, session + "Range: npt=0.000-\r\n"))
        yield channels
    finally:
        conversation.go_on(Patience(_FAREWELL_S))
        conversation.tell("TEARDOWN", base, session)


def _agreed(reply: Reply) -> Reply:
    if reply.status in (401, 403):
        raise Found(Finding.WRONG_PASSWORD, reply.status)
    if reply.status != 200:
        raise Found(Finding.TURNED_AWAY, reply.status)
    return reply


def _addresses(conversation: Conversation, description: Reply) -> tuple[str, str]:
    """The URLs of the whole stream and of its video track."""
    asked = conversation.address.asking_url()
    base = description.header("content-base") or description.header("content-location") or asked
    if not re.fullmatch(r"rtsps?://[\x21-\x7e]+", base):
        base = asked
    session_part, _, _ = description.body.partition("\nm=")
    video = re.search(r"^m=video .*?(?=^m=|\Z)", description.body, re.MULTILINE | re.DOTALL)
    whole = _joined(base, _control(session_part))
    return whole, _joined(base, _control(video[0] if video else ""))


def _control(part: str) -> str:
    found = re.search(r"^a=control:([\x21-\x7e]+)", part, re.MULTILINE)
    return found[1] if found else "*"


def _joined(base: str, control: str) -> str:
    if control == "*":
        return base
    if re.match(r"rtsps?://", control):
        return control
    return base.rstrip("/") + "/" + control.lstrip("/")


def _formats(description: Reply) -> frozenset[int]:
    """The payload types that the video may have; empty if it does not say."""
    found = re.search(r"^m=video \d{1,5} RTP/\S+((?: \d{1,3})+)", description.body, re.MULTILINE)
    return frozenset(map(int, found[1].split())) if found else frozenset()


def _is_packet(channels: Channels, formats: frozenset[int], head: bytes) -> bool:
    """Whether a packet begins so (RFC 3550 §5.1, §6.4). Among random bytes a mark is soon found,
    and up to 64 KB would be waited for behind it, long after the camera is well again."""
    if head[1] not in channels:
        return False
    if int.from_bytes(head[2:4], "big") < 2:
        return True
    if head[1] == channels.rtcp:
        is_known = 192 <= head[5] <= 223
    else:
        is_known = not formats or head[5] & 0x7F in formats
    return head[4] >> 6 == 2 and is_known


def _session(reply: Reply) -> str:
    number = re.match(r"[\x21-\x3a\x3c-\x7e]+", reply.header("session") or "")
    return f"Session: {number[0]}\r\n" if number else ""


def _channels(reply: Reply) -> Channels:
    given = re.search(r"interleaved=(\d{1,3})-(\d{1,3})\b", reply.header("transport") or "")
    return Channels(int(given[1]), int(given[2])) if given else Channels(0, 1)

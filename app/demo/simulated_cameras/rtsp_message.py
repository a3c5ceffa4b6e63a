"""RTSP 1.0 requests, answers and SDP as text (RFC 2326, RFC 6184, RFC 7798). Knows no sockets."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from app.demo.simulated_cameras.nal_units import ParameterSets
from app.demo.simulated_cameras.rtp import CLOCK_HZ, PAYLOAD_TYPE
from app.demo.simulated_cameras.spec import Codec

TRACK = "trackID=0"

_REASONS = {
    200: "OK",
    302: "Moved Temporarily",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    461: "Unsupported Transport",
    501: "Not Implemented",
}


class BadRequestError(ValueError):
    """Not an RTSP request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Header names are in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """`/C01/sub` of `rtsp://host:port/C01/sub/trackID=0?x`."""
        path = unquote(urlsplit(self.url).path).rstrip("/")
        return path.removesuffix(TRACK).rstrip("/")


def parse_request(head: bytes) -> Request:
    """The request in `head`, which ends with an empty line. Raises `BadRequestError`."""
    try:
        first, *rest = head.decode("utf-8").rstrip("\r\n").split("\r\n")
        method, url, version = first.split(" ")
        urlsplit(url)
    except ValueError as error:
        raise BadRequestError("not an RTSP request") from error
    if not version.startswith("RTSP/1."):
        raise BadRequestError("not RTSP 1.0")
    pairs = (line.partition(":") for line in rest)
    return Request(method, url, {name.strip().lower(): value.strip() for name, _, value in pairs})


def response(
    request: Request | None, status: int, headers: Mapping[str, str] | None = None, body: str = ""
) -> bytes:
    """An answer as it goes on the wire."""
    lines = [f"RTSP/1.0 {status} {_REASONS[status]}"]
    if request is not None and "cseq" in request.headers:
        lines.append(f"CSeq: {request.headers['cseq']}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    data = body.encode()
    if data:
        lines.append(f"Content-Length: {len(data)}")
    return "\r\n".join([*lines, "", ""]).encode() + data


def description(name: str, sets: ParameterSets, fps: float) -> str:
    """The SDP of a stream with one track."""
    encoding, form = _h264(sets) if sets.codec is Codec.H264 else _hevc(sets)
    lines = (
        "v=0",
        "o=- 0 0 IN IP4 127.0.0.1",
        f"s={name}",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        "a=range:npt=now-",
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
        f"a=rtpmap:{PAYLOAD_TYPE} {encoding}/{CLOCK_HZ}",
        f"a=fmtp:{PAYLOAD_TYPE} {form}",
        f"a=framerate:{fps:g}",
        f"a=control:{TRACK}",
    )
    return "\r\n".join([*lines, ""])


def _h264(sets: ParameterSets) -> tuple[str, str]:
    sprop = ",".join(_in_base64(part) for part in (sets.sps, sets.pps))
    form = f"packetization-mode=1;profile-level-id={sets.sps[1:4].hex().upper()}"
    return "H264", f"{form};sprop-parameter-sets={sprop}"


def _hevc(sets: ParameterSets) -> tuple[str, str]:
    named = {"vps": sets.vps, "sps": sets.sps, "pps": sets.pps}
    form = ";".join(f"sprop-{name}={_in_base64(part)}" for name, part in named.items())
    return "H265", form


def _in_base64(part: bytes) -> str:
    return base64.b64encode(part).decode()


def interleaved_channels(transport: str) -> tuple[int, int] | None:
    """RTP and RTCP channel of a `Transport` header, or None when it does not ask for TCP."""
    for offer in transport.split(","):
        fields = [part.strip() for part in offer.split(";")]
        if fields[0].upper() != "RTP/AVP/TCP":
            continue
        wanted = next((part for part in fields if part.startswith("interleaved=")), None)
        try:
            low, _, high = (wanted or "interleaved=0-1").partition("=")[2].partition("-")
            rtp, rtcp = int(low), int(high or int(low) + 1)
        except ValueError:
            return None
        return (rtp, rtcp) if 0 <= rtp <= 255 and 0 <= rtcp <= 255 else None
    return None

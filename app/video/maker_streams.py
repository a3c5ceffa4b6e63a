"""Where the makers whose cameras are common in Thailand serve their streams. Knows no network.

From the makers' own pages where they have one: Hikvision ISAPI, Dahua and Uniview integration
notes, Axis VAPIX, Hanwha SUNAPI, Milesight and TP-Link support; the rest is what installers use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StreamPair:
    """Two paths of one camera, as `str.format` templates. `channel` counts from 1; a recorder has
    several."""

    maker: str
    """Its name, as on the box; empty for paths that many makers use."""
    main: str
    sub: str
    says: str = ""
    """What such a camera calls itself when it asks for a password (a pattern), if known."""

    def paths(self, channel: int = 1) -> tuple[str, str]:
        """The paths of main and sub stream."""
        return self.main.format(channel=channel), self.sub.format(channel=channel)

    def channel_of(self, path: str) -> int | None:
        """Which channel's stream this path is, main or sub; None if it is neither."""
        for template in (self.main, self.sub):
            before, field, after = re.split(r"(\{[^}]*\}|$)", template, maxsplit=1)
            number = r"(\d{1,3})" if field else ""
            pattern = re.escape(before) + number + re.escape(after)
            found = re.fullmatch(pattern, path, re.IGNORECASE | re.ASCII)
            if found:
                return int(found[1]) if found.groups() else 1
        return None


PAIRS: tuple[StreamPair, ...] = (
    StreamPair(
        "Hikvision",
        "/Streaming/Channels/{channel}01",
        "/Streaming/Channels/{channel}02",
        says=r"hikvision|ip camera\(|^ds-",
    ),
    StreamPair(
        "Dahua",
        "/cam/realmonitor?channel={channel}&subtype=0",
        "/cam/realmonitor?channel={channel}&subtype=1",
        says=r"^login to",
    ),
    StreamPair("TP-Link", "/stream1", "/stream2", says=r"tp-link|vigi"),
    StreamPair("Uniview", "/media/video1", "/media/video2", says=r"uniview|unv"),
    StreamPair("Uniview", "/unicast/c{channel}/s0/live", "/unicast/c{channel}/s1/live"),
    StreamPair(
        "Reolink",
        "/h264Preview_{channel:02}_main",
        "/h264Preview_{channel:02}_sub",
        says=r"bc streaming",
    ),
    StreamPair("Hanwha", "/profile2/media.smp", "/profile3/media.smp", says=r"ipolis|hanwha"),
    StreamPair(
        "Axis",
        "/axis-media/media.amp",
        "/axis-media/media.amp?resolution=640x360",
        says=r"^axis",
    ),
    StreamPair("Vivotek", "/live1s1.sdp", "/live1s2.sdp", says=r"vivotek"),
    StreamPair(
        "i-PRO", "/MediaInput/h264/stream_1", "/MediaInput/h264/stream_2", says=r"panasonic"
    ),
    StreamPair("Bosch", "/rtsp_tunnel?inst=1", "/rtsp_tunnel?inst=2", says=r"bosch"),
    StreamPair("Milesight", "/main", "/sub", says=r"milesight"),
    StreamPair("Foscam", "/videoMain", "/videoSub", says=r"foscam"),
    StreamPair("Hikvision", "/h264/ch{channel}/main/av_stream", "/h264/ch{channel}/sub/av_stream"),
    StreamPair("", "/live/ch00_0", "/live/ch00_1"),
    StreamPair("", "/live/ch0", "/live/ch1"),
    StreamPair("", "/live/main", "/live/sub"),
    StreamPair("", "/11", "/12"),
    StreamPair("", "/onvif1", "/onvif2"),
    StreamPair("", "/live", "/live2"),
)
"""The commonest first: a camera that answers to any path is asked for these."""


def pair_of(path: str) -> tuple[StreamPair, int] | None:
    """The pair, and the channel, to which a path belongs."""
    for pair in PAIRS:
        channel = pair.channel_of(path)
        if channel is not None:
            return pair, channel
    return None

"""Encoders as cameras have them: no delay, no B-pictures, keyframes in time. Knows no RTSP."""

from __future__ import annotations

from fractions import Fraction

import av
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext

from app.demo.simulated_cameras.sources import Encoding
from app.demo.simulated_cameras.spec import Codec

# (library, name of its own options, those options): one thread each, and nothing but pictures.
_LIBRARIES = {
    Codec.H264: ("libx264", "x264-params", "sliced-threads=0"),
    Codec.HEVC: (
        "libx265",
        "x265-params",
        "pools=none:frame-threads=1:bframes=0:open-gop=0:info=0:log-level=none",
    ),
}


def open_encoder(encoding: Encoding, *, keyframe_every_s: float) -> VideoCodecContext:
    """An encoder for I420 pictures whose `pts` counts pictures. Its `extradata` has the
    parameter sets, its packets have none.
    """
    library, named, own = _LIBRARIES[encoding.codec]
    size = encoding.size
    every = max(1, round(keyframe_every_s * size.fps))
    encoder = av.CodecContext.create(library, "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height = size.width_px, size.height_px
    encoder.pix_fmt = "yuv420p"
    encoder.time_base = Fraction(1, size.fps)
    encoder.framerate = Fraction(size.fps)
    encoder.thread_count = 1
    encoder.flags |= Flags.global_header
    encoder.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "crf": "25",
        "forced-idr": "1",
        named: f"keyint={every}:min-keyint={every}:scenecut=0:{own}",
    }
    encoder.open()
    return encoder

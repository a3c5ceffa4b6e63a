"""What playback may take of the machine, and how long things hold. Plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

SPEEDS = (-16.0, -4.0, -1.0, -0.5, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """All of one playback, whatever the number of cameras it shows."""

    kept_bytes: int = 216_000_000
    """Decoded pictures kept at tile size, 1.5 bytes a pixel, for steps and for playing backwards;
    shared by the cameras. A group of 50 at 960×540 takes 39 MB."""
    open_files: int = 3
    """Of each camera: the segment in use, the one after it, and one of the other stream."""
    threads_alone: int = 2
    """Of the decoder while one camera is shown; more cameras have one each."""
    main_cameras: int = 4
    """How many play their main stream at a time; the rest the sub stream, if they have one."""
    least_main_height_px: int = 172
    """Smaller tiles are played from the sub stream (as on the wall)."""
    ahead_s: float = 0.5
    """How far, in seconds of a person's time, pictures are decoded before they are due."""
    ready_pictures: int = 16
    """How many of them lie where the window finds them."""
    shown_per_s: float = 125.0
    """At higher speeds pictures between are left out."""
    hold_s: float = 2.5
    """How long playing waits after a jump for the slowest camera."""
    gap_after_s: float = 0.4
    """A last picture stands this long when nothing follows it."""
    still_after_s: float = 2.0
    """So long does a picture stand inside a segment whose camera sent nothing meanwhile."""
    behind_live_s: float = 2.0
    """Followed live: fragments of one second, then the index."""
    look_again_s: float = 0.25
    """How often the index is asked again where there is nothing, and a growing file for more."""

"""The listening sockets of the cameras, bound before their process starts. Knows no asyncio."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
_BACKLOG = 128


@dataclass(frozen=True, slots=True)
class Sockets:
    """One for all cameras, and one by camera id for each that has its own."""

    shared: socket.socket
    own: Mapping[str, socket.socket]

    @classmethod
    def bound(cls, wanted_port: int, camera_ids: Iterable[str]) -> Sockets:
        """The shared one on `wanted_port`, or any where that is 0 or another program has it."""
        own = {camera_id: _listening(0) for camera_id in camera_ids}
        try:
            return cls(_listening(wanted_port), own)
        except OSError:
            if wanted_port == 0:
                raise
            return cls(_listening(0), own)

    def ports(self) -> dict[str, int]:
        """The port of each camera that has its own."""
        return {camera_id: _port(one) for camera_id, one in self.own.items()}

    @property
    def shared_port(self) -> int:
        """The port of all."""
        return _port(self.shared)

    def close(self) -> None:
        """Let go of them here; the process they were handed to keeps its own."""
        for one in (self.shared, *self.own.values()):
            one.close()


def _port(one: socket.socket) -> int:
    return int(one.getsockname()[1])


def _listening(port: int) -> socket.socket:
    return socket.create_server((LOOPBACK, port), backlog=_BACKLOG)

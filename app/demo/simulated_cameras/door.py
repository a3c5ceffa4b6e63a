"""A listening socket that can be shut and opened again on the same port. Knows no RTSP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

OnConnection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
BACKLOG = 128


class Door:
    """Opens and shuts one port. All methods belong to the event loop's thread."""

    def __init__(
        self, listening: socket.socket, on_connection: OnConnection, *, line_max_bytes: int
    ) -> None:
        """`listening` is bound already, and listens."""
        self._address = listening.getsockname()[:2]
        self._socket = listening
        self._on_connection = on_connection
        self._line_max_bytes = line_max_bytes
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """Where it is."""
        return int(self._address[1])

    async def open(self) -> None:
        """Take connections, if it does not already."""
        if self._server is None:
            self._socket.listen(BACKLOG)
            self._server = await asyncio.start_server(
                self._on_connection,
                sock=self._socket,
                limit=self._line_max_bytes,
                backlog=BACKLOG,
            )

    def shut(self) -> None:
        """Refuse connections from now on; those there are stay.

        The port stays ours: a socket that is bound and does not listen refuses whoever connects,
        and nobody else gets the number meanwhile.
        """
        if self._server is not None:
            self._server.close()
            self._server = None
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind(self._address)

    def close(self) -> None:
        """Give the port away."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._socket.close()

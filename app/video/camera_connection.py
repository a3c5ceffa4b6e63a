"""A connection to a camera that waits no longer than it may. Sockets and TLS; knows no RTSP."""

from __future__ import annotations

import errno
import ipaddress
import os
import queue
import selectors
import socket
import ssl
import threading
import time

from app.cameras.address import CameraAddress
from app.video.answer import Finding, Found

_LOOK_AGAIN_S = 0.05
"""How soon a conversation that is called off notices."""
_UNDER_WAY = (errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0))
_PIECE_BYTES = 64 * 1024


class CalledOff(Exception):  # noqa: N818 - somebody no longer wants to know
    """The stop event was set while the camera was being asked."""


class Patience:
    """How long a conversation may still take, whoever answers, and however slowly."""

    def __init__(self, budget_s: float, stop: threading.Event | None = None) -> None:
        self._until_s = time.monotonic() + budget_s
        self._stop = stop

    def wait_s(self) -> float:
        """How long the next wait may be. Raises TimeoutError when the budget is spent, and
        CalledOff when nobody wants to know any more."""
        if self._stop is not None and self._stop.is_set():
            raise CalledOff
        left_s = self._until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        return left_s if self._stop is None else min(left_s, _LOOK_AGAIN_S)

    def renewed(self, budget_s: float) -> Patience:
        """Another budget, called off by the same event."""
        return Patience(budget_s, self._stop)


class CameraConnection:
    """An open connection. What cannot be opened raises Found, with the reason."""

    def __init__(self, address: CameraAddress, patience: Patience) -> None:
        self.patience = patience
        self._socket = _reached(address, patience)
        if address.is_encrypted:
            self._socket = _encrypted(self._socket, address.host, patience)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Send it all. Requests are small: they fit what the network takes at once."""
        self.patience.wait_s()
        self._socket.settimeout(1.0)
        self._socket.sendall(data)

    def receive(self) -> bytes:
        """What came next, at least one byte. Raises ConnectionResetError at the end."""
        while True:
            self._socket.settimeout(self.patience.wait_s())
            try:
                data = self._socket.recv(_PIECE_BYTES)
            except TimeoutError:
                continue  # the patience says whether to go on
            if not data:
                raise ConnectionResetError
            return data


def _reached(address: CameraAddress, patience: Patience) -> socket.socket:
    try:
        host = _resolved(address.host, patience)
        return _connected(host, address.port, patience)
    except ConnectionRefusedError:
        raise Found(Finding.REFUSED) from None
    except OSError:  # a time-out, no route, no such name
        raise Found(Finding.UNREACHABLE) from None


def _connected(host: str, port: int, patience: Patience) -> socket.socket:
    """Connected without blocking, so that calling off need not wait for a black hole."""
    connection = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        connection.setblocking(False)
        failed = connection.connect_ex((host, port))
        if failed in _UNDER_WAY:
            _wait_until_connected(connection, patience)
            failed = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed:
            raise OSError(failed, os.strerror(failed))
    except (OSError, CalledOff):
        connection.close()
        raise
    return connection


def _wait_until_connected(connection: socket.socket, patience: Patience) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_WRITE)
        while not selector.select(patience.wait_s()):
            pass


def _encrypted(connection: socket.socket, host: str, patience: Patience) -> ssl.SSLSocket:
    """TLS. Cameras sign their own certificates: TLS here keeps eavesdroppers out, it does not
    prove who answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    encrypted = context.wrap_socket(connection, server_hostname=host, do_handshake_on_connect=False)
    try:
        _shake_hands(encrypted, patience)
    except TimeoutError:
        encrypted.close()
        raise Found(Finding.SILENT) from None
    except OSError:
        encrypted.close()
        raise Found(Finding.NOT_RTSP) from None
    except CalledOff:
        encrypted.close()
        raise
    return encrypted


def _shake_hands(encrypted: ssl.SSLSocket, patience: Patience) -> None:
    while True:
        wait_s = patience.wait_s()
        try:
            encrypted.settimeout(wait_s)
            encrypted.do_handshake()
        except TimeoutError:
            continue  # the patience says whether to go on
        return


def _resolved(host: str, patience: Patience) -> str:
    """The host as numbers. A name server that does not answer cannot be interrupted, so names are
    asked for in a thread of their own, which is left to itself when the budget is spent."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass  # a name
    found: queue.SimpleQueue[str] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]))
        except OSError:
            found.put("")

    threading.Thread(target=look_up, name="name look-up", daemon=True).start()
    while True:
        wait_s = patience.wait_s()
        try:
            number = found.get(timeout=wait_s)
        except queue.Empty:
            continue  # the patience says whether to go on
        if not number:
            raise OSError
        return number

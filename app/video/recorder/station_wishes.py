"""What the station wants recorded and kept: read from its log and `station.toml`, never written.

Asked again and again; it looks closer only when something has changed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from app.cameras.address import CameraAddress
from app.cameras.camera import Camera, StreamKind
from app.cameras.passwords import CameraPasswords
from app.cameras.register import cameras
from app.errors import KnownError
from app.log import Connection, Head, Readers, head_of
from app.station import Profile, SecretStore, StationFolder
from app.station.profile import RecordedStreams
from app.station.profile_file import read_profile
from app.video.recorder.lock_keeping import Wishes, wishes
from app.video.recorder.retention import KeepRule
from app.video.recorder.stream_recording import StreamSource

_GB = 1_000_000_000

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One reading of it all."""

    profile: Profile
    cameras: tuple[Camera, ...] = ()
    locks: Wishes = field(default_factory=lambda: Wishes((), {}))

    @property
    def rule(self) -> KeepRule:
        """What is to be kept how long."""
        profile = self.profile
        most = profile.recordings_max_gb * _GB
        return KeepRule(profile.recordings_keep_days, profile.days_of_camera, most)

    @property
    def reserve_bytes(self) -> int:
        """How much of each disk stays free."""
        return self.profile.recordings_reserve_gb * _GB


class StationWishes:
    """One thread's."""

    def __init__(self, folder: StationFolder, secrets: SecretStore) -> None:
        self._folder = folder
        self._passwords = CameraPasswords(secrets, folder.profile.station_id)
        self._readers = Readers(folder.database)
        self._version: object = None
        self._file_seen: object = None
        self.wanted = Wanted(folder.profile)

    def close(self) -> None:
        """Let go of the station's log."""
        self._readers.close()

    def look(self) -> bool:
        """Read what has changed; whether anything had. KnownError when it cannot be read."""
        changed = self._look_at_profile()
        if not self._folder.database.is_file():
            return changed
        with self._readers.reading() as db:
            version = _version_of(db)
            if version == self._version:
                return changed
            found = tuple(cameras(db))
            self.wanted = Wanted(self.wanted.profile, found, wishes(db))
        self._version = version
        return True

    def known_head(self, origin: str) -> Head:
        """How far the station's log has taken in a chain."""
        if not self._folder.database.is_file():
            return Head(origin, 0, "")
        with self._readers.reading() as db:
            return head_of(db, origin)

    def folders(self) -> tuple[Path, ...]:
        """The recording folders that the station has chosen, absolute; none: its own."""
        root = self._folder.root
        return tuple(root / each for each in self.wanted.profile.recordings_folders)

    def sources(self) -> tuple[StreamSource, ...]:
        """Every stream that is to be recorded."""
        if not self.wanted.profile.recordings_enabled:
            return ()
        sound = self.wanted.profile.recordings_audio
        found = []
        for camera in self.wanted.cameras:
            urls = _recorded_urls(camera, self.wanted.profile.recordings_streams)
            found += [
                StreamSource(camera.id, kind, url, camera.username, sound)
                for kind, url in urls.items()
            ]
        return tuple(found)

    def address_of(self, source: StreamSource) -> CameraAddress:
        """Where to open a stream, with the password as it is now. KnownError; any thread."""
        return self._passwords.address(source.url, source.username, source.camera_id)

    def _look_at_profile(self) -> bool:
        """A file that cannot be read or understood leaves what was known."""
        try:
            status = self._folder.profile_file.stat()
            seen = (status.st_mtime_ns, status.st_size, status.st_ino)
            if seen == self._file_seen:
                return False
            self._file_seen = seen
            profile = read_profile(self._folder.profile_file).profile
        except (OSError, KnownError) as error:
            _logger.warning("station.toml was not read again: %s", error)
            return False
        changed = profile != self.wanted.profile
        self.wanted = Wanted(profile, self.wanted.cameras, self.wanted.locks)
        return changed


def _recorded_urls(camera: Camera, wanted: RecordedStreams) -> dict[StreamKind, str]:
    """Both streams, or the one that is wanted; of a camera with one stream always that one."""
    urls = {StreamKind.MAIN: camera.main_url}
    if camera.sub_url and camera.sub_url != camera.main_url:
        urls[StreamKind.SUB] = camera.sub_url
    if wanted is not RecordedStreams.BOTH and len(urls) > 1:
        kind = StreamKind(wanted.value)
        return {kind: urls[kind]}
    return urls


def _version_of(db: Connection) -> object:
    """Changes with every commit of another connection, and when the file is another one."""
    rows = db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()
    return db.execute("PRAGMA data_version").fetchone()[0], rows[0]

"""What every act of this room needs of the station around it, handed in once."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.clock import Clock
from app.evidence.seals import is_due, seal_log
from app.log import Entry, Log
from app.station import Disk, SecretStore, StationFolder
from app.station.signing_key import KeyShown, SigningKey, key_shown, station_key


@dataclass(frozen=True, slots=True)
class EvidenceOffice:
    """The station, its log and secrets, the disk and the clock. `program`: name and version."""

    folder: StationFolder
    log: Log
    secrets: SecretStore
    disk: Disk
    clock: Clock
    program: str
    under_way: set[str] = field(default_factory=set)
    """Names of the packages that are being written right now: no leftovers of a crash."""

    def key(self) -> SigningKey:
        """The signing key, made if there is none. Raises KnownError."""
        return station_key(self.folder, self.secrets, self.disk, self.clock)

    def key_shown(self) -> KeyShown:
        """What Setup and printed sheets say of the key; makes none. Raises KnownError."""
        return key_shown(self.folder, self.secrets)

    def seal_if_due(self) -> Entry | None:
        """Seal the log if the day that ended last is not sealed yet. Milliseconds if it is: to be
        asked every few minutes, never in the Qt thread. Raises KnownError."""
        with self.log.reading() as db:
            due = is_due(db, self.clock.now())
        return self.seal() if due else None

    def seal(self) -> Entry:
        """Seal the log now; the seal's entry, on the disk. Raises KnownError."""
        return self.seal_with(self.key())

    def seal_with(self, key: SigningKey) -> Entry:
        """The same with a key that was fetched before."""
        station_id = self.folder.profile.station_id
        return seal_log(self.log, key, station_id, self.clock).result()[-1]

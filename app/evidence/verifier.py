"""Checks a package and says what was found, in sentences that can be translated. Reads only.

The check itself is `enclosed/verify.py`, the very file that goes into packages: what a court's
expert reads there is what the station runs. Only the signatures are checked here by OpenSSL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, Message, msg
from app.evidence.enclosed import verify
from app.station.signing_key import has_signed, read_fingerprint

NotAPackageError = verify.NotAPackageError

_SENTENCES: Mapping[str, Message] = {
    "altered": msg("{camera} {when}: the footage was altered or is missing ({file})."),
    "moved": msg("{camera} {when}: the order of the footage was changed ({file})."),
    "inserted": msg("{camera} {when}: something was put in here ({file})."),
    "head_altered": msg("{camera}: the head of the file {file} was altered."),
    "tail_altered": msg("{camera}: the tail of the file {file} was altered."),
    "file": msg("The file {file} was altered."),
    "missing": msg("The file {file} is missing."),
    "renamed": msg("The file {file} was renamed to {now}."),
    "added": msg("The file {file} was added."),
    "name": msg("A file has a name that no package holds, and was not opened: {file}"),
    "manifest": msg(
        "The list {file} or its signature was altered: nothing in this package can be relied upon."
    ),
    "another_key": msg("The package is signed by another key, {key}, not by {wanted}."),
    "seal": msg("The seal of the log in this package ({file}) was altered."),
    "entry": msg("The entry {entry} of the log in this package was altered."),
    "source": msg(
        "{camera}: before the export, {file} was not what the recorder had written any more."
    ),
}


@dataclass(frozen=True, slots=True)
class PackageReport:
    """The answer of a check. `ok`: unaltered, and by the key that was named, if one was.

    `key` is the fingerprint of the key that signed, empty if there is none in the package.
    """

    findings: tuple[Message, ...]
    notes: tuple[Message, ...]
    key: str
    is_trusted: bool

    @property
    def ok(self) -> bool:
        return not self.findings

    def sentences(self) -> tuple[Message, ...]:
        """The whole answer for a person, the verdict first. Without a fingerprint from paper it
        never says more than whose key signed."""
        if not self.ok:
            return (msg("This package was altered."), *self.findings, *self.notes)
        if self.is_trusted:
            verdict = [msg("Unaltered since it was signed by key {key}, as named.", key=self.key)]
        else:
            verdict = [
                msg("Unaltered since it was signed by key {key}.", key=self.key),
                msg("Compare this fingerprint with the station's paper."),
            ]
        return (*verdict, *self.notes)


def is_package(path: Path) -> bool:
    """Whether `path` is meant to be a package: a zip, or a folder with a manifest."""
    return (path / verify.MANIFEST).is_file() or path.suffix.lower() == ".zip"


def check_package(path: Path, fingerprint: str = "") -> PackageReport:
    """Check the package at `path`; `fingerprint` is that of the key one trusts, as typed.

    KnownError: nothing there can be checked, or that is no fingerprint.
    """
    trusted = read_fingerprint(fingerprint) if fingerprint else ""
    try:
        verdict = verify.check(path, trusted, has_signed)
    except verify.NotAPackageError as error:
        raise KnownError(
            msg("{path} is not an evidence package that can be checked.", path=str(path)),
            safe=msg("Nothing was changed."),
            do=msg("Choose the package's folder or its zip, as the station gave it out."),
        ) from error
    return PackageReport(
        tuple(_sentence(finding) for finding in verdict.findings),
        tuple(_sentence(finding) for finding in verdict.notes),
        verdict.key,
        verdict.trusted,
    )


def _sentence(finding: verify.Finding) -> Message:
    return Message(_SENTENCES[finding.code].template, finding.values)

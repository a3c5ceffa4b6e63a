"""Why a camera shows no picture, in sentences for people. Holds no addresses and no passwords."""

from __future__ import annotations

from app.errors import KnownError, Message, msg
from app.video.health import CameraState
from app.video.preflight import Answer, Finding

STOPPED = msg("The camera stopped sending.")
FROZE = msg("The picture froze.")
NO_PICTURE = msg("The camera answers, but no picture comes.")
STUCK = msg("The decoder is stuck and does not come back.")
SLOW = msg("The camera sends less than one picture in two seconds.")
BEHIND = msg("This computer cannot keep up with the camera's pictures.")
TOO_LARGE = msg("The camera's pictures are too large to show.")
SPOILT = msg("What the camera sends arrives damaged.")
FAILED = msg("The program failed on this camera's stream.")
DECODER_STOPPED = msg("The decoder of this camera stopped; a new one has been started.")
NO_MEMORY = msg("This computer has no memory left for the camera's picture.")


class CameraLost(Exception):  # noqa: N818 - a state of a camera, not an error of the program
    """There is no picture (any more). `state` is what the tile shows, `reason` says why."""

    def __init__(self, reason: Message, state: CameraState = CameraState.LOST) -> None:
        super().__init__(reason.english())
        self.reason = reason
        self.state = state


_WHY: dict[Finding, Message] = {
    Finding.REFUSED: msg("The camera refuses the connection."),
    Finding.UNREACHABLE: msg("The camera cannot be reached."),
    Finding.SILENT: msg("The camera takes the connection but does not answer."),
    Finding.NOT_RTSP: msg("What answers at this address is not a camera."),
    Finding.WRONG_PASSWORD: msg("The camera does not accept the user name and password."),
    Finding.NO_SUCH_STREAM: msg("The camera has no stream of this name."),
    Finding.NO_VIDEO: msg("The stream holds no video."),
    Finding.SENT_ON: msg("The camera sends us on to another address that cannot be used."),
    Finding.NO_MEDIA: NO_PICTURE,
}

EVERY = (
    *(STOPPED, FROZE, NO_PICTURE, STUCK, FAILED, DECODER_STOPPED, NO_MEMORY),
    *(SLOW, BEHIND, TOO_LARGE, SPOILT),
    *(reason for reason in _WHY.values() if reason is not NO_PICTURE),
    msg("The camera turns us away (code {status}).", status=0),
)
"""All of them: a decode worker says which by its place here."""

_DO: dict[Finding, Message] = {
    Finding.REFUSED: msg("Check the port, and that the camera has finished starting."),
    Finding.UNREACHABLE: msg("Check the address, the cable and the camera's power."),
    Finding.SILENT: msg("Check the port; if it is right, switch the camera off and on."),
    Finding.NOT_RTSP: msg("Check the port: cameras usually use 554."),
    Finding.WRONG_PASSWORD: msg("Check the user name and password; too many tries lock a camera."),
    Finding.NO_SUCH_STREAM: msg("Check the last part of the address in the camera's manual."),
    Finding.NO_VIDEO: msg("Choose another stream of the camera."),
    Finding.SENT_ON: msg("Look up the address of the stream in the camera's own settings."),
    Finding.NO_MEDIA: msg("Choose another stream of the camera, or switch it off and on."),
    Finding.TURNED_AWAY: msg("Perhaps too many are watching it; try again in a minute."),
}

_STATES = {
    Finding.WRONG_PASSWORD: CameraState.WRONG_PASSWORD,
    Finding.NO_SUCH_STREAM: CameraState.NO_VIDEO,
    Finding.NO_VIDEO: CameraState.NO_VIDEO,
}


def why(answer: Answer) -> Message:
    """The sentence for a pre-flight that found no way in."""
    if answer.finding is Finding.TURNED_AWAY:
        return msg("The camera turns us away (code {status}).", status=answer.status)
    return _WHY[answer.finding]


def lost_by(answer: Answer) -> CameraLost:
    """The loss that a pre-flight's answer means."""
    return CameraLost(why(answer), _STATES.get(answer.finding, CameraState.LOST))


def refused_trial(answer: Answer) -> KnownError:
    """What is told to a person who tries this address."""
    return KnownError(why(answer), do=_DO[answer.finding])

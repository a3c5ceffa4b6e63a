"""Two fields for a new password, held against each other. Knows no store."""

from __future__ import annotations

from app.duty.passwords import LEAST_LETTERS, check_password
from app.errors import KnownError, msg
from app.thai.translation import explain, tr
from app.ui.setup.field_box import FieldBox


def rules() -> str:
    """What a password must be, in one line."""
    return tr("At least {least} letters, and not your name.", least=LEAST_LETTERS)


class NewPassword:
    """The two fields are the form's; this asks them."""

    def __init__(self, first: FieldBox, again: FieldBox) -> None:
        self.first, self.again = first, again

    def typed(self, name: str) -> str | None:
        """The password, if it will do and both are the same; else None, and a word at the field."""
        try:
            check_password(self.first.line.text(), name)
        except KnownError as error:
            self.first.tell(explain(KnownError(error.what, do=error.do)), "red")
            self.first.line.setFocus()
            return None
        if self.first.line.text() != self.again.line.text():
            self.again.tell(explain(KnownError(msg("The two are not the same."))), "red")
            self.again.line.setFocus()
            return None
        return self.first.line.text()

"""Which field of the form is what. Fields that nobody declared are not even looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casework.errors import Unreadable
from casework.odd_texts import mend_text
from casework.request import Details, Submission

#: A time after this is none, in Unix milliseconds; the year is 5138.
LATEST_TIME = 10**14
#: An id that is longer is none; HubSpot's have 36 characters. PostgreSQL's indexes take no text of
#: more than 2,700 bytes.
_LONGEST_ID = 200


@dataclass(frozen=True)
class FormField:
    """A form field's name and, where two objects share a name, the object's type id."""

    name: str
    object_type_id: str | None = None

    @classmethod
    def parse(cls, text: str) -> "FormField":
        """Read ``name`` or ``objectTypeId/name``."""
        object_type_id, slash, name = text.strip().rpartition("/")
        return cls(name.strip(), object_type_id.strip() if slash else None)


@dataclass(frozen=True)
class Answer:
    """One answer on a form as it came. ``repr`` shows no value."""

    name: str
    value: str
    object_type_id: str | None = None

    def __repr__(self) -> str:
        return f"Answer(name={self.name!r})"


@dataclass(frozen=True)
class FormFields:
    """The four fields of the form."""

    client_email: FormField
    organisation: FormField
    professional_email: FormField
    reason: FormField | None = None

    def read_row(self, row: object, *, listed: bool) -> Submission:
        """A row of HubSpot's list of submissions: ``conversionId``, ``submittedAt``, ``values``.

        Raises :class:`Unreadable` if it is none.
        """
        if not isinstance(row, dict) or not isinstance(row.get("values"), list):
            raise Unreadable("a row of the list of submissions has no values")
        return self.read_submission(
            _answers_of(row["values"]),
            conversion_id=read_conversion_id(row.get("conversionId")),
            submitted_at=read_time(row.get("submittedAt")),
            listed=listed,
        )

    def read_submission(
        self,
        answers: Iterable[Answer],
        *,
        conversion_id: str | None,
        submitted_at: int | None,
        listed: bool,
    ) -> Submission:
        """Make a submission of the answers.

        A listed submission is taken however little it holds, since it is somebody's request.
        Raises :class:`Unreadable` for any other in which a required field is not there.
        """
        found = list(answers)
        client_email = _find(found, self.client_email)
        organisation = _find(found, self.organisation)
        professional_email = _find(found, self.professional_email)
        required = {
            "client_email": client_email,
            "organisation": organisation,
            "professional_email": professional_email,
        }
        missing = [name for name, value in required.items() if not value]
        if missing and not listed:
            raise Unreadable(f"no value for {', '.join(missing)} (see FORM_FIELDS)")
        reason = _find(found, self.reason) if self.reason else ""
        details = Details(client_email, professional_email, reason)
        if submitted_at is not None and submitted_at > LATEST_TIME:
            submitted_at = None
        return Submission(details, organisation, conversion_id, submitted_at, listed)


def _answers_of(values: list[object]) -> Iterator[Answer]:
    for entry in values:
        if isinstance(entry, dict):
            yield Answer(
                read_text(entry.get("name")),
                read_text(entry.get("value")),
                read_text(entry.get("objectTypeId")) or None,
            )


def _find(answers: list[Answer], field: FormField) -> str:
    for answer in answers:
        same_object = None in (answer.object_type_id, field.object_type_id) or (
            answer.object_type_id == field.object_type_id
        )
        if answer.name == field.name and same_object and answer.value.strip():
            return answer.value.strip()
    return ""


def read_text(value: object) -> str:
    """Property values are text; a gateway may make numbers of them, or lists of one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        return mend_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def read_conversion_id(value: object) -> str | None:
    """A submission's id. Anything odd is none, since one id for two would lose a request."""
    text = read_text(value).strip() if isinstance(value, str) else ""
    return text if 0 < len(text) <= _LONGEST_ID else None


def read_time(value: object) -> int | None:
    """A time in Unix milliseconds, as a number or as text."""
    text = read_text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None

"""What the CRM's own form leaves behind: it writes the answers on the professional's contact.

Once a submission is sealed here, what it left there is blanked. The list of submissions and the
earlier values of properties cannot be taken away from here, so they are listed for a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casework.ports import Contacts, FormCopy
from casework.records import Records, Store
from casework.request import CreditRequest, Details
from casework.residue_records import Leftover, Place
from casework.typed_organisation import clean_organisation
from casework.worker import Leftovers, LookAgain, each_alone


@dataclass(frozen=True)
class ContactFields:
    """Which properties of the professional's contact the form writes, apart from the address.

    Those that the form writes elsewhere are empty.
    """

    client_email: str
    organisation: str
    reason: str

    @property
    def names(self) -> Sequence[str]:
        """Those that there are."""
        return [name for name in (self.client_email, self.organisation, self.reason) if name]


def sweep_residue(
    keys: Sequence[str],
    now: int,
    *,
    store: Store,
    contacts: Contacts,
    fields: ContactFields,
    delay: int,
) -> Leftovers:
    """Blank what these requests' submissions left on contacts, and list what stays.

    A workflow reads the same properties to tell us of the submission, so this waits for ``delay``
    milliseconds.
    """
    requests = store.read(lambda records: records.requests.find(keys))

    def sweep(reference: str) -> LookAgain | None:
        request = requests[reference]
        due = min(request.submitted_at, now) + delay
        if now < due:
            return LookAgain(due)
        _sweep(request, now, store, contacts, fields)
        return None

    return each_alone(list(requests), sweep)


def _sweep(
    request: CreditRequest, now: int, store: Store, contacts: Contacts, fields: ContactFields
) -> None:
    """Blank, and look again whether it is so."""
    details = store.read(lambda records: records.requests.get_details(request.reference))
    copy = _find_copy(contacts, details, fields)
    if copy and (ours := _ours(copy.values, request, details, fields)):
        contacts.blank(copy.contact_id, ours)
        copy = _find_copy(contacts, details, fields)
    store.write(partial(_record, request=request, copy=copy, now=now))


def _find_copy(contacts: Contacts, details: Details, fields: ContactFields) -> FormCopy | None:
    if "@" not in details.professional_email or not fields.names:
        return None
    return contacts.find_form_copy(details.professional_email, fields.names)


def _ours(
    values: Mapping[str, str], request: CreditRequest, details: Details, fields: ContactFields
) -> list[str]:
    """The fields that hold this submission's values, and not those of a later one."""
    typed = values.get(fields.organisation, "")
    same = {
        fields.client_email: _is_same(values.get(fields.client_email, ""), details.client_email),
        fields.organisation: request.organisation in _cleaned(typed, details),
        fields.reason: _is_same(values.get(fields.reason, ""), details.reason),
    }
    return [name for name in values if same.get(name)]


def _cleaned(typed: str, details: Details) -> set[str]:
    """What a request may have kept of it, whether or not it was known as a company's name then."""
    unknown = clean_organisation(typed, details.identity)
    return {unknown, clean_organisation(typed, details.identity, lambda _: True)}


def _is_same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _record(records: Records, request: CreditRequest, copy: FormCopy | None, now: int) -> None:
    reference = request.reference
    found = [(Place.SUBMISSION, "")]
    if copy:
        found += [(Place.PROPERTY, name) for name in copy.values]
        found += [(Place.HISTORY, name) for name in sorted(copy.remembered)]
    records.residue.replace(
        reference, [Leftover(reference, place, field, now) for place, field in found]
    )
    records.journal.write("residue_swept", reference, now, left=len(found))

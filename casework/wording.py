"""What staff read on a ticket: one status line, and notes that say what to do.

No text here has a place for anything that identifies a person.
"""

from datetime import UTC, datetime
from enum import StrEnum

RECEIVED = "Received. Ask the organisation, fill in the credits, then move to Approved or Declined."
APPROVED = "Approved. The credits are added after the undo window, unless this is moved away."
APPROVED_BY_RULE = (
    "Approved by the organisation's standing rule; nobody need be asked. The credits are added "
    "after the undo window, unless this is moved away."
)
DECLINED = "Declined. The professional is told after the undo window."
WITHDRAWN = "Withdrawn. No credits are added."
PLATFORM_AWAY = (
    "Approved, but the credits platform has not answered for an hour. Credits Desk keeps trying."
)
WAITING_FOR_LIST = (
    "Approved. The credits follow as soon as HubSpot's list of submissions shows this request, "
    "which proves that its values are right."
)


class Attention(StrEnum):
    """Why a request needs a person."""

    AMOUNT = "amount"
    UNKNOWN_CLIENT = "unknown_client"
    INCOMPLETE = "incomplete"
    ORGANISATION = "organisation"
    BY_HAND = "by_hand"
    KEY_CONFLICT = "key_conflict"
    REFUSED = "refused"
    TOO_LATE = "too_late"
    CORRECTED = "corrected"
    UNSURE_ORGANISATION = "unsure_organisation"
    CONTRADICTION = "contradiction"
    MERGED = "merged"
    UNCONFIRMED = "unconfirmed"
    PLATFORM_DIFFERS = "platform_differs"
    TAKEN_BACK = "taken_back"
    LETTER_UNSURE = "letter_unsure"
    IDENTITY_TYPED = "identity_typed"
    IDENTITY_SENT = "identity_sent"
    CONTACT_TAKEN_OFF = "contact_taken_off"
    SMALL_GROUP = "small_group"
    FORGOTTEN = "forgotten"
    RESTORED = "restored"
    RESTORED_CREDITED = "restored_credited"


_WHAT_TO_DO: dict[Attention, str] = {
    Attention.AMOUNT: (
        "This was moved to Approved, but “Credits to grant” is not a whole number from 1 to "
        "{maximum}. No credits were added. Fill in the number the organisation agreed to, then "
        "move it to Approved again."
    ),
    Attention.UNKNOWN_CLIENT: (
        "The credits platform knows no account with the client's address, so no credits were "
        "added. Ask the professional (whose address is kept in Credits Desk) to check the "
        "client's address and to send the form again; then move this one to Withdrawn. If the "
        "account was made in the meantime, move this to Approved again."
    ),
    Attention.INCOMPLETE: (
        "The form came without a usable client's address or without the professional's, so "
        "credits cannot be added. Ask the professional to send the form again, then move this "
        "one to Withdrawn."
    ),
    Attention.ORGANISATION: (
        "The form's field for the organisation was empty or held nothing that may be shown here. "
        "Look the submission up under Forms in HubSpot, or ask the professional, and write to the "
        "organisation from there."
    ),
    Attention.BY_HAND: (
        "This was moved to Credits added by hand, but no credits were added. Move it to Approved "
        "and Credits Desk adds them, or to Declined."
    ),
    Attention.KEY_CONFLICT: (
        "The credits platform says that this request's key was used for something else. Nothing "
        "more is tried. Please ask the people who run the credits platform to look up the key "
        "of this reference."
    ),
    Attention.REFUSED: (
        "The credits platform refused to add the credits, so none were added. Please ask the "
        "people who run Credits Desk, who find the reason in its log. Then move this to Approved "
        "again."
    ),
    Attention.TOO_LATE: (
        "The credits had already been added when this was moved, and nothing is taken back by "
        "itself. Taking them back has been proposed to the people who run Credits Desk. If they "
        "should stay, move this back to Credits added."
    ),
    Attention.CORRECTED: (
        "HubSpot's list of submissions shows that another organisation is meant than this first "
        "said; it has been corrected. Please look whether somebody has already written to the "
        "wrong one, and whether the wrong company is still tied to this record. Then go on from "
        "here as with a new request."
    ),
    Attention.UNSURE_ORGANISATION: (
        "It is not certain which company is meant. It may be: {candidates}. Choose the company on "
        "this record yourself before anybody writes to it, then go on as usual."
    ),
    Attention.CONTRADICTION: (
        "The organisation as typed is the name of {candidates}, but something on the form points "
        "to another company. Ask the professional which one is meant, and choose the company on "
        "this record yourself before anybody writes to it."
    ),
    Attention.MERGED: (
        "Another request's record was merged into this one. The two stay two requests, for two "
        "people: what happens here counts for this reference only. Ask the people who run Credits "
        "Desk to reopen the other, or agree on both with the organisation together."
    ),
    Attention.UNCONFIRMED: (
        "HubSpot's list of submissions has not shown this request for a day, so its values cannot "
        "be proved and no credits can be added. Look the submission up under Forms in HubSpot; if "
        "it is not there, ask the professional to send the form again."
    ),
    Attention.TAKEN_BACK: (
        "The credits of this reference were taken back earlier, and a reference adds credits once. "
        "If there should be credits after all, ask the professional to send the form again."
    ),
    Attention.IDENTITY_TYPED: (
        "A name, an address or a number of a person was typed on this record, so it was put back "
        "as it was. The name or address of anybody is taken off a record like this, right or "
        "wrong, so this says nothing about who the client is. Say people by their role, such as "
        "“the people in HR”. HubSpot keeps the old words in the property's history, and whoever "
        "had this open may have read them. If you know who the client is, do not write it here or "
        "in a mail; if it has already been sent to anybody, tell the people who run Credits Desk "
        "at once."
    ),
    Attention.IDENTITY_SENT: (
        "A mail about this request was sent by which the client could be recognised. What was sent "
        "cannot be called back. If anybody asks who it is about, do not answer, not even with no. "
        "Tell the people who run Credits Desk now: they look it up with `desk incidents`, and "
        "decide what the client has to be told. Please write the next mail from the letter on "
        "this record, and quote nothing of that one."
    ),
    Attention.CONTACT_TAKEN_OFF: (
        "A contact was on this record and has been taken off, since mails and views of the record "
        "would show it. Only somebody who is marked as a credits approver, and belongs to the "
        "company that is tied to this record, may stay."
    ),
    Attention.SMALL_GROUP: (
        "Few people belong to this organisation, so asking about one of them could tell who it is. "
        "Please do not write to it about this request alone. What you can do: agree a standing "
        "rule with the organisation (or widen the one there is), so that nobody need be asked "
        "about one person; or gather several requests and ask for all of them together; or ask "
        "the client, through the professional, whether to go on although the organisation may "
        "guess; or pay from another pot. Then go on from here. Tell the organisation neither when "
        "this came in nor how many have asked before."
    ),
    Attention.FORGOTTEN: (
        "The data behind this reference was erased: the person it was about asked for that, or it "
        "was kept for as long as it may be. Nothing can be granted for it any more, and who it was "
        "is not known here any more. Move this to Withdrawn."
    ),
    Attention.RESTORED: (
        "Credits Desk was restored from a backup, and there may be an older record for this same "
        "submission that it does not know any more. Before you approve anything, look among the "
        "records of these days for one with the same organisation. If there is one, go on with "
        "that one only if the people who run Credits Desk tell you that it is known again; "
        "otherwise move it to Withdrawn and go on with this one. If credits were already added "
        "for the older one, move this one to Withdrawn."
    ),
    Attention.RESTORED_CREDITED: (
        "Credits Desk was restored from a backup. This stood at Credits added, but nothing shows "
        "any more that credits were added for it. Do not approve it yet: ask the people who run "
        "Credits Desk to look for its reference where credits are entered. If it is there, move "
        "this to Withdrawn; the client has them. If it is not, move this to Approved."
    ),
    Attention.LETTER_UNSURE: (
        "The letter to the organisation was about to be sent when the connection broke, and it "
        "cannot be seen in the thread. Please look whether it has gone, and send it yourself if "
        "it has not. Nothing more is sent by itself."
    ),
    Attention.PLATFORM_DIFFERS: (
        "The credits platform no longer shows the credits that were added for this reference, or "
        "shows another number. Nothing is done about it by itself. Please tell the people who run "
        "the credits platform."
    ),
}


def note_for(attention: Attention, credits_max: int, candidates: str = "") -> str:
    """The note that tells staff what to do. ``candidates`` are names of companies in the CRM."""
    return _WHAT_TO_DO[attention].format(maximum=credits_max, candidates=candidates)


def status_for(attention: Attention) -> str:
    """The status line that goes with the note."""
    return {
        Attention.AMOUNT: "Needs attention: the number of credits is missing or not valid.",
        Attention.UNKNOWN_CLIENT: "Needs attention: the credits platform has no such client.",
        Attention.INCOMPLETE: "Needs attention: the form came without a usable address.",
        Attention.ORGANISATION: "Needs attention: it is not clear which organisation is meant.",
        Attention.BY_HAND: "Needs attention: moved to Credits added, but none were added.",
        Attention.KEY_CONFLICT: "Needs attention: the credits platform reports a conflict.",
        Attention.REFUSED: "Needs attention: the credits platform refused to add the credits.",
        Attention.TOO_LATE: "Credits had been added before this was moved.",
        Attention.UNSURE_ORGANISATION: "Needs attention: choose which company is meant.",
        Attention.CONTRADICTION: "Needs attention: the organisation may be another one.",
        Attention.MERGED: "Needs attention: another request was merged into this.",
        Attention.UNCONFIRMED: "Needs attention: HubSpot's list does not show this request.",
        Attention.TAKEN_BACK: "Needs attention: these credits were taken back earlier.",
        Attention.FORGOTTEN: "Needs attention: the data was erased.",
        Attention.RESTORED: "Needs attention: an older record may stand for the same submission.",
        Attention.RESTORED_CREDITED: "Needs attention: nothing shows that credits were added.",
        Attention.PLATFORM_DIFFERS: "The credits platform shows another number of credits.",
        Attention.IDENTITY_TYPED: "A name or an address was taken off this record.",
        Attention.IDENTITY_SENT: "A mail was sent by which the client could be recognised.",
        Attention.CONTACT_TAKEN_OFF: "A contact was taken off this record.",
        Attention.SMALL_GROUP: "Needs attention: asking about one person could tell who it is.",
        Attention.LETTER_UNSURE: "It is not certain whether the letter was sent.",
        Attention.CORRECTED: "Needs attention: the organisation was corrected.",
    }[attention]


def granted(credits: int, at: int, receipt: str) -> str:
    """The status line once credits were added. ``at`` is in Unix milliseconds."""
    noun = "credit" if credits == 1 else "credits"
    return f"{credits} {noun} added on {day(at)}. Receipt {receipt}."


def moment(at: int) -> str:
    """A time to the minute, UTC, for operators only: ``2026-11-23 03:42 UTC``."""
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def day(at: int) -> str:
    """A date by day, UTC, such as ``23 November 2026``."""
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return f"{moment.day} {moment:%B %Y}"

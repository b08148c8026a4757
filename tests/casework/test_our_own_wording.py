"""No text of ours is stopped by the gate because of whose request it is about; theirs are.

A gate that stops a note because somebody is called May, Else or Grant would stop the service.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework import reply_wording, wording
from casework.egress import keyed
from casework.identifiers import (
    IDENTIFIERS_VERSION,
    Scope,
    identifiers_of,
)
from casework.identity import Identity
from casework.inflection import fold, forms_of
from casework.languages import Language
from casework.lexicon import icelandic_names, listed
from casework.organisation_letter import write_answer, write_letter
from casework.ports import Digest, Mail, MailKind, OldRequest
from casework.retention import WHAT_TO_DO
from casework.spellings import Spelling, spellings_in
from casework.stages import MEANINGS, Stage
from casework.tickets import TicketDraft, TicketText
from casework.wording import Attention
from integrations.hubspot.notes import as_html
from integrations.hubspot.objects import (
    COMPANY_PROPERTIES,
    CONTACT_PROPERTIES,
    CRM_OBJECTS,
    PROPERTIES,
)
from integrations.mail_texts import MailTexts
from tests.world import JONA, SIGGI, World

REFERENCE = "CR-7K2M9-QX4TDP"
DAY, MONTH = 1_795_392_000_000, 30 * 86_400_000
CREDITS = range(1, 22)


def our_texts() -> Iterator[str]:
    """Everything that leaves in our own words, but for the organisation as typed."""
    draft = TicketDraft(REFERENCE, "", Stage.NEW, "")
    yield from draft.texts.values()
    yield from (
        str(text) for name, text in vars(wording).items() if name.isupper() and name != "UTC"
    )
    yield from reply_notes()
    for attention in Attention:
        yield as_html(wording.note_for(attention, 20))
        yield wording.status_for(attention)
    for count in CREDITS:
        yield wording.granted(count, DAY + count * MONTH, "grant-4")
    yield from mails()
    yield from properties()
    for language in Language:
        yield write_answer(language, REFERENCE)
        for asked in (None, *CREDITS):
            letter = write_letter(language, REFERENCE, asked)
            yield from (letter.subject, letter.text)


def reply_notes() -> Iterator[str]:
    """What staff read of a reply, but for the sentence that is quoted."""
    for name, text in vars(reply_wording).items():
        if isinstance(text, str | dict) and not name.startswith("__"):
            yield from (text,) if isinstance(text, str) else text.values()


def properties() -> Iterator[str]:
    """What we have HubSpot show and name, and what our calls list."""
    for one in (*PROPERTIES, *COMPANY_PROPERTIES, *CONTACT_PROPERTIES):
        yield from (one.name, one.label, one.type, one.field_type, one.description)
    for crm_object in CRM_OBJECTS.values():
        yield from (value for value in vars(crm_object).values() if isinstance(value, str))


def mails() -> Iterator[str]:
    for kind in MailKind:
        for count in CREDITS:
            mail = Mail(kind, "anna@clinic.is", REFERENCE, DAY + count * MONTH, count)
            written = MailTexts().write(mail)
            yield from (written.subject, written.text, written.html)
    for count in CREDITS:
        told = digest(DAY + count * MONTH, count)
        nothing_due = replace(told, requests=(), requests_more=0, deliveries=0, entries=0)
        for one in (told, nothing_due):
            written = MailTexts().write_digest(one)
            yield from (written.subject, written.text, written.html)


def digest(at: int = DAY, count: int = 2) -> Digest:
    """All that staff can be told before it is erased."""
    return Digest(
        planned_at=at,
        erase_from=at,
        days=365,
        requests=[OldRequest(REFERENCE, one.label, at) for one in MEANINGS.values()],
        requests_more=count,
        deliveries=count,
        entries=count,
        waiting=[(REFERENCE, what) for what in WHAT_TO_DO.values()],
        waiting_more=count,
    )


@cache
def what_they_hold() -> frozenset[Spelling]:
    texts = [text.replace(REFERENCE, " ") for text in our_texts()]
    assert len(texts) > 300
    return frozenset(spelling for text in texts for spelling in spellings_in(text))


@cache
def forms_of_all_names() -> frozenset[str]:
    icelandic = {forms[0] for forms in icelandic_names()}
    names = listed("names_first.txt") | listed("names_last.txt") | icelandic
    return frozenset(form for name in names for form in forms_of(name))


def test_no_word_of_ours_is_anybodys_name() -> None:
    """Of more than forty thousand names in all their cases."""
    counts = {one.folded for one in what_they_hold() if not one.plain}
    assert len(forms_of_all_names()) > 40_000
    assert sorted(counts & {form for form in forms_of_all_names() if len(form) > 1}) == []


def test_no_words_of_ours_side_by_side_are_anybodys_full_name() -> None:
    """Every first name with every family name, and the other way round."""
    names, counts = (
        forms_of_all_names(),
        {one.folded for one in what_they_hold() if not one.everyday},
    )
    found = [
        (word[:at], word[at:])
        for word in counts
        for at in range(1, len(word))
        if word[:at] in names and word[at:] in names
    ]
    assert found == []


def test_no_word_of_ours_is_rare() -> None:
    """Somebody whose address begins with such a word would stop everybody's texts."""
    held = {one.folded for one in what_they_hold() if not one.everyday and one.folded.isalpha()}
    words = {fold(word) for text in our_texts() for word in re.findall(r"[^\W\d_]+", text)}
    rare = [
        word
        for word in sorted(held & words - {fold(part) for part in REFERENCE.split("-")})
        if Scope.ANYWHERE in scopes_of(word)
    ]
    assert rare == []


def test_each_spelling_has_one_scope_which_is_the_widest() -> None:
    """The store keeps one of each; a full name is what an address begins with as well."""
    found = identifiers_of(Identity("bjork.steinsdottir@heima.example.is"), organisation="")
    assert len({one.spelling for one in found}) == len(found)
    scopes = {one.spelling: one.scope for one in found}
    assert scopes["bjorksteinsdottir"] is Scope.ANYWHERE
    assert scopes["bjork"] is Scope.ORGANISATION


def scopes_of(word: str) -> set[Scope]:
    found = identifiers_of(Identity(f"{word}@heima.example.is"), organisation="")
    return {one.scope for one in found if one.spelling == word}


NAMES = st.sampled_from(sorted(listed("names_first.txt") | listed("names_last.txt")))
AWKWARD = st.sampled_from(
    "May Will Grant Ask Else Isa Ína June April August Hope Mark Bill Rose Björk Ni Hej An To De "
    "The Sadan Sans Foran Noto Asi Omi Desk Page Price Long Day Win Sonne Dag Sol Storm".split()
)


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=NAMES | AWKWARD, last=NAMES | AWKWARD, middle=st.just("") | AWKWARD)
def test_all_our_texts_pass_whoever_the_client_is(
    asking: World, first: str, last: str, middle: str
) -> None:
    name = " ".join(filter(None, (first, middle, last)))
    call(asking, name)
    about = asking.ticket()
    drafted = [about.reference, about.ticket_id, *about.texts.values()]
    units = [[about.reference, text.replace(REFERENCE, about.reference)] for text in set_of_texts()]
    assert not asking.gate.look([drafted, *units]), name


@cache
def set_of_texts() -> tuple[str, ...]:
    """Each wording once, whatever the numbers in it."""
    return tuple({re.sub(r"\d+", "", text): text for text in our_texts()}.values())


def call(world: World, name: str) -> None:
    """The client goes by this name from now on, and by an address made of it."""
    identity = Identity(f"{name.replace(' ', '.')}@heima.example.is", name, JONA["pro"])
    identifiers = keyed(world.sealer, identifiers_of(identity, "Marel hf."))
    reference = world.reference()
    world.store.write(
        lambda records: records.identifiers.replace(reference, identifiers, IDENTIFIERS_VERSION)
    )


@pytest.fixture
def asking(world: World) -> World:
    """A request whose organisation is called as nobody is."""
    world.webhook(**{**JONA, "org": "Marel hf."})
    world.run()
    return world


@pytest.mark.parametrize(
    ("name", "mention"),
    [
        ("Will Smith", "told Will"),
        ("Will Smith", "Is it Will?"),
        ("May Smith", "told May on 23 June"),
        ("May Smith", "told May 2026"),
        ("May Smith", "before 23 May"),
        ("Else Holm", "spoke to Else"),
        ("Grant Miller", "Her name is Grant"),
        ("Ísa Holm", "hún heitir Ísa"),
        ("Ísa Holm", "ísa"),
        ("Ísa Holm", "í-sa"),
        ("Ísa Holm", "Í Sa"),
        ("Björk Steinsdóttir", "björk steinsdóttir"),
        ("Ask The", "It is for Ask The, I think"),
        ("Grant Page", "Please call Grant Page"),
        ("Will May", "It is Will May"),
        ("Ina Holm", "is it INA?"),
    ],
)
def test_who_is_meant_is_stopped_at_the_same_organisation(
    asking: World, name: str, mention: str
) -> None:
    call(asking, name)
    assert asking.gate.look([[asking.reference(), mention]])


@pytest.mark.parametrize(
    ("name", "mention"),
    [
        ("Will Smith", "Will you ask, and will they pay?"),
        ("May Smith", "This may take until 3 May 2026. May we ask again?"),
        ("Else Holm", "Nothing else. Else we wait."),
        ("Ísa Holm", "This is a test."),
        ("Ask The", "Ask the manager, or ask the others."),
        ("Omi Holm", "Spørg, om I kan."),
    ],
)
def test_everyday_words_of_staff_pass_all_the_same(asking: World, name: str, mention: str) -> None:
    call(asking, name)
    assert not asking.gate.look([[asking.reference(), mention]])


def test_a_full_name_of_everyday_words_is_stopped_anywhere_by_its_capitals(asking: World) -> None:
    call(asking, "Grant Page")
    asking.webhook(**{**SIGGI, "org": "Origo"})
    asking.run()
    other = next(t for t in asking.desk.tickets.values() if t.organisation == "Origo")
    assert asking.gate.look([[other.reference, "It is for Grant Page."]])
    assert not asking.gate.look([[other.reference, "Please grant page two."]])


def test_a_client_whose_address_begins_like_our_texts_stops_nobody(asking: World) -> None:
    asking.webhook(**{**SIGGI, "client": "hubspot@heima.example.is", "org": "Origo"})
    asking.webhook(**{**SIGGI, "client": "fagperson@heima.example.is", "org": "Origo"})
    asking.run()
    assert not asking.gate.look([[text] for text in set_of_texts()])
    assert asking.gate.look([["fagperson@heima.example.is"]])


@pytest.mark.parametrize(
    "local_part",
    """credit.request credits.20 20.credits 4grant grant4 november2026 hub.spot v.e c.r
    grant.credits mark.approved will.you rose.reference pipeline.stage credit_request_ref
    desk.credits
    sponsored.credits jonsdottir.request""".split(),
)
def test_no_address_made_of_our_words_stops_our_texts(asking: World, local_part: str) -> None:
    asking.webhook(**{**SIGGI, "client": f"{local_part}@heima.example.is", "org": "Marel"})
    asking.run()
    assert len(asking.desk.tickets) == 2
    assert not asking.parked()
    units = [[ticket.reference, text] for ticket in asking.desk.tickets.values() for text in ours()]
    assert not asking.gate.look(units)


def ours() -> tuple[str, ...]:
    dated = wording.granted(4, DAY, "grant-4"), wording.granted(20, DAY + MONTH, "grant-20")
    return (*set_of_texts(), *dated)


def test_what_is_written_on_a_ticket_is_all_looked_at() -> None:
    ours = set(TicketDraft(REFERENCE, "x", Stage.NEW, "y").texts)
    # The reason is the professional's, and redacted.
    assert ours == set(TicketText) - {TicketText.REASON}

"""Replies of organisations: what each proposes, kept once, and its words sealed."""

from dataclasses import replace

import pytest

from casework.errors import Inconsistent, Unreadable
from casework.reply_records import Reply
from casework.understand_reply import Meaning
from storage.sealing import TinkSealer, new_keyset
from storage.store import TableStore
from tests.storage.made_up import NOW, Database, all_bytes, look, new_request

SENTENCE = "We will pay for four."
AGREES = Reply("CR-1", "thread/7/a", Meaning.APPROVE, 4, SENTENCE, False, True, False)
#: Every field another way round.
OTHER = Reply("CR-1", "email/8", None, None, "", True, False, True)


@pytest.fixture
def kept(store: TableStore) -> TableStore:
    """A store with two requests."""
    for number in (1, 2):
        new = new_request(f"CR-{number}", conversion_id=f"id-{number}", fields=f"fields-{number}")
        store.write(lambda tables, new=new: tables.requests.add(new, NOW))  # type: ignore[misc]
    return store


def add(store: TableStore, reply: Reply, now: int = NOW) -> bool:
    return store.write(lambda tables: tables.replies.add(reply, now))


def find(store: TableStore, reference: str = "CR-1") -> list[Reply]:
    return list(store.read(lambda tables: tables.replies.find(reference)))


def test_replies_come_back_as_they_were_oldest_first(kept: TableStore) -> None:
    assert add(kept, AGREES, NOW + 1)
    assert add(kept, OTHER, NOW)
    assert find(kept) == [OTHER, AGREES]
    assert find(kept, "CR-2") == []


@pytest.mark.parametrize("meaning", [None, *Meaning])
def test_every_meaning_can_be_kept(kept: TableStore, meaning: Meaning | None) -> None:
    add(kept, replace(AGREES, meaning=meaning))
    assert [reply.meaning for reply in find(kept)] == [meaning]


def test_the_same_mail_is_kept_once_as_it_was_read_first(kept: TableStore) -> None:
    assert add(kept, AGREES)
    assert not add(kept, replace(AGREES, meaning=Meaning.DECLINE, credits=None), NOW + 1)
    assert find(kept) == [AGREES]


def test_one_mail_may_be_about_two_requests(kept: TableStore) -> None:
    other = replace(AGREES, reference="CR-2", credits=2)
    assert add(kept, AGREES)
    assert add(kept, other)
    assert (find(kept), find(kept, "CR-2")) == ([AGREES], [other])


def test_a_reply_to_no_request_is_refused(kept: TableStore) -> None:
    with pytest.raises(Inconsistent):
        add(kept, replace(AGREES, reference="CR-9"))


def test_what_was_written_is_sealed_in_the_file(kept: TableStore, database: Database) -> None:
    add(kept, AGREES)
    ((sealed,),) = look(database, "SELECT sealed_sentence FROM replies")
    assert SENTENCE.encode() not in bytes(sealed)
    held = all_bytes(database)
    assert SENTENCE.encode() not in held


def test_a_sentence_opens_only_at_its_own_mail_and_with_its_own_keys(
    kept: TableStore, database: Database, sealer: TinkSealer
) -> None:
    """Somebody who writes into the file cannot put one reply's words under another's."""
    add(kept, AGREES)
    add(kept, replace(AGREES, message_id="thread/7/b", sentence="No."))
    rows = look(database, "SELECT message_id, sealed_sentence FROM replies ORDER BY message_id")
    place = {one: f"reply:CR-1:{one}" for one, _ in rows}
    (first, sealed), (second, _) = rows
    assert sealer.unseal(bytes(sealed), place[first]).decode() == SENTENCE
    for keys, where in ((sealer, place[second]), (TinkSealer(new_keyset()), place[first])):
        with pytest.raises(Unreadable):
            keys.unseal(bytes(sealed), where)


def test_a_reply_shows_nothing_that_was_written() -> None:
    assert SENTENCE not in repr(AGREES)

"""What any CreditsAccount must do. A new implementation is one more branch in ``bank``."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from casework.errors import KeyConflict, Unavailable, UnknownClient
from casework.ports import CreditsAccount, Order, Receipt
from integrations.credits_api import HttpCreditsAccount
from tests.fakes.fake_credits import FakeCreditsAccount

ORDER = Order("credit-request-CR-1", "mira.client@example.org", 4, "Northwind & Sons", "CR-1")


@dataclass
class Bank:
    """An account, the sum a client was given, and how an answer gets lost, where one can."""

    account: CreditsAccount
    balance: Callable[[str], int]
    lose_answer: Callable[[], object] | None = None


def fake_bank() -> Bank:
    fake = FakeCreditsAccount()

    def lose() -> None:
        fake.lose_answers = 1

    return Bank(fake, fake.balance, lose)


@pytest.fixture(params=["fake", "http"])
def bank(request: pytest.FixtureRequest) -> Bank:
    if request.param == "fake":
        return fake_bank()
    sandbox = request.getfixturevalue("sandbox")
    account = HttpCreditsAccount(f"{sandbox.url}/credits/", lambda: "sandbox-credits-token")
    return Bank(
        account,
        lambda client: sandbox.credits.balances.get(client, 0),
        lambda: sandbox.faults.add("credits.lose_answer"),
    )


def test_credits_are_added(bank: Bank) -> None:
    receipt = bank.account.grant(ORDER)
    assert receipt.credits == 4
    assert receipt.id
    assert bank.balance(ORDER.client_email) == 4


def test_the_same_order_again_adds_nothing(bank: Bank) -> None:
    assert bank.account.grant(ORDER) == bank.account.grant(ORDER)
    assert bank.balance(ORDER.client_email) == 4


def test_another_key_adds_again(bank: Bank) -> None:
    first = bank.account.grant(ORDER)
    second = bank.account.grant(replace(ORDER, key="credit-request-CR-2", reference="CR-2"))
    assert first.id != second.id
    assert bank.balance(ORDER.client_email) == 8


@pytest.mark.parametrize(
    "other", [replace(ORDER, credits=5), replace(ORDER, client_email="someone.else@example.org")]
)
def test_a_key_belongs_to_one_order(bank: Bank, other: Order) -> None:
    bank.account.grant(ORDER)
    with pytest.raises(KeyConflict):
        bank.account.grant(other)
    assert bank.balance(ORDER.client_email) == 4
    assert bank.balance("someone.else@example.org") == 0


def test_an_unknown_client(bank: Bank) -> None:
    order = replace(ORDER, client_email="unknown.client@example.org")
    with pytest.raises(UnknownClient) as caught:
        bank.account.grant(order)
    assert "unknown.client" not in repr(caught.value)
    assert bank.account.find_grant(order.key) is None


def test_a_grant_is_found_by_its_key(bank: Bank) -> None:
    assert bank.account.find_grant(ORDER.key) is None
    receipt = bank.account.grant(ORDER)
    assert bank.account.find_grant(ORDER.key) == receipt
    assert isinstance(bank.account.find_grant(ORDER.key), Receipt)


def test_after_a_lost_answer_the_grant_is_there_once(bank: Bank) -> None:
    if bank.lose_answer is None:
        pytest.skip("it answers from within the process, so no answer can be lost")
    bank.lose_answer()
    with pytest.raises(Unavailable) as caught:
        bank.account.grant(ORDER)
    assert ORDER.client_email not in repr(caught.value)
    assert bank.account.find_grant(ORDER.key) == bank.account.grant(ORDER)
    assert bank.balance(ORDER.client_email) == 4

"""What is kept of standing rules, and how the credits are counted that they used up.

Times are Unix milliseconds UTC. Every method may raise :class:`casework.errors.NotKept`.

There are no counters that could go wrong. A use is one row, and counts as much as its request's
grant: the grant's credits while they are reserved, sent or added; the use's own while there is no
grant yet and the ticket stands at Approved, or is about to be moved there by us; otherwise nothing.
So what is declined, withdrawn or void gives the credits back by itself.
"""

from collections.abc import Sequence
from typing import Protocol

from casework.rule_totals import Added
from casework.standing_rules import StandingRule, Used


class StandingRules(Protocol):
    """The standing rules, one for a company, and their uses."""

    def set(self, rule: StandingRule) -> None:
        """Write down a rule, in the place of an earlier one. ``told_from`` never moves later."""

    def end(self, company_id: str, now: int) -> bool:
        """End a rule; it is kept. Returns whether there was one to end."""

    def find(self, company_id: str) -> StandingRule | None:
        """The company's rule, ended or not."""

    def find_all(self) -> Sequence[StandingRule]:
        """All of them, also those that have ended."""

    def find_used(self, company_id: str, reference: str, since: int) -> Used | None:
        """What requests other than this one have used that were decided since then.

        Nothing where this request's client is not known by a digest, so nobody can say.
        """

    def use(self, reference: str, company_id: str, credits: int, now: int) -> bool:
        """Write down that a rule decided on a request. Once for a request: returns whether."""

    def find_added(self, company_id: str) -> Sequence[Added]:
        """The credits that were added, ever, to requests on which the company's rule decided."""

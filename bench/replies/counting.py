"""What was understood, what would have been proposed wrongly, and what was left in doubt.

* A reply is **understood** when both its meaning and its number are those of the label.
* A **wrong proposal** is a decision or a number that the label does not say: what somebody might
  click through, and the only mistake that can do harm. A right decision without its number is none:
  there is nothing to click.
* A reply is **in doubt** when the label is a decision, and a question or nothing clear was read:
  somebody has to read it, and nothing else happens.
* **Names**: how many of the replies that guess or ask about a name were told from the others.
"""

import statistics
from collections import Counter
from dataclasses import dataclass, field

from bench.replies.replies import Reply
from casework.understand_reply import Meaning, Understanding

DECISIONS = frozenset({Meaning.APPROVE, Meaning.DECLINE, Meaning.OTHER_NUMBER})
IN_DOUBT = frozenset({Meaning.QUESTION, Meaning.UNCLEAR})


@dataclass
class Tally:
    """Counts over some replies; adding replies to it is all it is for.

    ``confusion`` counts pairs of what the label says and what was read.
    """

    replies: int = 0
    understood: int = 0
    wrong_proposals: int = 0
    decisions: int = 0
    decisions_in_doubt: int = 0
    names: int = 0
    names_seen: int = 0
    names_raised_besides: int = 0
    milliseconds: list[float] = field(default_factory=list)
    confusion: Counter[tuple[Meaning, Meaning]] = field(default_factory=Counter)
    understood_by_meaning: Counter[Meaning] = field(default_factory=Counter)

    def add(self, reply: Reply, read: Understanding, milliseconds: float = 0) -> None:
        """Count one reply, what was read in it, and the time that took."""
        understood = is_understood(reply, read)
        self.replies += 1
        self.understood += understood
        self.understood_by_meaning[reply.meaning] += understood
        self.wrong_proposals += is_wrong_proposal(reply, read)
        self.decisions += reply.meaning in DECISIONS
        self.decisions_in_doubt += reply.meaning in DECISIONS and read.meaning in IN_DOUBT
        self.confusion[reply.meaning, read.meaning] += 1
        self.milliseconds.append(milliseconds)
        self._add_names(reply.names, read.names)

    def _add_names(self, labelled: bool, read: bool) -> None:
        self.names += labelled
        self.names_seen += labelled and read
        self.names_raised_besides += read and not labelled

    def labelled(self, meaning: Meaning) -> int:
        """How many replies bear that label."""
        return sum(self.confusion[meaning, read] for read in Meaning)

    @property
    def share_understood(self) -> float:
        """Share of replies that were understood, 0 to 1."""
        return self.understood / self.replies

    @property
    def share_of_wrong_proposals(self) -> float:
        """Share of replies that a wrong proposal would be made for, 0 to 1."""
        return self.wrong_proposals / self.replies

    @property
    def share_in_doubt(self) -> float:
        """Share of decisions that were left in doubt, 0 to 1; 0 where there were none."""
        return self.decisions_in_doubt / self.decisions if self.decisions else 0.0

    @property
    def median_milliseconds(self) -> float:
        """How long a reply usually took."""
        return statistics.median(self.milliseconds)

    @property
    def longest_milliseconds(self) -> float:
        """How long the slowest took; what is loaded when it is first needed is in there."""
        return max(self.milliseconds)


def is_understood(reply: Reply, read: Understanding) -> bool:
    """Whether meaning and number are those of the label."""
    return (read.meaning, read.credits) == (reply.meaning, reply.credits)


def is_wrong_proposal(reply: Reply, read: Understanding) -> bool:
    """Whether a decision or a number was read that the label does not say."""
    wrong_decision = read.meaning in DECISIONS and read.meaning is not reply.meaning
    wrong_number = read.credits is not None and read.credits != reply.credits
    return wrong_decision or wrong_number

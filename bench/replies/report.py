"""Figures of a run, as a table and as JSON: meanings and counts only, never a reply."""

from collections.abc import Callable, Iterable, Mapping

from bench.replies.counting import Tally
from bench.replies.replies import LANGUAGES, Half
from casework.understand_reply import Meaning

ALL = "all"
Counts = Mapping[tuple[Half, str], Tally]


def as_json(counts: Counts) -> dict[str, object]:
    """Every figure, by half and language."""
    return {f"{half}/{language}": _tally(tally) for (half, language), tally in counts.items()}


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "replies": tally.replies,
        "understood": tally.understood,
        "share_understood": round(tally.share_understood, 4),
        "wrong_proposals": tally.wrong_proposals,
        "share_of_wrong_proposals": round(tally.share_of_wrong_proposals, 4),
        "decisions": tally.decisions,
        "decisions_in_doubt": tally.decisions_in_doubt,
        "share_in_doubt": round(tally.share_in_doubt, 4),
        "names": tally.names,
        "names_seen": tally.names_seen,
        "names_raised_besides": tally.names_raised_besides,
        "by_meaning": {
            meaning.value: {
                "replies": tally.labelled(meaning),
                "understood": tally.understood_by_meaning[meaning],
                "read_as": {read.value: tally.confusion[meaning, read] for read in Meaning},
            }
            for meaning in Meaning
        },
        "milliseconds_median": round(tally.median_milliseconds, 3),
        "milliseconds_longest": round(tally.longest_milliseconds, 3),
    }


def as_table(counts: Counts) -> str:
    """The same for reading: three tables for each half."""
    halves = dict.fromkeys(half for half, _ in counts)
    return "\n\n".join(table for half in halves for table in _tables(half, counts))


def _tables(half: Half, counts: Counts) -> list[str]:
    columns = [one for one in (*LANGUAGES, ALL) if (half, one) in counts]
    tallies = [counts[half, one] for one in columns]
    figures = [[name, *map(cell, tallies)] for name, cell in FIGURES.items()]
    meanings = [[meaning, *(_understood(one, meaning) for one in tallies)] for meaning in Meaning]
    every = counts[half, ALL]
    confusion = [
        [label, *(str(every.confusion[label, read] or "·") for read in Meaning)]
        for label in Meaning
    ]
    return [
        _lines(f"{half}", ["", *columns], figures),
        _lines(f"{half}: understood, by label", ["", *columns], meanings),
        _lines(f"{half}: label (down) and what was read (across)", ["", *Meaning], confusion),
    ]


def _understood(tally: Tally, meaning: Meaning) -> str:
    return f"{tally.understood_by_meaning[meaning]}/{tally.labelled(meaning)}"


FIGURES: Mapping[str, Callable[[Tally], str]] = {
    "understood": lambda of: f"{of.share_understood:.1%} {of.understood}/{of.replies}",
    "wrong proposals": lambda of: (
        f"{of.share_of_wrong_proposals:.1%} {of.wrong_proposals}/{of.replies}"
    ),
    "decisions in doubt": lambda of: (
        f"{of.share_in_doubt:.1%} {of.decisions_in_doubt}/{of.decisions}"
    ),
    "names seen, + besides": lambda of: f"{of.names_seen}/{of.names} +{of.names_raised_besides}",
    "ms a reply, median": lambda of: f"{of.median_milliseconds:.2f}",
    "ms a reply, longest": lambda of: f"{of.longest_milliseconds:.1f}",
}


def _lines(title: str, heads: Iterable[str], rows: Iterable[list[str]]) -> str:
    table = [list(heads), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join([title, *lines])

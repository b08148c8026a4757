"""Figures of a run, as a table and as JSON: kinds and counts only, never a text."""

import statistics
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bench.redaction.counting import Tally
from bench.redaction.one_contender import Run
from bench.redaction.texts import LANGUAGES, Half, Hint, Kind, Text

OURS = "ours"
ALL = "all"
Counts = dict[tuple[Half, str], Tally]


@dataclass(frozen=True)
class Speed:
    """Milliseconds a text, and what loading and memory cost."""

    mean: float
    p99: float
    load_seconds: float
    memory_bytes: int

    @classmethod
    def of(cls, run: Run) -> "Speed":
        """The figures of one run."""
        p99 = statistics.quantiles(run.milliseconds, n=100, method="inclusive")[98]
        mean = statistics.mean(run.milliseconds)
        return cls(mean, p99, run.load_seconds, run.memory_bytes)


def tallies(texts: list[Text], run: Run) -> Counts:
    """Counts for each half and language, and for all languages of a half."""
    found: Counts = {}
    for text, output, took in zip(texts, run.outputs, run.milliseconds, strict=True):
        for language in (text.language, ALL):
            tally = found.setdefault((text.half, language), Tally())
            tally.add(text, output.text, output.hints, took)
    return found


def as_json(texts: list[Text], runs: Mapping[str, Run]) -> dict[str, object]:
    """Every figure, by contender, half and language."""
    return {
        name: {
            "speed": _speed_as_json(Speed.of(run), Speed.of(runs[OURS]) if OURS in runs else None),
            "counts": {
                f"{half}/{language}": _tally_as_json(tally)
                for (half, language), tally in tallies(texts, run).items()
            },
        }
        for name, run in runs.items()
    }


def _speed_as_json(speed: Speed, ours: Speed | None) -> dict[str, float | None]:
    return {
        "milliseconds_mean": round(speed.mean, 3),
        "milliseconds_p99": round(speed.p99, 3),
        "times_ours": round(speed.mean / ours.mean, 2) if ours else None,
        "load_seconds": round(speed.load_seconds, 2),
        "memory_bytes": speed.memory_bytes,
    }


def _tally_as_json(tally: Tally) -> dict[str, object]:
    return {
        "texts": tally.texts,
        "recall": round(tally.recall, 4),
        "identifiers": {kind.value: tally.identifiers[kind] for kind in _kinds(tally)},
        "cut": {kind.value: tally.cut[kind] for kind in _kinds(tally)},
        "loss": round(tally.loss, 4),
        "harmless_words": tally.harmless_words,
        "lost_words": tally.lost_words,
        "clean_texts": tally.clean_texts,
        "clean_texts_kept_whole": tally.clean_texts_kept_whole,
        "hint_recall": round(tally.hint_recall, 4),
        "hints": {hint.value: tally.hints[hint] for hint in Hint},
        "hints_seen": {hint.value: tally.hints_seen[hint] for hint in Hint},
        "hints_raised_besides": {hint.value: tally.hints_raised_besides[hint] for hint in Hint},
        "milliseconds_mean": round(tally.mean_milliseconds, 3),
    }


def _kinds(tally: Tally) -> list[Kind]:
    return [kind for kind in Kind if tally.identifiers[kind]]


def as_table(texts: list[Text], runs: Mapping[str, Run]) -> str:
    """The same for reading: one table a question."""
    counts = {name: tallies(texts, run) for name, run in runs.items()}
    halves = sorted({text.half for text in texts})
    tables = [table for half in halves for table in _tables_of_half(half, counts)]
    return "\n\n".join([*tables, _speeds(runs)])


def _tables_of_half(half: Half, counts: Mapping[str, Counts]) -> list[str]:
    first = next(iter(counts.values()))
    languages = [one for one in (*LANGUAGES, ALL) if (half, one) in first]
    tables = [
        _lines(
            f"{half}: {question}",
            ["", *languages],
            [[name, *(cell(of[half, one]) for one in languages)] for name, of in counts.items()],
        )
        for question, cell in QUESTIONS.items()
    ]
    kinds = _kinds(first[half, ALL])
    by_kind = [
        [name, *(_of(of[half, ALL].cut[one], of[half, ALL].identifiers[one]) for one in kinds)]
        for name, of in counts.items()
    ]
    by_hint = [[name, *(_hint(of[half, ALL], one) for one in Hint)] for name, of in counts.items()]
    return [
        *tables,
        _lines(f"{half}: identifiers cut, by kind", ["", *kinds], by_kind),
        _lines(f"{half}: hints seen, + raised besides, by hint", ["", *Hint], by_hint),
    ]


def _identifiers(tally: Tally) -> str:
    return f"{tally.recall:.1%} {_of(tally.cut.total(), tally.identifiers.total())}"


def _harmless(tally: Tally) -> str:
    return f"{tally.loss:.1%} {_of(tally.lost_words, tally.harmless_words)}"


def _clean(tally: Tally) -> str:
    return _of(tally.clean_texts_kept_whole, tally.clean_texts)


def _hints(tally: Tally) -> str:
    seen = _of(tally.hints_seen.total(), tally.hints.total())
    return f"{tally.hint_recall:.1%} {seen} +{tally.hints_raised_besides.total()}"


def _hint(tally: Tally, hint: Hint) -> str:
    seen = _of(tally.hints_seen[hint], tally.hints[hint])
    return f"{seen} +{tally.hints_raised_besides[hint]}"


def _milliseconds(tally: Tally) -> str:
    return f"{tally.mean_milliseconds:.2f}"


QUESTIONS: dict[str, Callable[[Tally], str]] = {
    "identifiers cut": _identifiers,
    "harmless words lost": _harmless,
    "texts with nothing to cut, kept whole": _clean,
    "hints seen, + raised besides": _hints,
    "milliseconds a text, mean": _milliseconds,
}


def _speeds(runs: Mapping[str, Run]) -> str:
    ours = Speed.of(runs[OURS]) if OURS in runs else None
    rows = []
    for name, run in runs.items():
        speed = Speed.of(run)
        times = f"{speed.mean / ours.mean:.1f}" if ours else "-"
        memory = f"{speed.memory_bytes / 1e6:.0f}"
        rows.append(
            [
                name,
                f"{speed.mean:.2f}",
                f"{speed.p99:.2f}",
                times,
                f"{speed.load_seconds:.1f}",
                memory,
            ]
        )
    heads = ["", "mean ms/text", "p99 ms", "times ours", "s to load", "MB more"]
    return _lines("speed and memory, each in a process of its own", heads, rows)


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}"


def _lines(title: str, heads: Iterable[str], rows: Iterable[list[str]]) -> str:
    table = [list(heads), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join([title, *lines])

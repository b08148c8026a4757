"""In which language an organisation is written to."""

import pytest

from casework.languages import Language, language_for

IS, EN, DA, SV, NB = Language.IS, Language.EN, Language.DA, Language.SV, Language.NB


@pytest.mark.parametrize(
    ("told", "language"),
    [
        *[(told, IS) for told in ("is", "IS", " is ", "is-IS", "is_IS", "Icelandic", "íslenska")],
        *[(told, IS) for told in ("Íslenska (Ísland)", "ICELANDIC", "islandsk", "isländska")],
        *[(told, EN) for told in ("en", "en-GB", "en_US", "English (UK)", "Enska", "engelska")],
        *[(told, DA) for told in ("da", "da-DK", "Danish", "dansk", "Danska")],
        *[(told, SV) for told in ("sv", "sv-SE", "Swedish", "svenska", "sænska", "svensk")],
        *[(told, NB) for told in ("no", "nb", "nn", "nb-NO", "no_NO", "nb-Latn-NO", "Norwegian")],
        *[(told, NB) for told in ("norsk", "norska", "Bokmål", "norsk bokmål", "Nynorsk")],
    ],
)
def test_a_told_language_goes_before_all_else(told: str, language: Language) -> None:
    other = EN if language is not EN else IS
    assert language_for(told, "Poland", ["firm.example"], other) is language
    contradicted = "Iceland" if language is not IS else "Norway"
    assert language_for(told, contradicted, [], other) is language


@pytest.mark.parametrize(
    "told", ["", " ", "pl", "Polish", "no preference", "is it important?", "se", "dk", "?", "íss"]
)
def test_what_is_no_language_of_ours_counts_as_not_told(told: str) -> None:
    assert language_for(told, "Danmark", ["firm.example"], EN) is DA
    assert language_for(told, "", [], SV) is SV


@pytest.mark.parametrize(
    ("country", "language"),
    [
        *[(country, IS) for country in ("Iceland", "ÍSLAND", "Island", "IS", "is", "ISL")],
        *[(country, DA) for country in ("Denmark", "Danmark", "Danmörk", "DK", "DNK")],
        *[(country, SV) for country in ("Sweden", "Sverige", "Svíþjóð", "SE", "SWE")],
        *[(country, NB) for country in ("Norway", "Norge", "Noreg", "Noregur", "NO", "NOR")],
        *[(country, EN) for country in ("United Kingdom", "UK", "U.K.", "GB", "Bretland")],
        *[(country, EN) for country in ("Ireland", "Éire", "Írland", "IE", "Irland", " ireland ")],
    ],
)
def test_then_the_country_counts(country: str, language: Language) -> None:
    other = EN if language is not EN else IS
    contradicting = "firm.no" if language is not NB else "firm.is"
    assert language_for("", country, [contradicting], other) is language


@pytest.mark.parametrize(
    ("domains", "language"),
    [
        (["firm.is"], IS),
        (["firm.dk"], DA),
        (["firm.se"], SV),
        (["firm.no"], NB),
        (["firm.co.uk"], EN),
        (["firm.ie"], EN),
        (["FIRM.IS."], IS),
        (["firm.com", "firm.is", "post.firm.is"], IS),
    ],
)
def test_then_the_domains_count(domains: list[str], language: Language) -> None:
    other = EN if language is not EN else IS
    assert language_for("", "Poland", domains, other) is language


@pytest.mark.parametrize("domains", [[], [""], ["firm.com"], ["is.com"], ["firm.is", "firm.dk"]])
def test_and_at_last_the_default(domains: list[str]) -> None:
    assert language_for("", "", domains, NB) is NB

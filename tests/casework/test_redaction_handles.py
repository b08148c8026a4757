"""Names on the net, as people tell them in five languages."""

import pytest

from casework.redaction import Identity, redact

NOBODY = Identity(client_email="")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("hún er @solblom.is þar", "solblom"),
        ("insta: solblom", "solblom"),
        ("snap er solblom99", "solblom"),
        ("ig – sol_blom", "blom"),
        ("finnst á fb sem Sólblóm", "Sólblóm"),
        ("finnst á insta sem gulrót", "gulrót"),
        ("hann heitir gulrót á snapchat", "gulrót"),
        ("á instagram undir nafninu gulrót", "gulrót"),
        ("notandanafnið gulrot_7", "gulrot"),
        ("on instagram as turnipking", "turnipking"),
        ("posts as turnipking on tiktok", "turnipking"),
        ("discord turnip#4821", "turnip"),
        ("reddit u/turnipking", "turnipking"),
        ("see discord.gg/turnips", "turnips"),
        ("see t.me/turnips", "turnips"),
        ("see facebook.com/turnip.king", "turnip"),
        ("see instagram.com/turnipking", "turnipking"),
        ("fb/turnipking is public", "turnipking"),
        ("steam turnip_king", "turnip"),
        ("username turnipking", "turnipking"),
        ("hun hedder roekonge på insta", "roekonge"),
        ("på insta som roekonge", "roekonge"),
        ("brugernavn roekonge", "roekonge"),
        ("skriver som roekongen på facebook", "roekongen"),
        ("snapchat=rovkung", "rovkung"),
        ("heter rovkung på tiktok", "rovkung"),
        ("användarnamnet är rovkung", "rovkung"),
        ("på twitter under navnet nepekonge", "nepekonge"),
        ("finnes som nepekonge på insta", "nepekonge"),
        ("profilen heter nepekonge på snap", "nepekonge"),
    ],
)
def test_a_name_on_the_net_goes(text: str, gone: str) -> None:
    redacted = redact(text, NOBODY)

    assert gone not in redacted.text
    assert redacted.cuts


@pytest.mark.parametrize(
    "text",
    [
        "less time on instagram as well",
        "er mikið á snapchat og instagram",
        "bruger meget tid på facebook hver dag",
        "u/medicin siden sidst",
        "v/ kvíða og þunglyndis",
        "på insta hver dag",
        "fb/instagram tar tid",
        "mobbning på snapchat fortsätter",
    ],
)
def test_to_be_on_the_net_names_nobody(text: str) -> None:
    assert redact(text, NOBODY).text == text

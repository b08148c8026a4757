"""What is written to organisations, in Icelandic.

The person is "einstaklingur" and "viðkomandi", with no pronoun and no adjective that would agree
with a gender; "hver" is the same for all, which "hvern" and "hverja" are not.
"""

from casework.organisation_texts import OrganisationTexts


def _ends_in_one(number: int) -> bool:
    """21 takes the singular in Icelandic, 11 the plural."""
    return number % 10 == 1 and number % 100 != 11


ICELANDIC = OrganisationTexts(
    subject="Beiðni um inneign {reference}",
    greeting="Komið þið sæl,",
    advice=(
        "Einstaklingur úr hópi starfsfólks ykkar nýtir sér aðstoð fagaðila í gegnum þjónustugátt "
        "okkar og fagaðilinn mælir með fleiri niðurgreiddum tímum (inneignum)."
    ),
    ask="Okkur langar að spyrja hvort þið samþykkið {amount} til viðbótar.",
    ask_openly=(
        "Okkur langar að spyrja hversu margar inneignir til viðbótar þið samþykkið, ef einhverjar."
    ),
    one_credit="{credits} inneign",
    many_credits="{credits} inneignir",
    reply=(
        "Til að svara nægir að senda svar við þessum tölvupósti: „já“, þann fjölda sem ykkur "
        "hentar eða „nei“. Ekki þarf að gefa neina skýringu. Við biðjum ykkur að láta tilvísunina "
        "{reference} standa í efnislínunni."
    ),
    reply_openly=(
        "Til að svara nægir að senda svar við þessum tölvupósti: þann fjölda sem ykkur hentar eða "
        "„nei“. Ekki þarf að gefa neina skýringu. Við biðjum ykkur að láta tilvísunina "
        "{reference} standa í efnislínunni."
    ),
    unnamed=(
        "Við gefum ekki upp hver á í hlut og biðjum ykkur vinsamlegast að spyrja hvorki um það né "
        "giska á það. Þannig getur allt starfsfólk nýtt sér þjónustuna í fullum trúnaði."
    ),
    free_to_decline=(
        "Það er í góðu lagi að segja nei. Það hefur engar afleiðingar fyrir viðkomandi, sem er "
        "frjálst að halda áfram á eigin kostnað."
    ),
    thanks="Takk fyrir að hlúa vel að starfsfólkinu ykkar.",
    closing="Bestu kveðjur,",
    neither_nor=(
        "Takk fyrir skilaboðin. Við hvorki staðfestum né hrekjum ágiskanir um það hver á í hlut. "
        "Öllum slíkum spurningum svörum við með nákvæmlega sömu orðum, hver "
        "sem spurningin er, og því er ekkert hægt að lesa út úr svarinu."
    ),
    only_the_request=(
        "Við biðjum ykkur að taka afstöðu til beiðninnar {reference} eingöngu: „já“ ásamt fjölda, "
        "eða „nei“. Ekki þarf að gefa neina skýringu. Við biðjum ykkur líka vinsamlegast að láta "
        "ágiskanir ekki fara lengra."
    ),
    singular=_ends_in_one,
)

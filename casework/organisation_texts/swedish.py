"""What is written to organisations, in Swedish."""

from casework.organisation_texts import OrganisationTexts

SWEDISH = OrganisationTexts(
    subject="Förfrågan om krediter {reference}",
    greeting="Hej!",
    advice=(
        "En av era medarbetare har kontakt med en fackperson via vår plattform, och fackpersonen "
        "rekommenderar fler sponsrade sessioner (krediter)."
    ),
    ask="Vi undrar om ni kan säga ja till {amount}.",
    ask_openly="Vi undrar hur många ytterligare krediter ni eventuellt kan säga ja till.",
    one_credit="ytterligare {credits} kredit",
    many_credits="ytterligare {credits} krediter",
    reply=(
        "Ni svarar helt enkelt på det här mejlet: med ja, med ett annat antal som passar er eller "
        "med nej. Ni behöver inte ange något skäl. Låt gärna referensen {reference} stå kvar i "
        "ämnesraden."
    ),
    reply_openly=(
        "Ni svarar helt enkelt på det här mejlet: med ett antal som passar er eller med nej. Ni "
        "behöver inte ange något skäl. Låt gärna referensen {reference} stå kvar i ämnesraden."
    ),
    unnamed=(
        "Vi berättar inte vem det gäller, och vi ber er vänligen att varken fråga eller gissa. På "
        "så sätt kan hela personalen känna sig trygg med att använda tjänsten."
    ),
    free_to_decline=(
        "Det går utmärkt att säga nej. Ett nej får inte några följder för personen, som fritt "
        "kan fortsätta på egen bekostnad."
    ),
    thanks="Tack för att ni värnar om era medarbetare.",
    closing="Vänliga hälsningar",
    neither_nor=(
        "Tack för ert meddelande. Vi varken bekräftar eller dementerar gissningar om vem en "
        "förfrågan gäller. Varje sådan fråga besvarar vi ordagrant likadant, oavsett vad som "
        "frågas, så ingenting kan utläsas av svaret."
    ),
    only_the_request=(
        "Vi ber er att enbart ta ställning till förfrågan {reference}: ja med ett antal, eller "
        "nej. Ni behöver inte ange något skäl. Vi ber er också vänligen att inte föra gissningar "
        "vidare."
    ),
)

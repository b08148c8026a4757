"""What is written to organisations, in Norwegian (bokmål)."""

from casework.organisation_texts import OrganisationTexts

NORWEGIAN = OrganisationTexts(
    subject="Forespørsel om kreditter {reference}",
    greeting="Hei,",
    advice=(
        "En av de ansatte hos dere har et forløp hos en fagperson via plattformen vår, og "
        "fagpersonen anbefaler flere sponsede timer (kreditter)."
    ),
    ask="Vi vil gjerne spørre om dere kan godkjenne {amount}.",
    ask_openly="Vi vil gjerne spørre hvor mange flere kreditter dere eventuelt kan godkjenne.",
    one_credit="{credits} kreditt til",
    many_credits="{credits} kreditter til",
    reply=(
        "Dere svarer ganske enkelt på denne e-posten: med ja, med et annet antall som passer "
        "dere, eller med nei. Dere trenger ikke å oppgi noen grunn. Vennligst la "
        "referansen {reference} bli stående i emnefeltet."
    ),
    reply_openly=(
        "Dere svarer ganske enkelt på denne e-posten: med et antall som passer dere, eller med "
        "nei. Dere trenger ikke å oppgi noen grunn. Vennligst la referansen {reference} bli "
        "stående i emnefeltet."
    ),
    unnamed=(
        "Vi forteller ikke hvem det gjelder, og vi ber dere vennligst om verken å spørre eller "
        "gjette. Slik kan alle trygt bruke tilbudet."
    ),
    free_to_decline=(
        "Det er helt i orden å si nei. Et nei får ingen følger for personen, som fritt kan "
        "fortsette for egen regning."
    ),
    thanks="Takk for at dere tar godt vare på de ansatte.",
    closing="Vennlig hilsen",
    neither_nor=(
        "Takk for meldingen. Vi verken bekrefter eller avkrefter gjetninger om hvem en "
        "forespørsel gjelder. Alle slike spørsmål besvarer vi med nøyaktig de samme ordene, "
        "uansett hva det spørres om, så ingenting kan leses ut av svaret."
    ),
    only_the_request=(
        "Vi ber dere bare ta stilling til forespørsel {reference}: ja med et antall, eller "
        "nei. Dere trenger ikke å oppgi noen grunn. Vi ber dere også vennligst om ikke å sende "
        "gjetninger videre."
    ),
)

"""What is written to organisations, in Danish."""

from casework.organisation_texts import OrganisationTexts

DANISH = OrganisationTexts(
    subject="Anmodning om kreditter {reference}",
    greeting="Hej",
    advice=(
        "En af jeres medarbejdere har et forløb hos en fagperson via vores platform, og "
        "fagpersonen anbefaler flere sponsorerede sessioner (kreditter)."
    ),
    ask="Vi vil gerne spørge, om I kan sige ja til {amount} mere.",
    ask_openly="Vi vil gerne spørge, hvor mange flere kreditter I eventuelt kan sige ja til.",
    one_credit="{credits} kredit",
    many_credits="{credits} kreditter",
    reply=(
        "I svarer blot på denne mail: med ja, med et andet tal, der passer jer, eller med nej. I "
        "behøver ikke at give en begrundelse. Lad venligst referencen {reference} blive stående i "
        "emnefeltet."
    ),
    reply_openly=(
        "I svarer blot på denne mail: med et tal, der passer jer, eller med nej. I behøver ikke "
        "at give en begrundelse. Lad venligst referencen {reference} blive stående i emnefeltet."
    ),
    unnamed=(
        "Vi oplyser ikke, hvem det drejer sig om, og vi beder jer venligst om hverken at spørge "
        "eller gætte. Så kan alle trygt bruge tilbuddet."
    ),
    free_to_decline=(
        "Det er helt i orden at sige nej. Et nej har ingen konsekvenser for personen, som frit kan "
        "fortsætte for egen regning."
    ),
    thanks="Tak, fordi I passer godt på jeres medarbejdere.",
    closing="Venlig hilsen",
    neither_nor=(
        "Tak for jeres henvendelse. Vi hverken bekræfter eller afkræfter gæt på, hvem en "
        "anmodning drejer sig om. Alle spørgsmål af den slags besvarer vi med præcis de samme ord, "
        "uanset hvad der bliver spurgt om, så intet kan udledes af svaret."
    ),
    only_the_request=(
        "Vi beder jer om udelukkende at forholde jer til anmodning {reference}: ja med et tal, "
        "eller nej. I behøver ikke at give en begrundelse. Vi beder jer også venligst om ikke at "
        "sende gæt videre."
    ),
)

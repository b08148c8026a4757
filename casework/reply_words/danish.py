"""What Danish replies say."""

from casework.reply_words import ReplyWords, count, joined, tens

_UNITS = count("én/en/et/ét to tre fire fem seks syv otte ni", 1)
_TENS = tens(
    "tyve tredive/tredve fyrre/fyrretyve halvtreds tres halvfjerds firs/firsindstyve halvfems"
)
_TEENS = count("ti elleve tolv tretten fjorten femten seksten sytten atten nitten", 10)

DANISH = ReplyWords(
    telling=(
        "vi, jeg, ikke, det, er, og, ja, nej, tak, kreditter, godkend*, jer, til, hvem, gerne, "
        "mere, hilsen, venlig, os, kan, sige, desværre, flere, af, med, vores, fra, hej, har"
    ),
    yes=(
        "ja, jo, jep, jeps, selvfølgelig, naturligvis, godkendt, ok, okay, okej, i orden, "
        "bestemt, absolut, gerne, ja tak, bevilget, accepteret, selvfølgeligt"
    ),
    no="nej, nej tak, afvist, afslået, næh, niks, afslag",
    approve=(
        "bakker op, bakker gerne op, gå i gang, sætte i gang, I kan få, kan få, går med til, sæt "
        "gang, vi godkender, jeg godkender, godkender, godkendt, kan godkende, har godkendt, er "
        "godkendt, bliver godkendt, hermed godkendt, siger ja, vi siger ja, kan sige ja, siger "
        "gerne ja, er i orden, helt i orden, i orden for os, i orden, er fint, det er fint, fint "
        "med os, er ok, er okay, ok for os, ok med os, ok herfra, lyder godt, lyder fint, vi "
        "accepterer, accepterer, vi bevilger, bevilger, kan bevilge, vi betaler, kan betale, "
        "betaler gerne, vi dækker, dækker gerne, vi støtter, støtter gerne, bekræfter, vi "
        "bekræfter, tilbyder, kan tilbyde, grønt lys, kør bare, gå bare i gang, tilføj, tilføj "
        "gerne, det må I gerne, passer os, passer fint, med glæde, er med på, er indforstået, "
        "indforstået, giver tilsagn, tilsagn, er enige, vi giver"
    ),
    approve_oddly=(
        "ingen tvivl om, ikke noget problem, intet problem, intet at indvende, ingen "
        "indvendinger, ingen indvending, har ikke noget imod, har intet imod, ingen problemer, "
        "det gør ikke noget, hvorfor ikke, ingen problem, ikke noget at indvende, ikke et problem"
    ),
    decline=(
        "går ikke, går desværre ikke, opbrugt, brugt op, er opbrugt, er brugt op, er brugt, melde "
        "fra, ikke at bevilge, ikke at godkende, siger nej, vi siger nej, må sige nej, sige nej, "
        "svaret er nej, vores svar er nej, vi afviser, afviser, må afvise, vi afslår, afslår, må "
        "afslå, takker nej, må takke nej, takke nej, siger nej tak, ingen kreditter, ikke flere "
        "kreditter, ingen flere kreditter, ikke flere sessioner, har ikke råd, ikke muligt, ikke "
        "mulighed for, ikke midler, ikke budget, ikke råd til, ikke denne gang, kan desværre "
        "ikke, kan ikke bevilge, kan ikke tilbyde, kan ikke dække, kan ikke betale, er afvist, "
        "melder fra, må melde pas, giver afslag"
    ),
    consent=(
        "tilføje, udvide, hæve, godkende, bevilge, acceptere, støtte, betale, dække, tilbyde, "
        "give, sige ja, gå med til, imødekomme"
    ),
    negations="ikke, aldrig, intet, ingen, hverken, uden, ej, næppe, ikk",
    conditions=(
        "om det er, om dette er, om det, hvis, såfremt, medmindre, med mindre, under "
        "forudsætning, forudsat, på betingelse, betingelse*, på den betingelse, afhænger, "
        "afhængigt, når vi ved, når vi har, når jeg har, så snart, inden vi, før vi, før jeg, i "
        "så fald, så godkender, så siger, så er det, så ja, så kan vi, skal vide, vil gerne vide, "
        "må vide, ønsker at vide, er nødt til at vide, først når, indtil, i princippet, med "
        "forbehold, forbehold, så længe, mod at, efter vi, efter at vi"
    ),
    hedges=(
        "at svare, svare på, fejl, udsætte, udsætter, tage stilling, tager stilling, afgøre, "
        "beslutte, beslutter, kontakte, kontakt gerne, kontakt venligst, kontakter, bemyndig*, "
        "ansvar*, fuldmagt, dobbelt*, en mindre, måske, muligvis, eventuelt, formentlig, "
        "sandsynligvis, nok, vist, vender tilbage, vende tilbage, ser på, kigger på, kigge på, se "
        "på, undersøger, undersøge, tjekker, tjekke, drøfte, drøfter, diskutere, diskuterer, "
        "taler med, tale med, spørge, spørger, tænke over, overveje, overvejer, senere, "
        "videresend*, sender videre, sendt videre, sendt den videre, forkert person, forkert "
        "adresse, rette person, rette vedkommende, ved ikke, usikker*, ikke sikker, tror, mener, "
        "håber, forhåbentlig, normalt, som regel, plejer, sædvanligvis, generelt, nogle gange, "
        "ville, kunne, burde, bør, skulle, næste uge, næste måned, i morgen, møde, mødet, endnu "
        "ikke, ikke endnu, afventer, venter, på vent, har modtaget, modtaget, flere oplysninger, "
        "mere information, flere informationer, yderligere oplysninger, forklare, forstår ikke, "
        "sidst, sidste gang, tidligere, sidste år, allerede, cirka, ca, omkring, et par, nogle, "
        "mindst, om måneden, pr måned, per måned, hver måned, pr person, !hver, om året, resten, "
        "beslutning, ikke taget stilling, vurdere, vurderer, anbefaler, vil gerne have, ønsker, "
        "siger min, joker, sjov, færre, mindre"
    ),
    undone=(
        "delvist, delvis, vente, at vente, venter, mere end, flere end, færre end, mindre end, "
        "modtaget, anonym*, tilbage, spørger, at spørge, hvad koster, koster, skal godkendes, "
        "godkendes af, godkendelse fra, kræver godkendelse, kræver, dels, svar følger, besked"
    ),
    contrasts="!men, dog, derimod, ellers, imidlertid",
    more="mere, til, ekstra, flere",
    openers=(
        "hvem, hvad, hvornår, hvor, hvorfor, hvordan, hvilken, hvilke, hvilket, er det, er I, er "
        "der, kan I, kan vi, kan man, kan du, må vi, må jeg, har I, gælder det, drejer det, "
        "handler det, vil I, skal vi, kunne I, kunne vi"
    ),
    who=(
        "hvem, hvis medarbejder, hvilken medarbejder, hvilken person, hvilken af vores, navn, "
        "navnet, navnet på, hvad hedder, hvilken afdeling, cpr, identitet*"
    ),
    is_it=(
        "er det, er det for, drejer det sig om, handler det om, gælder det, det er, det må være, "
        "for, om, angående, vedrørende, er dette"
    ),
    neutral=(
        "hvis I har spørgsmål, hvis der er spørgsmål, hvis du har spørgsmål, hvis I har brug for, "
        "hvis der er andet, hvis I mangler noget, hvis nødvendigt, tøv ikke med, I er velkomne "
        "til, du er velkommen til, tak for jeres mail, tak for mailen, tak for henvendelsen, tak "
        "for jeres henvendelse, mange tak, på forhånd tak, tak, ja eller nej, god dag, god "
        "weekend, hav en god dag, fortsat god dag, uden videre, uden problemer, uden betingelser, "
        "uden forbehold, ubetinget, som I beder om, som ønsket, som anmodet, beklager det sene "
        "svar, beklager sent svar, undskyld det sene svar, ikke senere end, senest"
    ),
    known=(
        "forløb, forløbet, tilbud, tilbuddet, medarbejdere, medarbejderne, firma, sammen, bare, "
        "stk, sætte, sæt, tage, tag, straks, samme, kun, blot, vi, jeg, det, er, og, til, om, på, "
        "i, af, for, med, den, de, dem, der, som, os, vores, jer, jeres, mig, min, her, herfra, "
        "hermed, så, at, sige, siger, kan, vil, må, ja, nej, tak, godkende, godkender, godkendt, "
        "fint, godt, helt, meget, gerne, anmodning, anmodningen, antal, antallet, alle, hele, i "
        "alt, mere, flere, ekstra, yderligere, nye, personen, medarbejder, medarbejderen, "
        "vedkommende, svar, svaret, have, har, får, får I, give, giver, orden, ok, okay, "
        "selvfølgelig, naturligvis, bestemt, absolut, desværre, beklager, denne, gang, nu, dette, "
        "disse, maks, max, højst, passer, hej, kære, goddag, venligst, blive, bliver, lyder, "
        "støtte, støtter, betale, bekræfte, bekræfter, virksomheden, firmaet, hos, fra, vores "
        "side, side, skal, være, over, ansøgningen, forespørgslen, forespørgsel, ønskede, "
        "anmodede, sammenlagt, lade, lad, også"
    ),
    half="halvdelen, det halve, halv*",
    limits=("maks, max, maksimum, maksimalt, højst, op til, ikke mere end, ikke flere end, højest"),
    instead="i stedet for, frem for, ikke",
    ones="én, en, et, ét, ni",
    credits="gange, kredit*, session*, !time*, samtale*, konsultation*",
    units=(
        "dag*, uge*, måned*, år, året, minut*, min, medarbejder*, person*, personer, ansatte, "
        "kollega*, kl, kroner, kr, tusind, procent, spørgsmål, etage, hverdag*, faktura*, mail*"
    ),
    closings=(
        "venlig hilsen, med venlig hilsen, hilsen, hilsner, mange hilsner, bedste hilsner, de "
        "bedste hilsner, mvh, vh, kh, kærlig hilsen, dbh, med venlige hilsner, venlige hilsner, "
        "bedste hilsen, god dag, på forhånd tak, tak, mange tak"
    ),
    greetings=(
        "hej, kære, goddag, hej igen, god morgen, godmorgen, hejsa, til rette vedkommende, dav"
    ),
    wrote="skrev, skrev følgende",
    headers="fra, sendt, til, emne, dato, cc, kopi, vedhæftet",
    cuts=(
        "oprindelig meddelelse, oprindelig besked, videresendt besked, videresendt meddelelse, "
        "videresendt mail, start på videresendt besked, begyndelse på videresendt besked, "
        "original besked, original meddelelse"
    ),
    sent_from="sendt fra, hent outlook, sendt via, sendt med",
    disclaimers=(
        "denne e-mail, denne mail, denne email, denne besked, denne meddelelse, fortrolig, "
        "fortrolighed, ansvarsfraskrivelse, advarsel, bemærk, oplysningerne i, pas på, tænk på"
    ),
    legal=(
        "fortrolig*, modtager*, tiltænkt*, ekstern*, uden for, udefra, ansvar*, miljø*, print*, "
        "udskriv*, vedhæft*, links, uberettiget, ulovlig"
    ),
    away=(
        "er på ferie, holder ferie, har ferie, på barsel, barselsorlov, på orlov, er bortrejst, "
        "er fraværende, ikke på kontoret, ikke til stede, ude af huset, autosvar, automatisk "
        "svar, er tilbage igen, er tilbage den, tilbage på kontoret, begrænset adgang, har fri, "
        "holder fri, læser ikke mails, læser ikke mine mails, vi har modtaget din mail, vi har "
        "modtaget din henvendelse og, svarer så hurtigt som muligt, er sygemeldt, stoppet i, "
        "fratrådt, ikke længere ansat"
    ),
    away_subjects=(
        "autosvar, automatisk svar, autosvar fra, ikke til stede, på ferie, ferie, fraværende, på "
        "barsel, orlov"
    ),
    bounces=(
        "kunne ikke leveres, ikke leveres, blev ikke leveret, kan ikke leveres, levering "
        "mislykkedes, postkassen er fuld, indbakken er fuld, ukendt modtager, adressen findes "
        "ikke, modtageren findes ikke, mailadressen findes ikke"
    ),
    bounce_subjects=(
        "kan ikke leveres, ikke leveret, kunne ikke leveres, levering mislykkedes, mail ikke "
        "leveret, returneret mail, meddelelse om leveringsstatus, uleveret"
    ),
    numbers={
        **_UNITS,
        **_TEENS,
        **_TENS,
        **joined(_TENS, _UNITS, "{unit}og{ten}"),
        "hundrede": 100,
        "et hundrede": 100,
        "et dusin": 12,
    },
)

"""What Norwegian (bokmål) replies say."""

from casework.reply_words import ReplyWords, count, joined, tens

_UNITS = count("én/en/ett/et/ei to tre fire fem seks sju/syv åtte ni", 1)
_TENS = tens("tjue/tyve tretti/tredve førti femti seksti sytti åtti nitti")
_TEENS = count("ti elleve/ellve tolv tretten fjorten femten seksten sytten atten nitten", 10)

NORWEGIAN = ReplyWords(
    telling=(
        "vi, jeg, ikke, det, er, og, ja, nei, takk, kreditter, godkjenn*, dere, til, hvem, "
        "gjerne, mer, hilsen, vennlig, oss, kan, si, dessverre, flere, av, med, vår, fra, hei, "
        "har"
    ),
    yes=(
        "ja, jo, jepp, absolutt, selvfølgelig, selvsagt, naturligvis, godkjent, ok, okei, okay, "
        "greit, helt greit, i orden, innvilget, gjerne, ja takk, ja visst, jada, klart det, "
        "akseptert, den er grei"
    ),
    no="nei, nei takk, avslått, avslag, avvist, nei dessverre, niks, avslås",
    approve=(
        "dere kan få, kan gå med på, går med på, vil støtte, vi stiller oss bak, dere kan legge "
        "inn, legg inn, legg gjerne inn, fungerer for oss, vi godkjenner, jeg godkjenner, "
        "godkjenner, godkjent, kan godkjenne, har godkjent, er godkjent, godkjennes, herved "
        "godkjent, sier ja, vi sier ja, kan si ja, sier gjerne ja, er i orden, helt i orden, i "
        "orden for oss, i orden, er greit, helt greit, greit for oss, greit for meg, går bra, går "
        "fint, går greit, det går fint, er fint, er bra, er ok, er okei, ok for oss, ok for meg, "
        "høres bra ut, høres fint ut, høres greit ut, vi aksepterer, aksepterer, vi innvilger, "
        "innvilger, innvilget, kan innvilge, vi betaler, betaler gjerne, kan betale, vi dekker, "
        "dekker gjerne, kan dekke, vi støtter, støtter gjerne, bekrefter, vi bekrefter, kan "
        "tilby, tilbyr, grønt lys, bare kjør på, kjør på, legg til, legg gjerne til, passer oss, "
        "passer fint, passer bra, med glede, er med på, gir vår godkjenning, samtykker, "
        "tilslutter oss, vi gir, er enige"
    ),
    approve_oddly=(
        "null problem, ingen tvil om, ikke noe problem, ikke noe i veien, ingen problem, ingen "
        "problemer, intet problem, ingen innvendinger, ingen innvending, ikke noe imot, har "
        "ingenting imot, ingenting imot, hvorfor ikke, ikke et problem, intet å innvende"
    ),
    decline=(
        "går ikke, går dessverre ikke, brukt opp, er brukt opp, er oppbrukt, ikke anledning, "
        "ønsker ikke å, er tomt, sier nei, vi sier nei, må si nei, si nei, svaret er nei, vårt "
        "svar er nei, vi avslår, avslår, må avslå, vi avviser, avviser, må avvise, vi avstår, "
        "avstår, må avstå, takker nei, må takke nei, takke nei, ingen kreditter, ikke flere "
        "kreditter, ingen flere kreditter, ikke flere timer, ingen flere timer, har ikke råd, "
        "ikke mulig, ikke mulighet, ingen mulighet, ikke midler, ikke rom for, ikke budsjett, "
        "ikke råd til, ikke denne gangen, ikke denne gang, kan dessverre ikke, kan ikke innvilge, "
        "kan ikke tilby, kan ikke dekke, kan ikke betale, er avslått, er avvist, gir avslag, må "
        "melde pass"
    ),
    consent=(
        "legge til, utvide, øke, godkjenne, innvilge, akseptere, støtte, betale, dekke, tilby, "
        "gi, si ja, gå med på, imøtekomme"
    ),
    negations=(
        "ikke, aldri, intet, ingen, ingenting, verken, hverken, uten, ei heller, neppe, ikkje"
    ),
    conditions=(
        "om det er, om dette er, om det, hvis, dersom, såfremt, med mindre, medmindre, under "
        "forutsetning, forutsatt, på betingelse, betingelse*, vilkår, avhenger, avhengig, når vi "
        "vet, når vi har, når jeg har, så snart, så fort, før vi, før jeg, i så fall, i så "
        "tilfelle, da godkjenner, da sier, da er det, da ja, da kan vi, da går det, må vite, vil "
        "vite, vil gjerne vite, ønsker å vite, trenger å vite, inntil, i prinsippet, med "
        "forbehold, forbehold, så lenge, mot at, etter at vi, først må, først vil"
    ),
    hedges=(
        "å svare, svare på, feil, utsette, ta stilling, tar stilling, avgjøre, bestemme, "
        "beslutte, kontakte, kontakt gjerne, kontakt venligst, kontakter, fullmakt*, myndighet*, "
        "ansvar*, dobbelt*, en mindre, kanskje, muligens, eventuelt, trolig, antakelig, "
        "antagelig, sannsynligvis, nok, kommer tilbake, komme tilbake, ser på, se på, titter på, "
        "undersøke, undersøker, sjekke, sjekker, drøfte, drøfter, diskutere, diskuterer, snakke "
        "med, snakker med, spørre, spør, tenke på, tenke over, vurdere, vurderer, overveie, "
        "senere, videresend*, sender videre, sendt videre, sender den videre, feil person, feil "
        "adresse, rett person, riktig person, rette vedkommende, vet ikke, usikker*, ikke sikker, "
        "tror, mener, håper, forhåpentligvis, normalt, vanligvis, som regel, pleier, generelt, "
        "noen ganger, ville, kunne, burde, bør, skulle, neste uke, neste måned, i morgen, møte, "
        "møtet, ennå, enda, avventer, venter, på vent, har mottatt, mottatt, har fått, mer "
        "informasjon, flere opplysninger, mer opplysninger, ytterligere informasjon, forklare, "
        "forstår ikke, sist, forrige, tidligere, i fjor, allerede, cirka, ca, omtrent, rundt, et "
        "par, noen, minst, i måneden, per måned, pr måned, hver måned, !hver, per person, per år, "
        "resten, beslutning, bestemt oss, tatt stilling, anbefaler, ønsker, vil ha, spøk*, "
        "tuller, færre, mindre"
    ),
    undone=(
        "delvis, vente, venter, mer enn, flere enn, færre enn, mindre enn, mottatt, anonym*, "
        "igjen, å spørre, spør, koster, må godkjennes, skal godkjennes, godkjennes av, "
        "godkjenning fra, krever, dels, beskjed, få svar"
    ),
    contrasts="!men, likevel, imidlertid, derimod, ellers",
    more="til, ekstra, mer, flere",
    openers=(
        "hvem, hva, når, hvor, hvorfor, hvordan, hvilken, hvilke, hvilket, er det, er dere, er "
        "dette, finnes det, kan dere, kan vi, kan man, kan du, får vi, får jeg, har dere, gjelder "
        "det, dreier det, handler det, vil dere, skal vi, kunne dere, kunne vi"
    ),
    who=(
        "hvem, hvilken ansatt, hvilken medarbeider, hvilken person, hvilken av våre, navn, "
        "navnet, navnet på, hva heter, hvilken avdeling, fødselsnummer, identitet*"
    ),
    is_it=(
        "er det, er det for, gjelder det, handler det om, dreier det seg om, det er, det må være, "
        "for, om, angående, vedrørende, er dette"
    ),
    neutral=(
        "hvis dere har spørsmål, hvis det er spørsmål, hvis du har spørsmål, om dere har "
        "spørsmål, hvis dere trenger, om det er noe, hvis det er noe, ved behov, ved spørsmål, "
        "hvis nødvendig, ikke nøl med å, ikke nøl, takk for e-posten, takk for meldingen, takk "
        "for henvendelsen, takk for deres henvendelse, mange takk, tusen takk, på forhånd takk, "
        "takk, ja eller nei, god helg, ha en fin dag, ha en god dag, uten videre, uten problemer, "
        "uten betingelser, uten forbehold, ubetinget, som dere ber om, som ønsket, som forespurt, "
        "beklager sent svar, beklager det sene svaret, ikke senere enn, senest, god dag, fortsatt "
        "god dag"
    ),
    known=(
        "tilbud, tilbudet, forløp, forløpet, oppfølging, oppfølgingen, alle sammen, stk, ta, tar, "
        "straks, samme, bare, kun, vi, jeg, det, er, og, til, om, på, i, av, for, med, den, de, "
        "dem, som, oss, vår, vårt, våre, dere, deres, meg, min, her, herved, så, å, at, si, sier, "
        "kan, vil, må, får, ja, nei, takk, godkjenne, godkjenner, godkjent, fint, bra, godt, "
        "helt, veldig, gjerne, forespørsel, forespørselen, forespørselen deres, antall, antallet, "
        "alle, hele, totalt, til sammen, mer, flere, ekstra, ytterligere, nye, personen, ansatt, "
        "den ansatte, ansatte, medarbeider, medarbeideren, vedkommende, svar, svaret, ha, har, "
        "gi, gir, orden, ok, okei, greit, selvfølgelig, selvsagt, absolutt, dessverre, beklager, "
        "denne, gang, gangen, nå, dette, disse, maks, max, høyst, passer, hei, kjære, hallo, "
        "vennligst, blir, bli, høres, ut, støtte, støtter, betale, bekrefte, bekrefter, "
        "bedriften, firmaet, hos, fra, side, skal, være, sammenlagt, går, søknaden, ber, ønsket, "
        "også, la"
    ),
    half="halvparten, det halve, halv*",
    limits=(
        "maks, max, maksimum, maksimalt, høyst, inntil, opp til, opptil, ikke mer enn, ikke flere "
        "enn, på det meste"
    ),
    instead="i stedet for, istedenfor, fremfor, ikke",
    ones="én, en, ett, et, ei, ni",
    credits="ganger, kreditt*, !time*, session*, samtale*, konsultasjon*",
    units=(
        "dag*, uke*, måned*, år, året, minutt*, min, ansatte, person*, personer, medarbeidere, "
        "kolleg*, kl, kroner, kr, tusen, prosent, spørsmål, etasje, virkedag*, faktura*, e-post*"
    ),
    closings=(
        "vennlig hilsen, med vennlig hilsen, hilsen, beste hilsen, med beste hilsen, mange "
        "hilsener, mvh, vh, hilsning, hilsener, vennlige hilsener, med vennlige hilsener, alt "
        "godt, ha en fin dag, takk på forhånd, takk, klem, hilsen fra"
    ),
    greetings=(
        "hei, kjære, god dag, god morgen, hei igen, hallo, heisann, hei alle, hei sann, til rette "
        "vedkommende, hei dere"
    ),
    wrote="skrev, skrev følgende",
    headers="fra, sendt, til, emne, dato, kopi, cc",
    cuts=(
        "opprinnelig melding, original melding, videresendt melding, videresendt e-post, start på "
        "videresendt melding, begynnelse på videresendt melding, videresendt epost"
    ),
    sent_from="sendt fra, hent outlook, skaff deg outlook, sendt via, sendt med",
    disclaimers=(
        "denne e-posten, denne eposten, denne meldingen, denne e-post, e-posten, konfidensielt, "
        "konfidensiell, taushetsplikt, advarsel, merk, obs, informasjonen i, tenk på"
    ),
    legal=(
        "konfidensiel*, mottaker*, tiltenkt*, ment for, ekstern*, utenfor, utenfra, ansvar*, "
        "miljø*, skriver ut, skrive ut, vedlegg*, lenker, taushetsplikt*, fortrolig*, "
        "uvedkommende"
    ),
    away=(
        "er på ferie, har ferie, på ferie, i permisjon, foreldrepermisjon, i foreldrepermisjon, "
        "er bortreist, er fraværende, ikke på kontoret, ikke til stede, autosvar, automatisk "
        "svar, er tilbake, tilbake på kontoret, begrenset tilgang, har fri, avspaserer, leser "
        "ikke e-post, leser ikke mail, vi har mottatt din henvendelse og, vi har mottatt din "
        "e-post, saken din er registrert, er sykmeldt, har sluttet, ikke lenger ansatt"
    ),
    away_subjects=(
        "autosvar, automatisk svar, autosvar fra, fraværsmelding, fraværende, fravær, på ferie, "
        "ferie, permisjon, ikke til stede"
    ),
    bounces=(
        "kunne ikke leveres, kan ikke leveres, ble ikke levert, ikke levert, leveringen "
        "mislyktes, levering mislyktes, postboksen er full, innboksen er full, ukjent mottaker, "
        "adressen finnes ikke, mottakeren finnes ikke"
    ),
    bounce_subjects=(
        "kan ikke leveres, ikke levert, kunne ikke leveres, levering mislyktes, leveringsfeil, "
        "leveringsstatus, uleverbar, returnert e-post"
    ),
    numbers={
        **_UNITS,
        **_TEENS,
        **_TENS,
        **joined(_TENS, _UNITS, "{ten}{unit}"),
        **joined(_TENS, _UNITS, "{unit}og{ten}"),
        "hundre": 100,
        "ett hundre": 100,
        "et dusin": 12,
    },
)

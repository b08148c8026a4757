"""What Norwegian (bokmål) replies say."""

from casework.reply_words import ReplyWords, count, each, joined, tens

_UNITS = count("én/en/ett/et/ei to tre fire fem seks sju/syv åtte ni", 1)
_TENS = tens("tjue/tyve tretti/tredve førti femti seksti sytti åtti nitti")
_TEENS = count("ti elleve/ellve tolv tretten fjorten femten seksten sytten atten nitten", 10)
_WE_PAY = each(
    "vi, jeg, vi kan, vi kan godt, vi kan fint, vi vil, vi vil gjerne, vil vi gjerne, vi skal, "
    "enige om å, besluttet å, bestemt oss for å, valgt å, glade for å kunne, bekrefter at vi",
    "godkjenne, godkjenner, innvilge, innvilger, støtte, støtter, dekke, dekker, betale, betaler, "
    "imøtekomme, imøtekommer, finansiere, finansierer, si ja, sier ja, stille oss bak",
)

NORWEGIAN = ReplyWords(
    telling=(
        "vi, jeg, ikke, det, er, og, ja, nei, takk, kreditter, godkjenn*, dere, til, hvem, "
        "gjerne, mer, hilsen, vennlig, oss, kan, si, dessverre, flere, av, med, vår, fra, hei, "
        "har"
    ),
    yes=(
        "ja, jo, jepp, absolutt, selvfølgelig, selvsagt, naturligvis, godkjent, ok, okei, okay, "
        "greit, helt greit, i orden, innvilget, gjerne, ja takk, ja visst, jada, klart det, "
        "akseptert, den er grei, ja selvfølgelig, ja selvsagt, ja gjerne, javisst, klart, jo da, "
        "avtale, med glede, null stress, den er god, imøtekommet, det skulle bare mangle, skulle "
        "bare mangle, helt sikkert, bare hyggelig"
    ),
    no=(
        "nei, nei takk, avslått, avslag, avvist, nei dessverre, niks, avslås, dessverre ikke, "
        "dessverre nei, beklager nei, nei beklager, takk men nei takk, nei takk dessverre, ellers "
        "takk, nei ellers takk, næ"
    ),
    approve=(
        "blir bra, det blir fint, skulle bare mangle, det skulle bare mangle, støttes, "
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
        "tilslutter oss, vi gir, er enige, støtter vi, dekker vi, betaler vi, godkjenner vi, "
        "innvilger vi, aksepterer vi, er vi med på, går vi med på, stiller vi oss bak, stiller "
        "oss bak, sier vi ja til, sier vi ja takk til, sier vi gjerne ja til, gjør vi gjerne, det "
        "gjør vi, kan vi gjøre, kan vi godt, kan vi godt gjøre, kan vi fint gjøre, ordner vi, "
        "fikser vi, sagt ja, har sagt ja til, sagt ja til dette, vil vi gjerne støtte, ja takk "
        "til, går helt fint, går helt bra, går veldig fint, går kjempefint, går kjempebra, går "
        "utmerket, går så fint, går fint for oss, går bra for oss, er helt greit, er helt fint, "
        "er helt ok, er helt i orden, er greit for oss, er kjempefint, er topp, er supert, er "
        "perfekt, helt fint, helt ok, fint for oss, bra for oss, ok fra oss, ja fra oss, greit "
        "fra vår side, greit for vår del, bedriften betaler, bedriften dekker, firmaet betaler, "
        "firmaet dekker, arbeidsgiver dekker, arbeidsgiver betaler, selskapet dekker, selskapet "
        "betaler, imøtekommer, imøtekommes, er imøtekommet, er innvilget, blir innvilget, "
        "innvilges, aksepteres, er akseptert, sett i gang, set i gang, bare sett i gang, gjør "
        "det, gi dem, gi dem gjerne, legg dem inn, bare legg, legg dem til, legge dem til, dere "
        "kan gjerne, dere kan legge, dere kan godt, dere må gjerne, dere får lov, det må dere "
        "gjerne, kan dere gjerne, er en avtale, den er god, null stress, tar kostnaden, tar "
        "regningen, vi tar det, tar vi, dekker kostnaden, gir grønt lys, gir klarsignal, "
        "klarsignal, gir tommel opp, tommel opp, tommelen opp, gir vårt samtykke, vårt samtykke, "
        "vår godkjenning, herved godkjenning, vi er enige, bifaller, " + _WE_PAY
    ),
    approve_oddly=(
        "null problem, ingen tvil om, ikke noe problem, ikke noe i veien, ingen problem, ingen "
        "problemer, intet problem, ingen innvendinger, ingen innvending, ikke noe imot, har "
        "ingenting imot, ingenting imot, hvorfor ikke, ikke et problem, intet å innvende, "
        "ingenting å innvende, ikke noe å innvende, ikke i veien, ingenting i veien, ingenting i "
        "veien for, ikke noe i veien for, intet i veien, ikke noen innvendinger, ikke "
        "innvendinger, uten problem, ikke problem, uten å nøle, ingen merknader, ingen "
        "hindringer, ikke noen problemer, ikke noen problem, ikke noe stress"
    ),
    offers=(
        "strekker oss til, strekke oss til, kan strekke oss til, strekker oss opp til, går opp "
        "til, gå opp til, kan gå opp til, la oss si, vi sier, sier vi, vi tar, tar vi, heller, "
        "vil heller, vil heller ha, foretrekker, vi foretrekker, bidra med, bidrar med, kan bidra "
        "med, gjør det til, sett opp, sett det til, gi, gi heller, gi gjerne, grense er, grensen "
        "er, grensen vår er, vår grense er, taket er, taket vårt er, maksgrensen er, maksimum er, "
        "nøyer oss med, nøye oss med, være med på, kan vi være med på, kan vi, kan vi tilby, kan "
        "vi dekke, dekker vi, øk til, øk det til, øker til, sett ned til, reduser til, vi gir, "
        "vil gi, kan gi, kan vi gi, er det vi kan tilby, er det meste vi kan, er det vi kan, legg "
        "inn, legg til, runder opp til, rund opp til, kan klare, klarer vi, kan finansiere, vil "
        "gjerne gi, passer oss bedre, er bedre, kjør på med, kjør"
    ),
    decline=(
        "går ikke, går dessverre ikke, brukt opp, er brukt opp, er oppbrukt, ikke anledning, "
        "ønsker ikke å, sier nei, vi sier nei, må si nei, si nei, svaret er nei, vårt svar er "
        "nei, vi avslår, avslår, må avslå, vi avviser, avviser, må avvise, vi avstår, avstår, må "
        "avstå, takker nei, må takke nei, takke nei, ingen kreditter, ikke flere kreditter, ingen "
        "flere kreditter, ikke flere timer, ingen flere timer, har ikke råd, ikke mulig, ikke "
        "mulighet, ingen mulighet, ikke midler, ikke rom for, ikke budsjett, ikke råd til, ikke "
        "denne gangen, ikke denne gang, kan dessverre ikke, kan ikke innvilge, kan ikke tilby, "
        "kan ikke dekke, kan ikke betale, er avslått, er avvist, gir avslag, må melde pass, lar "
        "seg ikke gjøre, lar seg dessverre ikke gjøre, lar det seg ikke gjøre, ikke la seg gjøre, "
        "ønsker ikke, vi ønsker ikke, de er brukt, er brukt, er alle brukt, budsjettet er brukt, "
        "pengene er brukt, er tømt, er uttømt, budsjettet tillater ikke, tillater ikke, tillater "
        "det ikke, tillater dessverre ikke, tillater det dessverre ikke, ikke mer penger, ikke "
        "flere penger, ingen penger, ikke penger, blir nei, blir et nei, nei fra oss, et nei fra "
        "oss, nei herfra, nødt til å avslå, nødt til å si nei, nødt til å takke nei, å avslå, å "
        "avvise, å takke nei, å si nei, avslås, avvises, blir avslått, blir avvist, har avslått, "
        "har avvist, ikke økonomi, ikke økonomi til, ikke budsjett til, ikke råd, ikke i stand "
        "til, ikke lenger, tilbyr ikke lenger, dekker ikke, betaler ikke, støtter ikke, innvilger "
        "ikke, tilbyr ikke, gir ikke, kan ikke hjelpe, kan ikke imøtekomme, kan ikke imøtekommes, "
        "kan dessverre ikke imøtekomme, står over, ikke lov til, ikke plass i budsjettet, ikke "
        "plass til, ikke dekning for, nådd taket, nådd grensen, ingen midler, ikke flere midler, "
        "ikke kapasitet til, vil ikke gi, vi vil ikke, ikke aktuelt, ikke være med på, ikke noe "
        "vi kan, ikke noe vi tilbyr, har ikke anledning, har dessverre ikke anledning, oppbrukt, "
        "tomt for midler, tom for midler, ikke mer penger igjen, ikke penger igjen, bestemt oss "
        "for å si nei, bestemt oss for å takke nei, bestemt oss for å avslå"
    ),
    consent=(
        "legge til, utvide, øke, godkjenne, innvilge, akseptere, støtte, betale, dekke, tilby, "
        "gi, si ja, gå med på, imøtekomme, bidra, bidra med, være med på, hjelpe, finansiere, "
        "strekke oss, gjøre det, gjøre mer, etterkomme"
    ),
    negations=(
        "ikke, aldri, intet, ingen, ingenting, verken, hverken, uten, ei heller, neppe, ikkje, "
        "for mange, for mye, ingen av"
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
        "ansvar*, kanskje, muligens, eventuelt, trolig, antakelig, antagelig, sannsynligvis, nok, "
        "kommer tilbake, komme tilbake, ser på, se på, titter på, undersøke, undersøker, sjekke, "
        "sjekker, drøfte, drøfter, diskutere, diskuterer, snakke med, snakker med, spørre, spør, "
        "tenke på, tenke over, vurdere, vurderer, overveie, senere, videresend*, sender videre, "
        "sendt videre, sender den videre, feil person, feil adresse, rett person, riktig person, "
        "rette vedkommende, vet ikke, usikker*, ikke sikker, tror, mener, håper, forhåpentligvis, "
        "normalt, vanligvis, som regel, pleier, generelt, noen ganger, ville, kunne, burde, bør, "
        "skulle, neste uke, neste måned, i morgen, møte, møtet, ennå, enda, avventer, venter, på "
        "vent, har mottatt, mottatt, har fått, mer informasjon, flere opplysninger, mer "
        "opplysninger, ytterligere informasjon, forklare, forstår ikke, sist, forrige, tidligere, "
        "allerede, cirka, ca, omtrent, rundt, et par, noen, minst, i måneden, per måned, pr "
        "måned, hver måned, !hver, per person, resten, beslutning, bestemt oss, tatt stilling, "
        "anbefaler, ønsker, vil ha, spøk*, tuller, færre, mindre, hverken, verken, ingen har, "
        "alene, selv, eller avslått, eller avvist, eller ei, eller nei, aldri, for mange, for "
        "mye, høres mye, mye ut, må ta det med, ta det med, jeg vet ikke, vet ikke om, først, "
        "vent, vent med, vent litt, helst ikke si, ikke si nei, sier ikke nei, ikke avvis*, ikke "
        "opp til meg, må ledelsen, må styret, må direktøren, godkjente, om vi kan, om vi må, ga, "
        "har gitt, har hatt, glade for tjenesten, til våren, til høsten, våren, høsten, antar, "
        "går ut fra, regner med, i teorien, ikke det at, tar det med, tar den med, ta den med, "
        "åpne, svare, ringe, ring, purring*, vedlegg*, e-post*, epost*, jobber, betaler "
        "fakturaen, på kopi"
    ),
    undone=(
        "delvis, vente, venter, mer enn, flere enn, færre enn, mindre enn, mottatt, anonym*, "
        "igjen, å spørre, spør, koster, må godkjennes, skal godkjennes, godkjennes av, "
        "godkjenning fra, krever, dels, beskjed, få svar, må få det, må få den, må få godkjen*, "
        "få det godkjent, få den godkjent, ha det godkjent, som godkjenner, bra å høre, godt å "
        "høre, hyggelig å høre, fint å høre, fint at dere spør, at dere spør, greit å vente, bra "
        "å vente, greit å svare, bra å svare, ikke brukt opp, er ikke brukt, ikke det at, men "
        "hva, ikke legg, ikke legge, ingen har, ingen her har, sier ikke, helst ikke, halvparten "
        "av våre, halvparten av oss, uten navn, uten et navn, legg til meg, legg meg til, ansatte "
        "med, til meg, betaler fakturaen, tar det med, tar den med"
    ),
    remarks=(
        "møte, møtet, tidligere, i fjor, sist, forrige, normalt, generelt, som regel, pleier, "
        "håper, mener, hver, noen, et par, allerede, skulle, ønsker, selv, først, vanligvis, tar "
        "det med, tar den med, ta den med, åpne, svare, ringe, ring, purring*, vedlegg*, e-post*, "
        "epost*, jobber, betaler fakturaen, på kopi"
    ),
    contrasts="!men, likevel, imidlertid, derimod, ellers",
    more="til, ekstra, mer, flere",
    openers=(
        "hvem, hva, når, hvor, hvorfor, hvordan, hvilken, hvilke, hvilket, er det, er dere, er "
        "dette, finnes det, kan dere, kan vi, kan man, kan du, får vi, får jeg, har dere, gjelder "
        "det, dreier det, handler det, vil dere, skal vi, kunne dere, kunne vi, er to, er tre, "
        "går det, kan jeg, må man, vil det, blir det, er dere sikre"
    ),
    who=(
        "hvem, hvilken ansatt, hvilken medarbeider, hvilken person, hvilken av våre, navn, "
        "navnet, navnet på, hva heter, hvilken avdeling, fødselsnummer, identitet*, hvem det, "
        "hvem dette, hvem som, hvilken kollega, hvilke ansatte, hvem av, uten navn, uten et navn"
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
        "god dag, diskutert det på et møte, har diskutert det, har diskutert saken, har drøftet "
        "det, har snakket om det, har snakket sammen, diskutert det, drøftet det, på et møte, på "
        "møtet i går, fra vår side, for vår del, fra min side, for min del, på våre vegne, som "
        "vanlig, på vanlig måte, takk for at dere spør, takk for at du spør, takk for at dere "
        "spurte, når dere først er i gang, med det samme, en god stund"
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
        "også, la, heller, altså, klart, ledelsen, direktøren, sjefen, styret, vel, penger, "
        "potten, budsjettet, budsjett, timer, timene, ganger, gangene, begge, derfor, året, år, "
        "gjør, sett, setter, igjen, supert, topp, flott, kjempefint, perfekt, fin, utmerket, "
        "null, stress, kostnaden, kostnadene, regningen, dessuten, litt, sammen, opp, ned, god, "
        "med en gang, gjøre, bare hyggelig, hyggelig, del, vegne, positive, stiller, kjempebra, "
        "grense, grensen, tak, taket"
    ),
    half="halvparten, det halve, halv*",
    one_less="en mindre, én mindre, en færre, én færre, en mindre enn ønsket",
    twice=(
        "det dobbelte, dobbelt så mange, dobbelt så mye, det dobbelte antallet, dobbelt opp, "
        "doble, doble det, dobl, dobler det, dobler"
    ),
    out_of="av de, av dem, ut av de, av deres, av",
    limits=(
        "maks, max, maksimum, maksimalt, høyst, inntil, opp til, opptil, ikke mer enn, ikke flere "
        "enn, på det meste"
    ),
    instead="i stedet for, istedenfor, fremfor, ikke",
    ones="én, en, ett, et, ei, ni",
    credits="ganger, kreditt*, !time*, session*, samtale*, konsultasjon*",
    units=(
        "dag*, uke*, måned*, år, året, minutt*, min, ansatte, person*, personer, medarbeidere, "
        "kolleg*, kl, kroner, kr, tusen, prosent, spørsmål, etasje, virkedag*, faktura*, e-post*, "
        "leder*, sjef*, kontor*, avdelinger, ting, purring*, saker, andre"
    ),
    rates=(
        "i året, årlig, per år, pr år, i måneden, månedlig, per måned, pr måned, per person, pr "
        "person, per ansatt, pr ansatt, hvert år, i fjor, allerede"
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

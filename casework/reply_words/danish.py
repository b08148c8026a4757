"""What Danish replies say."""

from casework.reply_words import ReplyWords, count, each, joined, tens

_UNITS = count("én/en/et/ét to tre fire fem seks syv otte ni", 1)
_TENS = tens(
    "tyve tredive/tredve fyrre/fyrretyve halvtreds tres halvfjerds firs/firsindstyve halvfems"
)
_TEENS = count("ti elleve tolv tretten fjorten femten seksten sytten atten nitten", 10)
_WE_PAY = each(
    "vi, jeg, vi kan, vi kan godt, vi kan sagtens, vi vil, vi vil gerne, vil vi gerne, vi vil med "
    "glæde, enige om at, besluttet at, valgt at, glade for at kunne, kan bekræfte at vi",
    "godkende, godkender, bevilge, bevilger, støtte, støtter, dække, dækker, betale, betaler, "
    "imødekomme, imødekommer, finansiere, finansierer, sige ja, siger ja, bakke op",
)

DANISH = ReplyWords(
    telling=(
        "vi, jeg, ikke, det, er, og, ja, nej, tak, kreditter, godkend*, jer, til, hvem, gerne, "
        "mere, hilsen, venlig, os, kan, sige, desværre, flere, af, med, vores, fra, hej, har"
    ),
    yes=(
        "ja, jo, jep, jeps, selvfølgelig, naturligvis, godkendt, ok, okay, okej, i orden, "
        "bestemt, absolut, gerne, ja tak, bevilget, accepteret, selvfølgeligt, ja selvfølgelig, "
        "selvfølgelig ja, ja gerne, helt sikkert, sagtens, jada, jo da, klart, ja da, "
        "imødekommet, det er en aftale, aftale, med glæde, tilladt"
    ),
    no=(
        "nej, nej tak, afvist, afslået, næh, niks, afslag, desværre ikke, desværre nej, nej "
        "desværre, nej beklager, beklager nej, tak men nej tak, ellers tak, nej ellers tak, næ"
    ),
    approve=(
        "afholder udgiften, det ordner vi, står for udgiften, vi klarer det, "
        "bakker op, bakker gerne op, gå i gang, sætte i gang, I kan få, kan få, går med til, sæt "
        "gang, vi godkender, jeg godkender, godkender, godkendt, kan godkende, har godkendt, er "
        "godkendt, bliver godkendt, hermed godkendt, siger ja, vi siger ja, kan sige ja, siger "
        "gerne ja, er i orden, helt i orden, i orden for os, i orden, er fint, det er fint, fint "
        "med os, er ok, er okay, ok for os, ok med os, ok herfra, lyder godt, lyder fint, vi "
        "accepterer, accepterer, vi bevilger, bevilger, kan bevilge, vi betaler, kan betale, "
        "betaler gerne, vi dækker, dækker gerne, vi støtter, støtter gerne, bekræfter, vi "
        "bekræfter, tilbyder, kan tilbyde, grønt lys, kør bare, gå bare i gang, tilføj, tilføj "
        "gerne, det må I gerne, passer os, passer fint, med glæde, er med på, er indforstået, "
        "indforstået, giver tilsagn, tilsagn, er enige, vi giver, støtter vi, dækker vi, betaler "
        "vi, bakker vi op om, bakker vi gerne op om, godkender vi, bevilger vi, accepterer vi, er "
        "vi med på, er vi indforstået med, går vi med til, siger vi ja til, siger vi ja tak til, "
        "siger vi gerne ja til, gør vi gerne, det gør vi, kan vi godt, kan vi sagtens, kan vi "
        "godt gøre, det kan vi godt, sagt god for, sagt ja, siger god for, siger vi god for, har "
        "sagt ja til, vil vi gerne støtte, ja tak til, er helt okay, helt okay, helt ok, helt "
        "fint, er helt fint, er helt i orden, er super, fint for os, okay for os, okay herfra, "
        "okay med os, i orden herfra, fra vores side er det, firmaet betaler, virksomheden "
        "betaler, firmaet dækker, virksomheden dækker, imødekommes, imødekommer, er imødekommet, "
        "hermed imødekommet, er bevilget, er bevilliget, bevilliget, godkendes, bevilges, "
        "accepteres, er accepteret, kør på, kør løs, gør det, gør I bare, giv dem, giv dem bare, "
        "sæt dem på, bare sæt, I må gerne, må I gerne, I må godt, må gerne tilføje, I sætter "
        "bare, kan I godt, er en aftale, stiller os bag, stiller vi os bag, samtykker, giver "
        "grønt lys, giver vores godkendelse, vores godkendelse, hermed godkendelse, I har vores, "
        "vi er enige, vi tager udgiften, tager regningen, " + _WE_PAY
    ),
    approve_oddly=(
        "ingen tvivl om, ikke noget problem, intet problem, intet at indvende, ingen "
        "indvendinger, ingen indvending, har ikke noget imod, har intet imod, ingen problemer, "
        "det gør ikke noget, hvorfor ikke, ingen problem, ikke noget at indvende, ikke et "
        "problem, ikke noget i vejen, ikke noget i vejen for, intet i vejen, intet i vejen for, "
        "ingen problemer med, ikke imod, ingen bemærkninger, uden tøven, ingen ko på isen, uden "
        "problemer, ikke noget til hinder"
    ),
    offers=(
        "strækker os til, strækker os op til, strække os til, kan strække os til, går op til, gå "
        "op til, kan gå op til, lad os sige, vi siger, siger vi, vi tager, tager vi, hellere, vil "
        "hellere, vil hellere have, foretrækker, vi foretrækker, bidrage med, bidrager med, kan "
        "bidrage med, gør det til, lav det til, giv, giv endelig, giv hellere, give, grænse er, "
        "grænsen er, vores grænse er, vores loft er, loftet er, maksimum er, nøjes med, vi nøjes "
        "med, være med til, kan vi godt være med til, kan vi være med til, være med på, kan vi "
        "godt, kan vi, kan vi tilbyde, kan vi dække, hæv det til, hæver til, sæt det op til, sæt "
        "det ned til, sætter det til, sæt, vi giver, vil give, vi kan give, kan vi give, er det "
        "vi kan tilbyde, er hvad vi kan, er det meste vi kan, tilføj, runder op til, rund op til, "
        "kan vi klare, kan klare, kan finansiere, vi vil gerne give, vil gerne give, passer os "
        "bedre, er bedre"
    ),
    decline=(
        "går ikke, går desværre ikke, opbrugt, brugt op, er opbrugt, er brugt op, er brugt, melde "
        "fra, ikke at bevilge, ikke at godkende, siger nej, vi siger nej, må sige nej, sige nej, "
        "svaret er nej, vores svar er nej, vi afviser, afviser, må afvise, vi afslår, afslår, må "
        "afslå, takker nej, må takke nej, takke nej, siger nej tak, ingen kreditter, ikke flere "
        "kreditter, ingen flere kreditter, ikke flere sessioner, har ikke råd, ikke muligt, ikke "
        "mulighed for, ikke midler, ikke budget, ikke råd til, ikke denne gang, kan desværre "
        "ikke, kan ikke bevilge, kan ikke tilbyde, kan ikke dække, kan ikke betale, er afvist, "
        "melder fra, må melde pas, giver afslag, kan ikke lade sig gøre, lader sig ikke gøre, "
        "lader sig desværre ikke gøre, kan desværre ikke lade sig gøre, ønsker ikke at, ikke "
        "ønsker at, de er brugt, er alle brugt, allerede brugt op, budgettet er brugt, pengene er "
        "brugt, er opbrugte, er tømt, er tom, er udtømt, budgettet er, budgettet tillader ikke, "
        "tillader ikke, tillader det ikke, tillader det desværre ikke, ikke flere penge, ingen "
        "penge, ikke penge, penge til det, bliver et nej, bliver nej, et nej herfra, et nej fra "
        "os, nej herfra, nej fra os, blive et nej, nødt til at afslå, nødt til at sige nej, nødt "
        "til at takke nej, nødt til at afvise, må melde fra, at afslå, at afvise, at takke nej, "
        "at sige nej, afvises, afslås, bliver afvist, bliver afslået, er afslået, har afvist, har "
        "afslået, ikke økonomi, ikke økonomi til, ikke budget til, ikke råd, ikke i stand til, "
        "ikke støtte, ikke længere, tilbyder ikke længere, dækker ikke, betaler ikke, støtter "
        "ikke, bevilger ikke, tilbyder ikke, giver ikke, kan ikke hjælpe, kan ikke imødekomme, "
        "kan desværre ikke imødekomme, springer over, ikke lov til, ikke plads i budgettet, ikke "
        "plads til, ikke luft i budgettet, nået loftet, nået grænsen, ikke mere at give af, ikke "
        "flere midler, ingen midler, ikke dækning for, vi vil ikke, ikke aktuelt, ikke være med "
        "til, ikke noget vi kan, ikke noget vi tilbyder"
    ),
    consent=(
        "tilføje, udvide, hæve, godkende, bevilge, acceptere, støtte, betale, dække, tilbyde, "
        "give, sige ja, gå med til, imødekomme, bidrage, bidrage med, være med til, hjælpe, "
        "finansiere, strække os, gøre det, gøre mere, efterkomme"
    ),
    negations=(
        "ikke, aldrig, intet, ingen, hverken, uden, ej, næppe, ikk, for mange, for meget, ingen af"
    ),
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
        "ansvar*, fuldmagt, måske, muligvis, eventuelt, formentlig, sandsynligvis, nok, vist, "
        "vender tilbage, vende tilbage, ser på, kigger på, kigge på, se på, undersøger, "
        "undersøge, tjekker, tjekke, drøfte, drøfter, diskutere, diskuterer, taler med, tale med, "
        "spørge, spørger, tænke over, overveje, overvejer, senere, videresend*, sender videre, "
        "sendt videre, sendt den videre, forkert person, forkert adresse, rette person, rette "
        "vedkommende, ved ikke, usikker*, ikke sikker, tror, mener, håber, forhåbentlig, normalt, "
        "som regel, plejer, sædvanligvis, generelt, nogle gange, ville, kunne, burde, bør, "
        "skulle, næste uge, næste måned, i morgen, møde, mødet, endnu ikke, ikke endnu, afventer, "
        "venter, på vent, har modtaget, modtaget, flere oplysninger, mere information, flere "
        "informationer, yderligere oplysninger, forklare, forstår ikke, sidst, sidste gang, "
        "tidligere, allerede, cirka, ca, omkring, et par, nogle, mindst, om måneden, pr måned, "
        "per måned, hver måned, pr person, !hver, resten, beslutning, ikke taget stilling, "
        "vurdere, vurderer, anbefaler, vil gerne have, ønsker, siger min, joker, sjov, færre, "
        "mindre, endnu, hverken, ingen har, alene, selv, eller afvist, eller afslået, eller ej, "
        "eller nej, aldrig, for mange, for meget, lyder af, lige vende, vende det, sige ja til "
        "først, først, jeg ved ikke, ved vi ikke, ikke fordi, vent, vent med, helst ikke sige, "
        "ikke sige nej, ikke nej, siger ikke nej, ikke afvis*, ikke op til mig, skal ledelsen, "
        "skal bestyrelsen, skal direktøren, godkendte, om vi kan, om vi må, har givet, gav, har "
        "haft, glade for jeres, foråret, efteråret, til foråret, faktura først, lige, antager, "
        "formoder, går ud fra, skulle gerne, håbet, i teorien, tager det med, tager den med, tage "
        "det med, åbne, svare, ringe, ring, påmindelse*, rykker*, vedhæft*, mails, mail, "
        "arbejder, betaler fakturaen, på kopi"
    ),
    undone=(
        "delvist, delvis, vente, at vente, venter, mere end, flere end, færre end, mindre end, "
        "modtaget, anonym*, tilbage, spørger, at spørge, hvad koster, koster, skal godkendes, "
        "godkendes af, godkendelse fra, kræver godkendelse, kræver, dels, svar følger, besked, "
        "skal have det, skal have den, skal have godkend*, have det godkendt, få det godkendt, "
        "have den godkendt, få den godkendt, som godkender, der godkender, godt at høre, dejligt "
        "at høre, rart at høre, fint at I spørger, at I spørger, i orden at vente, ikke brugt op, "
        "er ikke brugt, ikke fordi, men hvad, ikke tilføje, ikke sætte, ingen har, ingen her har, "
        "siger ikke, helst ikke, halvdelen af vores, halvdelen af os, uden navn, uden et navn, "
        "tilføj mig, tilføj os, medarbejdere med, ansatte med, betaler fakturaen, tager det med, "
        "tager den med"
    ),
    remarks=(
        "møde, mødet, tidligere, sidste år, sidste gang, sidst, normalt, generelt, som regel, "
        "plejer, håber, mener, hver, nogle, et par, allerede, skulle, ønsker, lige, selv, først, "
        "glade for jeres, tager det med, tager den med, tage det med, åbne, svare, ringe, ring, "
        "påmindelse*, rykker*, vedhæft*, mails, mail, arbejder, betaler fakturaen, på kopi"
    ),
    contrasts="!men, dog, derimod, ellers, imidlertid",
    more="mere, til, ekstra, flere",
    openers=(
        "hvem, hvad, hvornår, hvor, hvorfor, hvordan, hvilken, hvilke, hvilket, er det, er I, er "
        "der, kan I, kan vi, kan man, kan du, må vi, må jeg, har I, gælder det, drejer det, "
        "handler det, vil I, skal vi, kunne I, kunne vi, er to, er tre, går det, kan jeg, må man, "
        "vil det, er I sikre"
    ),
    who=(
        "hvem, hvis medarbejder, hvilken medarbejder, hvilken person, hvilken af vores, navn, "
        "navnet, navnet på, hvad hedder, hvilken afdeling, cpr, identitet*, hvem det, hvem der, "
        "hvilken kollega, hvilke medarbejdere, hvem af, uden et navn, uden navn, kender vi "
        "personen"
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
        "svar, beklager sent svar, undskyld det sene svar, ikke senere end, senest, drøftet det "
        "på et møde, har drøftet det, har drøftet sagen, har diskuteret det, har talt om det, har "
        "vendt det internt, har vendt det, drøftet det, drøftet det internt, på et møde, på mødet "
        "i går, fra vores side, for vores vedkommende, for vores del, for min del, som "
        "sædvanligt, som sædvanlig, som normalt, tak fordi I spørger, når I er i gang, på "
        "sædvanlig vis"
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
        "anmodede, sammenlagt, lade, lad, også, hellere, altså, klart, ledelsen, direktøren, "
        "chefen, bestyrelsen, endelig, vel, sagtens, penge, puljen, budgettet, budget, timer, "
        "timerne, gange, begge, kunne, derfor, året, år, gør, lav, sat, sætter, igen, hvad, "
        "umiddelbart, støtten, udgiften, herefter, glæde, bedre, kr, nemlig, super, perfekt, fin, "
        "tak for, hjælpe, ned, op, grænse, grænsen, loft, loftet"
    ),
    half="halvdelen, det halve, halv*",
    one_less="en mindre, én mindre, en færre, én færre, en mindre end ønsket",
    twice=(
        "det dobbelte, dobbelt så mange, dobbelt så meget, det dobbelte antal, dobbelt op, "
        "fordoble, fordobl det, fordobl, fordobler det, fordobler"
    ),
    out_of="af de, af dem, ud af de, ud af, af jeres, af",
    limits=("maks, max, maksimum, maksimalt, højst, op til, ikke mere end, ikke flere end, højest"),
    instead="i stedet for, frem for, ikke",
    ones="én, en, et, ét, ni",
    credits="gange, kredit*, session*, !time*, samtale*, konsultation*",
    units=(
        "dag*, uge*, måned*, år, året, minut*, min, medarbejder*, person*, personer, ansatte, "
        "kollega*, kl, kroner, kr, tusind, procent, spørgsmål, etage, hverdag*, faktura*, mail*, "
        "leder*, chef*, kontor*, afdelinger, ting, rykker*, sager, andre"
    ),
    rates=(
        "om året, årligt, per år, pr år, om måneden, månedligt, pr måned, per måned, pr person, "
        "per person, pr medarbejder, hvert år, sidste år, i fjor, allerede"
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

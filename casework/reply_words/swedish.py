"""What Swedish replies say."""

from casework.reply_words import ReplyWords, count, each, joined, tens

_UNITS = count("en/ett två/tvenne tre fyra fem sex sju åtta nio", 1)
_TENS = tens("tjugo/tjugi trettio fyrtio femtio sextio sjuttio åttio nittio")
_TEENS = count("tio elva tolv tretton fjorton femton sexton sjutton arton nitton", 10)
_WE_PAY = each(
    "vi, jag, vi kan, vi kan absolut, vi vill, vi vill gärna, vill vi gärna, vi ska, överens om "
    "att, beslutat att, beslutat oss för att, valt att, glada att kunna, bekräftar att vi",
    "godkänna, godkänner, bevilja, beviljar, stödja, stödjer, stöder, stötta, stöttar, bekosta, "
    "bekostar, betala, betalar, tillmötesgå, tillmötesgår, finansiera, finansierar, säga ja, "
    "stå för, står för, täcka, täcker",
)

SWEDISH = ReplyWords(
    telling=(
        "vi, jag, inte, det, är, och, ja, nej, tack, krediter, godkänn*, er, till, vem, gärna, "
        "mer, hälsning*, oss, kan, säga, tyvärr, fler, av, med, vår, från, hej, har, ni, går, bra"
    ),
    yes=(
        "ja, jo, japp, jajamän, jajamensan, absolut, självklart, givetvis, naturligtvis, visst, "
        "godkänt, godkänd, godkända, ok, okej, okey, beviljat, beviljas, bifalles, gärna, ja "
        "tack, javisst, såklart, så klart, ja självklart, ja gärna, ja visst, ja absolut, absolut "
        "ja, jodå, jadå, klart, javisst ja, det är lugnt, fritt fram, överenskommet, med glädje, "
        "helt klart, jajemän, jajjemän, ja det är okej, bifall"
    ),
    no=(
        "nej, nej tack, avslag, avslås, avvisas, avböjes, nä, nej tyvärr, nix, tyvärr inte, "
        "tyvärr nej, tyvärr ej, nej beklagar, beklagar nej, tack men nej tack, nej tack tyvärr, "
        "nej tack inte den här gången, näpp"
    ),
    approve=(
        "bifalls, blir bra, det blir fint, det blir utmärkt, stöds, vi är eniga, "
        "stå för, bara stå för, ni får, kan gå med på, fungerar för oss, ställer upp på, ställer "
        "oss bakom, kan stå för, vi godkänner, jag godkänner, godkänner, godkänt, godkänd, "
        "godkända, kan godkänna, har godkänt, är godkänt, godkänns, härmed godkänns, säger ja, vi "
        "säger ja, kan säga ja, säger gärna ja, är okej, är ok, okej för oss, okej för mig, ok "
        "för oss, ok för mig, ok från oss, går bra, går fint, går jättebra, går utmärkt, det går "
        "bra, är bra, är fint, det blir bra, låter bra, låter fint, vi accepterar, accepterar, vi "
        "beviljar, beviljar, kan bevilja, beviljas, vi betalar, betalar gärna, kan betala, vi "
        "bekostar, bekostar gärna, vi står för, vi stödjer, vi stöttar, stöttar gärna, bekräftar, "
        "vi bekräftar, kan erbjuda, erbjuder, vi bifaller, bifaller, grönt ljus, kör på, lägg "
        "till, lägg gärna till, passar oss, passar bra, med glädje, samtycker, vi går med på, går "
        "med på, är med på, tillstyrker, det är lugnt, vi ger, stöder vi, stöder vi gärna, "
        "stödjer vi, stöttar vi, bekostar vi, betalar vi, godkänner vi, beviljar vi, accepterar "
        "vi, är vi med på, går vi med på, ställer vi oss bakom, ställer vi upp på, säger vi ja "
        "till, säger vi ja tack till, säger vi gärna ja till, gör vi gärna, det gör vi, kan vi "
        "göra, kan vi absolut göra, kan vi gott göra, ordnar vi, fixar vi, löser vi, sagt ja, har "
        "sagt ja till, sagt ja till detta, stödjer gärna, stöder gärna, står gärna för, vi står "
        "gärna för, ja tack till, går alldeles utmärkt, går alldeles bra, går helt bra, går så "
        "bra, går bra för oss, går fint för oss, är helt okej, är helt ok, är helt i sin ordning, "
        "i sin ordning, är i sin ordning, helt i sin ordning, i ordning, i sin ordning för oss, "
        "är okej för oss, är toppen, är utmärkt, är perfekt, helt okej, helt ok, helt fint, bra "
        "för oss, fint för oss, okej från oss, ja från oss, okej för vår del, företaget betalar, "
        "företaget bekostar, företaget står för, arbetsgivaren betalar, arbetsgivaren bekostar, "
        "arbetsgivaren står för, bolaget betalar, bolaget står för, tillmötesgår, är beviljat, är "
        "beviljade, är beviljad, accepteras, är accepterat, sätt igång, sätt i gång, bara att "
        "köra, kör igång, gör så, gör det, ge dem, ge dem gärna, lägg in dem, lägg in, bara lägga "
        "till, lägg till dem, lägga in dem, ni kan lägga, ni kan gärna, ni får gärna, får ni "
        "gärna, det får ni gärna, ni får lov, fritt fram, är fritt fram, är en överenskommelse, "
        "tar kostnaden, tar vi, tar räkningen, vi tar det, står för kostnaden, bekostar "
        "kostnaden, ger grönt ljus, ger klartecken, klartecken, tummen upp, tumme upp, ger vårt "
        "samtycke, vårt samtycke, vårt godkännande, härmed godkännande, vi är överens, " + _WE_PAY
    ),
    approve_oddly=(
        "ingen tvekan om, inga problem, inget problem, inga invändningar, ingen invändning, inget "
        "att invända, har inget emot, har ingenting emot, varför inte, inga konstigheter, inga "
        "hinder, inget hinder, utan tvekan ja, har inga synpunkter, ingenting att invända, inget "
        "problem alls, inga problem alls, inte något problem, inget hindrar, ingenting hindrar, "
        "inte emot, inte något emot, inga bekymmer, inget bekymmer, utan problem, utan att tveka, "
        "inga anmärkningar, inget konstigt"
    ),
    offers=(
        "sträcka oss till, sträcker oss till, kan sträcka oss till, sträcker oss upp till, går "
        "upp till, gå upp till, kan gå upp till, låt oss säga, vi säger, säger vi, vi tar, tar "
        "vi, hellre, vill hellre, vill hellre ha, föredrar, vi föredrar, bidra med, bidrar med, "
        "kan bidra med, gör det till, lägg in, lägg till, sätt det till, ge, ge hellre, ge gärna, "
        "gräns är, gränsen är, vår gräns är, taket är, vårt tak är, maxgränsen är, maximum är, "
        "nöjer oss med, nöja oss med, vara med på, kan vi vara med på, kan vi gå med på, kan vi, "
        "kan vi erbjuda, kan vi bekosta, kan vi stå för, höj till, höj det till, höjer till, sänk "
        "till, sänk det till, vi ger, vill ge, kan ge, kan vi ge, är det vi kan erbjuda, är det "
        "mesta vi kan, är vad vi kan, är det vi kan, avrundar till, runda upp till, kan klara, "
        "klarar vi, kan finansiera, vill gärna ge, passar oss bättre, är bättre, kör på med, kör"
    ),
    decline=(
        "är tvungna att avslå, tvungna att avslå, tvungna att säga nej, "
        "går inte bra, går inte, går tyvärr inte, går ej, slut för i år, tyvärr slut, är tyvärr "
        "slut, möjlighet att ej, är slut, är förbrukad, är uttömd, är uppbrukad, inte att "
        "bevilja, säger nej, vi säger nej, måste säga nej, säga nej, svaret är nej, vårt svar är "
        "nej, vi avböjer, avböjer, måste avböja, vi avslår, avslår, måste avslå, vi avvisar, "
        "avvisar, tackar nej, måste tacka nej, tacka nej, får tacka nej, inga krediter, inte fler "
        "krediter, inga fler krediter, inga fler sessioner, inga ytterligare krediter, har inte "
        "råd, inte möjligt, inte möjlighet, ingen möjlighet, inte råd, inte utrymme, inget "
        "utrymme, ingen budget, inte den här gången, inte denna gång, kan tyvärr inte, kan inte "
        "bevilja, kan inte erbjuda, kan inte betala, kan inte bekosta, är avslaget, ger avslag, "
        "avstår, måste avstå, låter sig inte göras, låter sig tyvärr inte göras, låter det sig "
        "inte göras, vill inte ge, vi vill inte, vill inte, önskar inte, är förbrukade, är "
        "förbrukat, är använda, är alla använda, redan förbrukade, budgeten är slut, pengarna är "
        "slut, är tömd, är tom, budgeten tillåter inte, tillåter inte, tillåter det inte, "
        "tillåter tyvärr inte, tillåter det tyvärr inte, inga pengar, inga pengar kvar, inte "
        "pengar, inga medel, inga medel kvar, inte några pengar, blir nej, blir ett nej, blir "
        "tyvärr nej, nej från oss, ett nej från oss, tvungna att avslå, tvungen att avslå, "
        "tvungna att säga nej, tvungna att tacka nej, att avslå, att avböja, att avvisa, att "
        "tacka nej, att säga nej, avslås, avvisas, avböjs, blir avslagen, har avslagit, har "
        "avböjt, har avvisat, inte ekonomi, inte ekonomi till, inte budget, inte budget för, "
        "ingen budget för det, inte ha möjlighet, inte ha möjlighet att, inte i stånd att, inte "
        "längre, erbjuder inte längre, bekostar inte, betalar inte, stöder inte, stödjer inte, "
        "beviljar inte, erbjuder inte, ger inte, kan inte hjälpa, kan inte tillmötesgå, kan "
        "tyvärr inte tillmötesgå, står över, inte tillåtelse, inte plats i budgeten, nått taket, "
        "nått gränsen, inte täckning för, inte aktuellt, inte vara med på, inget vi kan, inget vi "
        "erbjuder, har inte möjlighet, har tyvärr inte möjlighet, inte utrymme för, inga pengar "
        "kvar i potten, bestämt oss för att säga nej, bestämt oss för att tacka nej"
    ),
    consent=(
        "lägga till, utöka, höja, godkänna, bevilja, acceptera, stödja, betala, bekosta, erbjuda, "
        "ge, säga ja, gå med på, stå för, bifalla, tillmötesgå, bidra, bidra med, vara med på, "
        "hjälpa, finansiera, sträcka oss, göra det, göra mer, efterkomma, stötta"
    ),
    negations=(
        "inte, ej, aldrig, inget, ingen, inga, ingenting, varken, utan, icke, knappast, int, för "
        "många, för mycket, ingen av"
    ),
    conditions=(
        "!om, ifall, såvida, förutsatt, under förutsättning, på villkor, villkor*, med villkor, "
        "beror på, beroende på, så länge, så snart, när vi vet, när vi har, när jag har, innan "
        "vi, innan jag, tills, förrän, i så fall, i sådana fall, då godkänner, då säger, då är "
        "det, då ja, då går det, då kan vi, måste veta, vill veta, behöver veta, vill gärna veta, "
        "i princip, med reservation, reservation*, mot att, efter att vi, huruvida, först måste, "
        "först vill"
    ),
    hedges=(
        "att svara, svara på, fel, skjuta upp, ta ställning, tar ställning, avgöra, besluta, "
        "beslutar, kontakta, behörig*, befogenhet*, ansvar*, kanske, möjligen, möjligtvis, "
        "eventuellt, troligen, förmodligen, antagligen, nog, återkommer, återkomma, titta på, "
        "tittar på, kolla, kollar, undersöka, undersöker, se över, ser över, stämma av, stämmer "
        "av, diskutera, diskuterar, prata med, pratar med, fråga, frågar, fundera, funderar, "
        "överväga, överväger, senare, vidarebefordra*, skickar vidare, skickat vidare, fel "
        "person, fel adress, rätt person, vet inte, vet ej, osäker*, inte säker, tror, anser, "
        "tycker, hoppas, förhoppningsvis, normalt, vanligtvis, oftast, brukar, generellt, ibland, "
        "skulle, kunde, borde, bör, nästa vecka, nästa månad, i morgon, imorgon, möte, mötet, "
        "ännu, inväntar, !väntar, avvaktar, har mottagit, mottagit, har fått, har tagit emot, mer "
        "information, mer uppgifter, fler uppgifter, ytterligare information, förklara, förstår "
        "inte, förra, sist, tidigare, redan, cirka, ca, ungefär, runt, ett par, några, minst, i "
        "månaden, per månad, varje, per person, resten, beslut, tagit ställning, bedöma, bedömer, "
        "rekommenderar, vill ha, önskar, skämt*, skojar, färre, mindre, var och en, varken, ingen "
        "har, själv, ensam, eller avslag, eller avslagit, eller inte, eller nej, aldrig, för "
        "många, för mycket, låter mycket, ta det med, måste ta det, först, vänta med, vänta lite, "
        "helst inte säga, inte säga nej, säger inte nej, inte avvis*, inte upp till mig, måste "
        "ledningen, måste styrelsen, måste direktören, godkände, om vi kan, gav, har gett, har "
        "haft, nöjda med er, till våren, till hösten, våren, hösten, antar, utgår från, räknar "
        "med, i teorin, inte så att, tar det med, tar den med, ta den med, öppna, svara, ringa, "
        "ring, påminnelse*, bilag*, mail, jobbar, arbetar, betalar fakturan, på kopia, ha fler "
        "mejl"
    ),
    undone=(
        "delvis, vänta, !väntar, dröjer, mer än, fler än, färre än, mindre än, mottagit, anonym*, "
        "namnlös*, kvar, att fråga, frågar, kostar, måste godkännas, ska godkännas, godkännas av, "
        "godkännande från, kräver, dels, besked, få svar, måste få det, måste få den, behöver få "
        "det, få det godkänt, få den godkänd, ha det godkänt, som godkänner, bra att höra, kul "
        "att höra, trevligt att höra, roligt att höra, bra att ni frågar, att ni frågar, bra att "
        "vänta, bra att svara, inte slut, är inte slut, inte så att, men vad, inte lägg, inte "
        "lägga, ingen har, ingen här har, säger inte, helst inte, hälften av våra, hälften av "
        "oss, utan namn, utan ett namn, lägg till mig, anställda med, betalar fakturan, tar det "
        "med, tar den med, inga mejl"
    ),
    remarks=(
        "möte, mötet, tidigare, förra, sist, normalt, vanligtvis, generellt, oftast, brukar, "
        "hoppas, anser, tycker, varje, några, ett par, redan, skulle, önskar, själv, först, nöjda "
        "med er, ibland, tar det med, tar den med, ta den med, öppna, svara, ringa, ring, "
        "påminnelse*, bilag*, mail, jobbar, arbetar, betalar fakturan, på kopia"
    ),
    contrasts="!men, dock, däremot, annars, emellertid",
    more="till, extra, fler, ytterligare",
    openers=(
        "vem, vad, när, var finns, varför, hur, vilken, vilka, vilket, är det, är ni, är detta, "
        "finns det, kan ni, kan vi, kan man, kan du, får vi, får jag, har ni, gäller det, handlar "
        "det, rör det, vill ni, ska vi, kunde ni, skulle ni, räcker, går det bra, är två, skulle "
        "det"
    ),
    who=(
        "vem, vems, vilken medarbetare, vilken anställd, vilken person, vilken av våra, namn, "
        "namnet, namnet på, vad heter, vilken avdelning, personnummer, identitet*, vem det, vem "
        "detta, vem som, vilken kollega, vilka anställda, vem av, utan namn, utan ett namn"
    ),
    is_it=(
        "är det, är det för, handlar det om, gäller det, rör det, det är, det måste vara, för, "
        "om, angående, gällande, är detta"
    ),
    neutral=(
        "om ni har frågor, om det finns frågor, om du har frågor, om det är något, om ni behöver, "
        "om ni undrar något, vid behov, vid frågor, om så behövs, tveka inte att, tveka inte, ni "
        "är välkomna att, tack för ert mejl, tack för mejlet, tack för ert meddelande, tack för "
        "er förfrågan, många tack, stort tack, tack så mycket, tack på förhand, tack, ja eller "
        "nej, trevlig helg, ha en bra dag, ha en fin dag, utan vidare, utan problem, utan "
        "villkor, utan förbehåll, villkorslöst, utan tvekan, som ni ber om, som önskat, enligt "
        "förfrågan, enligt önskemål, ursäkta sent svar, ursäkta sena svaret, ursäkta det sena "
        "svaret, inte senare än, senast, god morgon, god dag, diskuterat det på ett möte, har "
        "diskuterat det, har diskuterat saken, har pratat om det, har pratat ihop oss, diskuterat "
        "det, på ett möte, på mötet i går, på mötet igår, från vår sida, för vår del, från min "
        "sida, för min del, å våra vägnar, som vanligt, på vanligt sätt, tack för att ni frågar, "
        "tack för att du frågar, när ni ändå håller på, på en gång, med en gång"
    ),
    known=(
        "insats, insatsen, behandling, behandlingen, samtliga, st, stycken, ta, tar, direkt, "
        "fler, bara, endast, enbart, vi, jag, det, är, och, till, om, på, i, av, för, med, den, "
        "de, dem, som, oss, vår, vårt, våra, er, era, ert, mig, min, här, härmed, så, att, säga, "
        "säger, kan, vill, får, ja, nej, tack, godkänna, godkänner, godkänt, fint, bra, helt, "
        "mycket, gärna, förfrågan, antal, antalet, alla, hela, totalt, mer, extra, ytterligare, "
        "nya, personen, medarbetare, medarbetaren, vederbörande, svar, svaret, ha, har, ge, ger, "
        "okej, ok, självklart, absolut, naturligtvis, givetvis, visst, tyvärr, beklagar, denna, "
        "gång, gången, den här, nu, detta, dessa, max, högst, passar, hej, hejsan, kära, "
        "vänligen, blir, bli, låter, stödja, betala, bekräfta, bekräftar, företaget, hos, från, "
        "sida, ska, vara, ni, därför, går, ber, begärda, önskade, sammanlagt, begäran, också, "
        "låt, hellre, alltså, klart, ledningen, direktören, chefen, styrelsen, även, väl, pengar, "
        "potten, budgeten, budget, timmar, gånger, gångerna, tillfällena, båda, året, år, gör, "
        "sätt, lägg, lägger, igen, toppen, perfekt, fin, utmärkt, lugnt, kostnaden, kostnaderna, "
        "räkningen, dessutom, lite, ihop, upp, ner, ned, god, göra, del, vägnar, positiva, "
        "ställer, alldeles, ändå, möjlighet, gräns, gränsen, tak, taket"
    ),
    half="hälften, halva, halv*",
    one_less="en mindre, ett mindre, en färre, en mindre än önskat",
    twice=(
        "det dubbla, dubbelt så många, dubbelt så mycket, det dubbla antalet, dubbla, dubbla det, "
        "dubblera, dubblera det, fördubbla, fördubbla det, dubblar det, dubblerar"
    ),
    out_of="av de, av dem, utav de, av era, av",
    limits="max, maximalt, maximum, högst, upp till, inte mer än, inte fler än, som mest",
    instead="i stället för, istället för, snarare än, inte",
    ones="en, ett",
    credits="kredit*, session*, timm*, samtal*, gånger, tillfäll*, besök*",
    units=(
        "dag*, vecka, veckor, veckors, månad*, år, året, minut*, min, medarbetare, person*, "
        "personer, anställda, kolleg*, kl, kronor, kr, tusen, procent, frågor, våning*, "
        "arbetsdag*, faktur*, mejl*, chef*, kontor*, avdelningar, saker, påminnelse*, ärende*, "
        "andra, ledare"
    ),
    rates=(
        "om året, per år, i året, årligen, i månaden, per månad, per person, per anställd, varje "
        "år, varje månad, förra året, redan"
    ),
    closings=(
        "hälsningar, vänliga hälsningar, med vänliga hälsningar, med vänlig hälsning, vänlig "
        "hälsning, vänligen, bästa hälsningar, många hälsningar, mvh, vh, hälsning, varma "
        "hälsningar, allt gott, trevlig dag, tack på förhand, tack, med bästa hälsningar, hälsar, "
        "soliga hälsningar"
    ),
    greetings=(
        "hej, hejsan, kära, bästa, god dag, god morgon, hej igen, hallå, tjena, goddag, "
        "godmorgon, god eftermiddag, hej alla, till berörd"
    ),
    wrote="skrev, skrev följande",
    headers="från, skickat, till, ämne, datum, kopia, cc, skickat den",
    cuts=(
        "ursprungligt meddelande, ursprungligt mail, vidarebefordrat meddelande, vidarebefordrat "
        "brev, vidarebefordrat mejl, originalmeddelande, vidarebefordrat mail, börja "
        "vidarebefordrat meddelande"
    ),
    sent_from="skickat från, hämta outlook, skickat via, skickat med",
    disclaimers=(
        "detta mejl, detta mail, detta e-postmeddelande, detta meddelande, det här meddelandet, "
        "det här mejlet, denna e-post, denna epost, konfidentiellt, sekretess, varning, "
        "observera, informationen i, tänk på"
    ),
    legal=(
        "konfidentiell*, mottagar*, avsett, avsedd*, extern*, utanför, utifrån, ansvar*, miljö*, "
        "skriver ut, skriva ut, bilagor, länkar, sekretess*, obehörig*"
    ),
    away=(
        "är på semester, har semester, på semester, är föräldraledig, är tjänstledig, är ledig, "
        "är bortrest, är frånvarande, inte på kontoret, ej på kontoret, inte på plats, ej på "
        "plats, autosvar, automatiskt svar, är tillbaka, åter på kontoret, åter den, begränsad "
        "tillgång, läser inte min mejl, läser inte min mail, läser inte mejl, vi har tagit emot "
        "ditt mejl, vi har tagit emot ditt meddelande, ditt ärende har registrerats, är "
        "sjukskriven, har slutat, är inte längre anställd, inte längre kvar"
    ),
    away_subjects=(
        "autosvar, automatiskt svar, autosvar från, frånvaro, frånvarande, på semester, semester, "
        "föräldraledig, tjänstledig, ej på plats, frånvaromeddelande"
    ),
    bounces=(
        "kunde inte levereras, gick inte att leverera, inte levererats, kan inte levereras, har "
        "inte levererats, leveransen misslyckades, inkorgen är full, brevlådan är full, okänd "
        "mottagare, adressen finns inte, mottagaren finns inte"
    ),
    bounce_subjects=(
        "olevererbart, kunde inte levereras, inte levererat, leveransfel, leveransen "
        "misslyckades, går inte att leverera, meddelande om leveransstatus, ej levererat, "
        "olevererat"
    ),
    numbers={
        **_UNITS,
        **_TEENS,
        **_TENS,
        **joined(_TENS, _UNITS, "{ten}{unit}"),
        "hundra": 100,
        "ett hundra": 100,
        "etthundra": 100,
        "ett dussin": 12,
    },
)

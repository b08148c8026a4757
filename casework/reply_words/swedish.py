"""What Swedish replies say."""

from casework.reply_words import ReplyWords, count, joined, tens

_UNITS = count("en/ett två/tvenne tre fyra fem sex sju åtta nio", 1)
_TENS = tens("tjugo/tjugi trettio fyrtio femtio sextio sjuttio åttio nittio")
_TEENS = count("tio elva tolv tretton fjorton femton sexton sjutton arton nitton", 10)

SWEDISH = ReplyWords(
    telling=(
        "vi, jag, inte, det, är, och, ja, nej, tack, krediter, godkänn*, er, till, vem, gärna, "
        "mer, hälsning*, oss, kan, säga, tyvärr, fler, av, med, vår, från, hej, har, ni, går, bra"
    ),
    yes=(
        "ja, jo, japp, jajamän, jajamensan, absolut, självklart, givetvis, naturligtvis, visst, "
        "godkänt, godkänd, godkända, ok, okej, okey, beviljat, beviljas, bifalles, gärna, ja "
        "tack, javisst, såklart, så klart"
    ),
    no="nej, nej tack, avslag, avslås, avvisas, avböjes, nä, nej tyvärr, nix",
    approve=(
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
        "med på, är med på, tillstyrker, det är lugnt, vi ger"
    ),
    approve_oddly=(
        "ingen tvekan om, inga problem, inget problem, inga invändningar, ingen invändning, inget "
        "att invända, har inget emot, har ingenting emot, varför inte, inga konstigheter, inga "
        "hinder, inget hinder, utan tvekan ja, har inga synpunkter"
    ),
    decline=(
        "går inte bra, går inte, går tyvärr inte, går ej, slut för i år, tyvärr slut, är tyvärr "
        "slut, möjlighet att ej, är slut, är förbrukad, är uttömd, är uppbrukad, inte att "
        "bevilja, säger nej, vi säger nej, måste säga nej, säga nej, svaret är nej, vårt svar är "
        "nej, vi avböjer, avböjer, måste avböja, vi avslår, avslår, måste avslå, vi avvisar, "
        "avvisar, tackar nej, måste tacka nej, tacka nej, får tacka nej, inga krediter, inte fler "
        "krediter, inga fler krediter, inga fler sessioner, inga ytterligare krediter, har inte "
        "råd, inte möjligt, inte möjlighet, ingen möjlighet, inte råd, inte utrymme, inget "
        "utrymme, ingen budget, inte den här gången, inte denna gång, kan tyvärr inte, kan inte "
        "bevilja, kan inte erbjuda, kan inte betala, kan inte bekosta, är avslaget, ger avslag, "
        "avstår, måste avstå"
    ),
    consent=(
        "lägga till, utöka, höja, godkänna, bevilja, acceptera, stödja, betala, bekosta, erbjuda, "
        "ge, säga ja, gå med på, stå för, bifalla, tillmötesgå"
    ),
    negations=(
        "inte, ej, aldrig, inget, ingen, inga, ingenting, varken, utan, icke, knappast, int"
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
        "beslutar, kontakta, behörig*, befogenhet*, ansvar*, dubbelt, dubbla, en mindre, kanske, "
        "möjligen, möjligtvis, eventuellt, troligen, förmodligen, antagligen, nog, återkommer, "
        "återkomma, titta på, tittar på, kolla, kollar, undersöka, undersöker, se över, ser över, "
        "stämma av, stämmer av, diskutera, diskuterar, prata med, pratar med, fråga, frågar, "
        "fundera, funderar, överväga, överväger, senare, vidarebefordra*, skickar vidare, skickat "
        "vidare, fel person, fel adress, rätt person, vet inte, vet ej, osäker*, inte säker, "
        "tror, anser, tycker, hoppas, förhoppningsvis, normalt, vanligtvis, oftast, brukar, "
        "generellt, ibland, skulle, kunde, borde, bör, nästa vecka, nästa månad, i morgon, "
        "imorgon, möte, mötet, ännu, inväntar, !väntar, avvaktar, har mottagit, mottagit, har "
        "fått, har tagit emot, mer information, mer uppgifter, fler uppgifter, ytterligare "
        "information, förklara, förstår inte, förra, sist, tidigare, redan, cirka, ca, ungefär, "
        "runt, ett par, några, minst, i månaden, per månad, varje, per person, per år, resten, "
        "beslut, tagit ställning, bedöma, bedömer, rekommenderar, vill ha, önskar, skämt*, "
        "skojar, färre, mindre, var och en"
    ),
    undone=(
        "delvis, vänta, !väntar, dröjer, mer än, fler än, färre än, mindre än, mottagit, anonym*, "
        "namnlös*, kvar, att fråga, frågar, kostar, måste godkännas, ska godkännas, godkännas av, "
        "godkännande från, kräver, dels, besked, få svar"
    ),
    contrasts="!men, dock, däremot, annars, emellertid",
    more="till, extra, fler, ytterligare",
    openers=(
        "vem, vad, när, var finns, varför, hur, vilken, vilka, vilket, är det, är ni, är detta, "
        "finns det, kan ni, kan vi, kan man, kan du, får vi, får jag, har ni, gäller det, handlar "
        "det, rör det, vill ni, ska vi, kunde ni, skulle ni"
    ),
    who=(
        "vem, vems, vilken medarbetare, vilken anställd, vilken person, vilken av våra, namn, "
        "namnet, namnet på, vad heter, vilken avdelning, personnummer, identitet*"
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
        "svaret, inte senare än, senast, god morgon, god dag"
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
        "sida, ska, vara, ni, därför, går, ber, begärda, önskade, sammanlagt, begäran, också, låt"
    ),
    half="hälften, halva, halv*",
    limits="max, maximalt, maximum, högst, upp till, inte mer än, inte fler än, som mest",
    instead="i stället för, istället för, snarare än, inte",
    ones="en, ett",
    credits="kredit*, session*, timm*, samtal*, gånger, tillfäll*, besök*",
    units=(
        "dag*, vecka, veckor, veckors, månad*, år, året, minut*, min, medarbetare, person*, "
        "personer, anställda, kolleg*, kl, kronor, kr, tusen, procent, frågor, våning*, "
        "arbetsdag*, faktur*, mejl*"
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

"""What a text gives away without naming anybody, in five languages; and what gives nothing away."""

import pytest

from casework.redaction import Identity, Indirect, redact

NOBODY = Identity(client_email="")
SAID = {
    Indirect.PREGNANCY: """
        hún er ólétt | komin sjö mánuði á leið | eignaðist barn í vor | missti fóstur
        er í feðraorlofi
        glasafrjóvgun mistókst | á von á tvíburum | eftir keisaraskurð | expecting a baby
        she is due in May
        had a miscarriage | back from mat leave | gave birth | IVF failed | trying to conceive
        stillbirth | hun venter barn | på barsel | efter kejsersnit | mistede barnet
        fertilitetsbehandling
        hon väntar barn | är föräldraledig | missfall | efter förlossningen | har fått barn
        i pappaperm
        i foreldrepermisjon | har termin snart | spontanabort | hun fikk barn i fjor
        svangerskapet er tungt
    """,
    Indirect.ROLE: """
        hún er hjúkrunarfræðingur | deildarstjórinn | vinnur sem smiður | rútubílstjóri
        hann er læknir
        starfar í álveri | kennir við menntaskóla | forritaranum líður illa | afgreiðslukona | á sjó
        shift manager at the plant | head of finance | works as a nurse | primary teacher
        bus driver
        works in a warehouse | he is a doctor | runs a bakery | paralegal | forklift operator
        hun er pædagog | arbejder som tømrer | afdelingsleder | er ansat i Netto
        lastbilchauffør | er læge
        han är svetsare | jobbar på lager | undersköterska | enhetschef | kör buss | är lärare
        hon är läkare
        hun er vernepleier | jobber i barnehage | skiftleder | er lege
        kjører trailer og lastebil | lærar
    """,
    Indirect.ONLY_ONE: """
        eini karlinn á deildinni | eina konan á vaktinni | einn af tveimur píparum
        sú elsta á staðnum
        nýjasti starfsmaðurinn | the only man there | one of two welders | youngest in the office
        the longest-serving employee | our newest colleague | her sole apprentice | den eneste mand
        en af to tolke | den yngste på holdet | den första kvinnan här | den enda svetsaren
        en av två
        den eldste på jobb | den eneste med rullestol | ein av to i bygda | den nyeste på laget
    """,
    Indirect.FAMILY: """
        tengdamóðir hennar | fyrrverandi maki | forsjárdeila | útför móður | stjúpdóttirin
        systkini
        his mother-in-law | after the divorce | custody case | her late husband | godson | step-dad
        svigermoren er syg | skilsmissen | stedfaren | samværet er svært | forældremyndighed
        hans mor
        svärmor bor där | styvpappan dog | vårdnadstvist | hennes exsambo | begravningen
        hans mamma
        svigerfaren | ektemannen | foreldrefordeling | fosterbarna | hun er skilt | stefaren
    """,
    Indirect.LANGUAGE: """
        talar pólsku | pólsk kona | er frá Litháen | notum túlk | erlendur starfsmaður | rúmenskur
        speaks Tagalog | Lithuanian born | through an interpreter | bilingual | an immigrant
        taler arabisk | polsk baggrund | udenlandsk | vi bruger tolk | flygtning
        talar somaliska | utländsk bakgrund | finskspråkig | modersmål | från Syrien
        snakker tyrkisk | utenlandsk | innvandrer | fra Eritrea | morsmålet
    """,
    Indirect.PLACE: """
        býr á Raufarhöfn | kemur frá Dalvík | skrifstofunni á Selfossi | úti á landi
        lives in Galway | the Leeds office | in the village | bor i Esbjerg | kontoret i Odense
        bor på Gotland | uppvuxen i Kalix | bosatt i Bodø | flyttet til Molde
    """,
}
HARMLESS = """
    Við notum núvitund og HAM, næsti tími er í næstu viku.
    Client reports improved sleep (ISI 12, down from 19) and wants to continue.
    Óska eftir sex viðtölum í viðbót vegna kvíða, meðferðin gengur vel.
    Þetta er almennt gott og við höfum unnið með áföll og svefn.
    Viðkomandi þarf meiri stuðning og tíminn er naumur.
    Eini gallinn er of fáir tímar
    The first session went well and the only thing left is relapse prevention.
    Mood is elevated at times, stress is the main driver so far.
    We have worked on grief, and the familiar patterns from childhood.
    Seen by a doctor and referred to a psychologist, waiting to hear.
    Det leder til mere angst, men vi arbejder på at finde ro i hverdagen.
    Vi arbejder med præstationsangst og lavt selvværd. Det er enkelt at gå videre her.
    Første gang var svær, anden gang bedre. Kan vi få to til?
    Vi arbetar med att sätta gränser, men det är enkelt att falla tillbaka.
    Den första tiden var svår. Läkaren har skrivit intyg.
    Prestasjonsangst og uro. Konsultasjonene går bra, men vi trenger flere timer.
    Legen har henvist, og legemidler er prøvd. Saksbehandler er informert.
    Barndommen har satt spor, og vi jobber med å bearbeide det.
"""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text.strip())
        for kind, lines in SAID.items()
        for line in lines.strip().splitlines()
        for text in line.split("|")
    ],
)
def test_what_may_tell_who_is_meant_is_marked(kind: Indirect, text: str) -> None:
    assert redact(text, NOBODY).indirect.get(kind)


@pytest.mark.parametrize("text", HARMLESS.strip().splitlines())
def test_a_text_that_may_tell_nothing_is_not_held(text: str) -> None:
    assert redact(text.strip(), NOBODY).indirect == {}

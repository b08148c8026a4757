"""Dates as people write them in five languages, and numbers that are none."""

import re

import pytest

from casework.redaction import Cut, Identity, redact
from casework.redaction_text import CUT

NOBODY = Identity(client_email="")

# The date stands in braces; what stands around it stays.
DATES = """
Viðtal var {3. mars} síðast
Viðtal var {3. mars 2024} síðast
hittumst {14.3.2024} og {21.3.24}
frá {14.03} og þann {7.4} líka
frá því í {marsmánuði}
kemur {fyrsta mars} aftur
var {þriðja í páskum} hér
var {annan í jólum} hér
hættir {tuttugasta og fyrsta júní} alveg
skírn {17. júní} næst
slasaðist um {miðjan mars} illa
hætti í {lok apríl} vegna álags
byrjaði í {byrjun maí 2023} á lyfjum
byrjaði {snemma í september} á lyfjum
veik síðan {2021} og áfram
árið {2019} var þungt
viðtal í {viku 12} féll niður
viðtöl í {viku 4, 5 og 7} féllu niður
slasaðist um {páskana} illa
hætti fyrir {jól} alveg
slysið var á {sjómannadaginn} síðasta
slysið var á {aðfangadag} síðasta
slysið var um {verslunarmannahelgina} síðustu
veik frá {fyrsta ársfjórðungi 2024} áfram
áfall á {níunda áratugnum} situr eftir
mætir {þriðjudaginn 5. mars kl. 14:30} næst
mætir {föstudaginn 7}. næst
kom {14.-16. maí} síðast
síðan um {áramótin} hefur gengið vel
fædd {nítján hundruð áttatíu og fimm} hér
seen on {3 March} last
seen on {March 3rd, 2024} last
seen on {Tuesday 3rd of May} last
seen on the {twenty-first of June} last
seen since {mid-March} weekly
seen since {early May} weekly
seen until the {end of May} weekly
started in {late October} again
started in {2019} again
started in {03/2024} again
off since {last Easter}
off since {May} again
crashed on {Boxing Day} last
crashed on {Bank Holiday Monday} last
crashed over {Christmas} again
crashed on {New Year's Eve} again
seen on {2024-03-14} last
seen on {3/14/2024} last
seen on {3/14} last
seen on {3/10} last
seen on the {5th}, briefly
seen in {Q1 2024} mostly
seen in the {first quarter of 2024} mostly
abuse in the {1990s} is told
abuse in the {eighties} is told
comes at {14:30} today
comes on {Tuesdays at 3:15pm} now
since summer {'21} it is so
born {nineteen eighty-five} here
set i {begyndelsen af juni} sidst
set i {slutningen af maj} sidst
set {medio april} sidst
set den {3. maj} sidst
set den {14}., altså
set d. {14/3} sidst
set {uge 12} sidst
set i {andet kvartal} sidst
faldt {juleaften} hjemme
faldt {anden påskedag} hjemme
faldt før {påske} hjemme
faldt i {2018} hjemme
overfald i {90'erne} fylder
set {tredje maj} sidst
kommer {mandag den 4. november kl. 10} igen
sågs i {slutet av mars} senast
sågs i {mitten av april 2024} senast
sågs den {tjugoandra augusti} senast
sågs {vecka 12} senast
sågs {v. 10, 11 och 13} senast
olyckan på {midsommarafton} sitter kvar
olyckan på {långfredagen} sitter kvar
olyckan i {julas} sitter kvar
olyckan på {90-talet} sitter kvar
sedan {första maj} är det bättre
sedan {nyår} är det bättre
sågs {tisdag 14 maj} senast
født {syttende mai} hjemme
sett i {slutten av mars} sist
sett i {midten av april} sist
sett {uke 12} sist
sett {14/3} sist
sett {17.8}. sist
sett {27. mai 2023} sist
falt {andre juledag} hjemme
falt {skjærtorsdag} hjemme
falt i {fjerde kvartal} hjemme
ulykken på {80-tallet} sitter i
fyrste møte var {tjuande mai} heime
sidan {nyttår} er det betre
""".strip().splitlines()

# Nothing of these is a date.
NONE = """
PHQ-9 14/27 og GAD-7 9/21
PHQ-9 er 15 núna
skor 18 á kvarða
mood 3/10 today, 7/10 last time
gaf 6/10 fyrir líðan
2-3 sinnum í viku
einu sinni í viku. 4 tíma í viðbót
1/2 tafla á dag
þarf 24/7 stuðning
50 mg á dag
10 skipti í viðbót
8 af 12 viðtölum eru búin
í viku 3 af 12 í meðferð
it may help to have 4 more
we may need 5 further sessions
I may be wrong
they march on regardless
half of the 12 sessions
the first may be hardest
for the 4th time this year
the 5th session went well
10 sessions, 50 minutes each
down from 8/10 to 3/10
3/4 of the plan is done
sleeps 4.5 hours, up from 3.2
den 3. gang vi talte sammen
hver 14. dag
efter kl. 16
11 uger uden tilbagefald
gravid i uge 24
3 af 10 dage
0,5-1 time
den första tiden var svår
vi har kommit halvvägs
gravid i vecka 30
2 gånger i veckan
9 veckor nykter
uke 26 av svangerskapet
annenhver uke fremover
30 timer til
2000 kr i gjeld
julen er vanskelig
Jólin eru erfið
1:1 sessions
24 stig af 27
""".strip().splitlines()


@pytest.mark.parametrize("marked", DATES)
def test_a_date_goes_and_nothing_beside_it(marked: str) -> None:
    text = marked.replace("{", "").replace("}", "")

    redacted = redact(text, NOBODY)

    assert redacted.text.split() == re.sub(r"\{[^}]*\}", CUT, marked).split()
    assert redacted.cuts[Cut.DATE] >= 1


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_date_stays(text: str) -> None:
    assert redact(text, NOBODY).text == text

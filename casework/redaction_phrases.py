"""Turns of speech that may tell who is meant: the only one, what somebody does, where they live."""

import re
from collections.abc import Iterator

from casework.redaction_kinds import Indirect
from casework.redaction_phrases_of_origin import AGE, LANGUAGE, PLACE

_NORDIC_SORT = (
    r"(?:eneste|eine|enda|ende|første|fyrste|första|förste|siste|sidste|sista|eldste|ældste|"
)
_NORDIC_SORT += r"äldsta|äldste|yngste|yngsta|nyeste|nyaste|nyaste|senest ansatte|tidligere eneste)"
_ONLY_ONE = (
    (
        r"\b(?:the|our|their|its|his|her|my|your|as|sole|an?) (?:only|sole|single|first|last|oldest"
        r"|eldest|youngest|newest|most senior|most junior|longest[- ]serving)\b(?! (?:thing|time"
        r"|way|step"
        r"|session|sessions|few|week|weeks|day|days|month|months|year|two|three|four|five|six"
        r"|half|part"
        r"|place|couple|problem|reason|phase|meeting|appointment|line|one to|stage|goal|aim|name"
        r"|earner|provider|breadwinner))"
    ),
    (
        r"\bonly (?:one (?:here|in|at|of|who|with|on)|woman|man|female|male|person|employee"
        r"|member|girl"
        r"|guy|parent|child|foreigner|\w+ (?:in|at|on) (?:the|our|their) (?:team|office|company"
        r"|floor))\b"
    ),
    r"\bone of (?:the |only )?(?:very )?(?:few|two|three|four|a few|a handful)\b",
    (
        r"\b(?:no (?:one|body) else|nobody else) (?:here |in the \w+ |there )?(?:has|is|does"
        r"|speaks|can)\b"
    ),
    (
        r"\b(?:longest[- ]serving|youngest|oldest|newest) (?:in (?:the|our)|employee|member"
        r"|person|colleague"
        r"|one)\b"
    ),
    (
        rf"\b(?:den|det|de|vores|vår|vårt|våre|deres|hennes|hans|som"
        rf"|einaste) {_NORDIC_SORT}\b(?! (?:gang"
        r"|gång|time|timen|samtal|uge|uke|veck|dag|måned|månad|tid|år|halv|del|steg|skridt|møde"
        r"|møte"
        r"|fase|session|viktig|ting|saken|to|tre|två|par|sporet|problem))"
    ),
    r"\b(?:eneste|einaste)(?= (?:kvin|mand|mann|i |på |med |som |der |person|ansat))",
    r"\ben(?:da|sam) (?:kvinn|man\b|person|anställd)",
    (
        r"\b(?:een|en|ett|et|én|ein|ei|eitt) (?:af|av) (?:de |dei |kun |bare |bara )?(?:to|tre"
        r"|två|fire"
        r"|fyra|få|fåtal)\b"
    ),
    r"\b(?:en|ett|et|én) (?:af|av) (?:de )?(?:få|ganske få)\b|\b(?:eneste|enda) (?:ene|en)\b",
    (
        r"\bein(?:i|a|u|ir|ar)n?\b(?! (?:gall|vand|kost|tilgang|leið|ástæð))(?= \w{2,}(?:i|a|an"
        r"|in|ið|inn|nn|una|unni|inni|inum|num|nir"
        r"|nar)\b)"
    ),
    (
        r"\b(?:sá|sú|það|þeir|þær|þau) (?:ein|eina|einu|eini|fyrsti|fyrsta|elsti|elsta|yngsti"
        r"|yngsta"
        r"|nýjasti|nýjasta)\b|\beinast[aiu]\b|\bein[iau] sem\b|\beinn? af (?:fáum|tveimur"
        r"|þremur|fjórum"
        r"|þeim)\b"
    ),
    r"\bein af (?:fáum|tveimur|þremur|fjórum)\b|\beitt af (?:fáum|tveimur|þremur)\b",
    (
        r"\b(?:elst|yngst|nýjast)(?:i|a|u|ur|ir|ar|um)?\b(?! (?:tím|viðt))|\belsti\b"
        r"|\benginn annar\b"
    ),
    (
        r"\b(?:fyrst[ai]) (?:konan|maðurinn|kvenkyns|karlkyns|íslendingurinn)\b"
        r"|\blengstan starfsaldur"
    ),
    r"\b(?:længst|lengst|längst) (?:anciennitet|ansiennitet|ansatt|ansat|anställd|i firma)\b",
)
_ROLE = (
    (
        r"\b(?:works?|worked|employed|job|hired|retrained|self-employed|shifts?|career|trained) "
        r"(?:at|for|as|in an?|in the|in [A-Z]\w+|nights|shifts|offshore|part[- ]time as"
        r"|full[- ]time as"
        r"|night shifts|abroad|behind|out of|outdoors|on (?:a|an|board|the (?:floor|till|line"
        r"|farm|rig"
        r"|ward|railway|buses|boats?|shop)))\b(?! (?:the moment|home|the same|our|my|this|present"
        r"|us\b))"
    ),
    (
        r"\bworks? (?:nights|offshore|weekends|shifts)\b|\bwho works\b|\bhead of\b|\b(?:is"
        r"|as) a driver\b|\bin charge of\b"
    ),
    r"\b(?:team|shift|tech|project|squad|floor|night) (?:lead|leader|manager|supervisor)\b",
    (
        r"\b(?:runs|owns|manages|teaches|nurses|farms|lectures|supervises) (?:an?|the|his|her"
        r"|their|at|in)\b"
    ),
    (
        r"\b(?:bus|taxi|cab|truck|lorry|van|delivery|train|tram|forklift"
        r"|ambulance) drivers?\b"
    ),
    (
        r"\bdrives (?:an?|the) (?:bus|lorry|truck|van|taxi|cab|train"
        r"|tram|forklift|ambulance)\b"
    ),
    (
        r"\b(?:vinnur|vann|vinna|starfar|starfaði|starfað|starfandi|ráðin[n]?|réð sig)"
        r" (?:sem|hjá|úti|erlendis|næturvakt\w*|vaktir|vaktavinnu|fyrir|sjálfstætt|á|í|við)"
        r"(?! (?:sér|sig|sínum|þessu|því|úrvinnslu|kvíð|áfalla|meðferð|móti|gegn|málinu))"
    ),
    (
        r"\bvið kennslu\b|\b(?:kennir|stýrir|keyrir|ekur|rekur) (?:á|í|við|rútu|strætó|leigubíl"
        r"|vörubíl"
        r"|deild|búð|fyrirtæki|hópi|teymi|eigin)\b|\bá sjó(?:num)?\b|\bí vaktavinnu\b|\ber sjómað"
    ),
    (
        r"(?<!vi )(?<!jeg )(?<!jag )\b(?:arbejder|arbejdede|arbeider|arbeidet|arbetar|arbetade"
        r"|jobber"
        r"|jobbet|jobbar|jobbade|jobba|ansat|ansatt|tilsett|anställd|beskæftiget|praktik|lærling)"
        r" (?:som|hos|ved|vid|på|i|inom|innan|innen|inden for|natt|nat|deltid som|turnus|skift"
        r"|offshore"
        r"|nattevakter|om natten|utomlands|i utlandet)\b(?! (?:att|at|å|sig|seg|sin|sitt|sit|sina"
        r"|sine"
        r"|det|dette|detta|den|terap|behandl|forløb|timer|samtal|hjem|øyeblikk|dag|tråd|med|fuld"
        r"|full"
        r"|hel|halv))"
    ),
    (
        r"(?<!vi )\b(?:underviser|undervisar|underviste|vasker|städar|gør rent på|gör rent|kører"
        r"|kjører"
        r"|kör|leder|leiar|styrer|driver|äger|ejer|eier) (?:på|i|hos|bus|buss|taxa|taxi|lastbil"
        r"|lastebil"
        r"|trailer|truck|tog|tåg|ambulans\w*|ambulance|afdeling\w*|avdeling\w*|avdelning\w*|et team"
        r"|ett team"
        r"|en butik|en butikk|egen|eget|eigen|sit eget|sitt eget)\b"
    ),
    (
        r"\b(?:underhåll|vedlikehold|vedligehold|drift|mottak|produktion|produksjon)(?:et"
        r"|en)? (?:i|på)"
        r" [A-ZÅÄÖØÆ]|\b\w{3,}s underhåll\b|\b(?:på|i) (?:gruvan|gruva|værftet|varvet|verftet"
        r"|oljeplattform\w*|oljerigg\w*|plattformen|boreplattform\w*|fabrikken|fabriken|lageret"
        r"|lagret"
        r"|køkkenet|kjøkkenet|köket|kassen|kassa|kassan|skranken|resepsjonen|receptionen)\b"
    ),
)
_PREGNANCY = (
    (
        r"\b(?:had|having|has|have|expecting|expects|awaiting|lost|losing|carrying|wants?"
        r"|trying for"
        r"|gave birth to|delivered) (?:\w+ ){0,2}(?:baby|babies|child|twins)\b|\bgave birth\b"
        r"|\bgiving birth\b"
    ),
    (
        r"\b(?:is|she's|was|be|baby) (?:due|expecting)\b(?! to)|\bdue (?:date|in (?:may|june|july"
        r"|spring))\b"
    ),
    (
        r"\b\d{1,2} weeks? (?:along|gone|pregnant)\b|\bon (?:mat|maternity|parental"
        r"|paternity) leave\b"
    ),
    (
        r"\btrying to conceive\b|\bleave after (?:the )?birth\b|\bfirst[- ]time (?:mum|mom|mother"
        r"|dad)\b"
    ),
    (
        r"\bmat leave\b|\b(?:á|eiga|átti|eignaðist|eignast|eignuðust|von á|missti|misst"
        r"|misstu) (?:\w+ )?"
        r"(?:von á|barn|barni|tvíbur\w*|fóstur|fóstri)\b|\bkomin \w+ (?:vikur|mánuði) á leið\b"
    ),
    (
        r"\b(?:gengin|komin) \w+ vikur\b|\bá steypirnum\b|\ber sett\b|\bsett (?:þann|í|um|\d)"
        r"|\bí orlofi"
        r" með\b|\bkomin á leið\b|\breyna að eignast\b|\bnýbakað\w+\b|\bfæddi (?:barn|son|dóttur)"
    ),
    (
        r"\b(?:venter|väntar|ventar|får|fik|fikk|fick|fått|fået|født|fødte|födde|fött|mistet"
        r"|mista|mistede|miste"
        r"|förlorat|mistede) (?:\w+ ){0,2}(?:barn(?:et|ið)?|tvillinger|tvillingar|baby|babyen"
        r"|bebis|foster"
        r"|fosteret)\b"
    ),
    (
        r"\b(?:på|i|til|från|fra|etter|efter) (?:barsel|permisjon|perm|pappaperm|mammaperm|orlov"
        r"|föräldra"
        r"ledighet)\b|\bhar termin\b|\btermin (?:i|den|om|nu)\b|\bi \w+ (?:trimester|svangerskap)"
    ),
    (
        r"\bblive gravid|\bbli gravid|\bbörja på förlossning|\bnybliven|\bnybag|\bnybak"
        r"|\bønske om barn"
    ),
)
_PHRASES = tuple(
    (
        kind,
        re.compile("|".join(phrases), 0 if kind in {Indirect.PLACE, Indirect.LANGUAGE} else re.I),
    )
    for kind, phrases in (
        (Indirect.ONLY_ONE, _ONLY_ONE),
        (Indirect.ROLE, _ROLE),
        (Indirect.PREGNANCY, _PREGNANCY),
        (Indirect.LANGUAGE, LANGUAGE),
        (Indirect.PLACE, PLACE),
        (Indirect.AGE, AGE),
    )
)


def phrases(text: str) -> Iterator[Indirect]:
    """What each turn of speech in the text may tell, in no order."""
    for kind, pattern in _PHRASES:
        for _ in pattern.finditer(text):
            yield kind

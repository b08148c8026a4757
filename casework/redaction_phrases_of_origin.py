"""Turns of speech that may tell where somebody comes from or lives, and how old they are."""

LANGUAGE = (
    (
        r"\b(?:speaks?|spoken|speaking|mother tongue|native language"
        r"|first language) (?:\w+ )?[A-Z]\w+"
    ),
    (
        r"\b(?:english|icelandic|danish|swedish|norwegian) (?:is|as) (?:not )?(?:a|her|his"
        r"|their) second"
    ),
    (
        r"\b(?:interpreter|túlk\w*|tolk(?:en|ar)?|tolke[nt]|tulk\w*)\b|\b(?:grew up|born"
        r"|raised) abroad\b"
    ),
    (
        r"\b(?:moved|came|comes|emigrated|fled|originally|flyttet|flyttede|flyttade|kom|kommer"
        r"|flutti"
        r"|fluttist|flúði|flyktede|flyktet|flydde) (?:\w+ )?(?:over |hit |hertil |hingað )?"
        r"(?:from|from abroad|fra|från|frá) [A-ZÅÄÖØÆÞÁÍÓÚÉ]\w+"
    ),
    (
        r"\b(?:frá útlöndum|erlendis frá|fra udlandet|fra utlandet|från utlandet"
        r"|af erlendum uppruna)\b"
    ),
)
PLACE = (
    (
        r"\b(?:office|branch|plant|factory|site|depot|shipyard|warehouse|village|island"
        r"|county) in\b"
    ),
    (
        r"\bthe [A-ZÁÉÍÓÚÞÆÖÅÄØ]\w+ (?:office|branch|plant|factory|site|depot|yard|store|shop"
        r"|school"
        r"|hospital|campus|team|warehouse|station|port|airport|area)\b|\b(?:small|tiny"
        r"|home) (?:town"
        r"|village|island|community)\b|\bin the (?:village|town|countryside|islands?)\b"
    ),
    (
        r"\b(?:lives?|living|lived|resides?|based|grew up|raised) (?:alone |now |back )?"
        r"(?:in|at|near|on|outside|by) (?:the |a )?(?:[A-Z]\w+|village|town|island|farm"
        r"|countryside)"
    ),
    (
        r"\b(?:býr|bjó|búsettur?|búsett|búandi|ólst upp|alinn? upp|uppalinn?|flutti|flytur|er frá"
        r"|kemur frá|ættuð frá)"
        r"(?: \w+)? (?:á|í|til|undir|við|að)? ?[A-ZÁÉÍÓÚÞÆÖ]\w+"
    ),
    (
        r"\b(?:í sveit(?:inni)?|í þorpi(?:nu)?|í bæjarfélaginu|úti á landi|á landsbyggðinni"
        r"|í plássinu)\b"
    ),
    (
        r"\b(?:bor|bodde|boede|bodd|bosat|bosatt|busett|oppvokst|oppvaksen|opvokset|uppvuxen"
        r"|uppväxt"
        r"|vokset op|vokste opp|flyttet|flyttede|flyttade|flyttar|flytter)(?: \w+)? (?:i|på|til"
        r"|till|ved"
        r"|vid|hos|nær|fra|från) (?:[A-ZÅÄÖØÆ]\w+|byen|bygda|bygden|øya|ön|øen|landet|en (?:lille"
        r"|liten) "
        r"\w+|gård\w*)"
    ),
    (
        r"\b\w{3,}(?:firði|firðinum|eyri|staðabær)\b|\b(?:kontoret|afdelingen|avdelingen|filialen"
        r"|butikken"
        r"|butiken|skolen|skolan|fabrikken) i [A-ZÅÄÖØÆ]\w+"
    ),
    (
        r"\b(?:skrifstofunni|útibúinu|verksmiðjunni|versluninni|búðinni|skólanum) (?:á"
        r"|í) [A-ZÁÉÍÓÚÞÆÖ]"
    ),
)
AGE = (
    (
        r"\b\d{1,2}[ -]?(?:ára|áringur|years? old|year[- ]olds?|yrs? old|yo|år gamm?[ae]l"
        r"|åring(?:en)?"
        r"|årige?|åriga)\b|\b(?:aged?|age of|aldur(?:inn)?|alder(?:en)?|ålder(?:n)?)[: ]+\d{1,2}\b"
    ),
    r"\b(?:þrí|fer|fimm|sex|sjö|át|ní)tugs?(?:ur|aldri|s)?\b|\b\w{2,9}tugsaldri\b",
    r"\b(?:early|mid|late)[- ](?:twenties|thirties|forties|fifties|sixties|[2-6]0s)\b",
    r"\bin (?:her|his|their) (?:\w+ )?(?:twenties|thirties|forties|fifties|sixties|[2-6]0s)\b",
    (
        r"\bi (?:slutningen af |starten af |begynnelsen av )?(?:tyverne|trediverne|fyrrerne"
        r"|halvtredserne"
        r"|tresserne|(?:tju|tretti|førti|femti|seksti)e?årene|[2-6]0-?(?:erne|årene|årsåldern))\b"
    ),
    r"\b(?:tjugo|trettio|fyrtio|femtio|sextio)årsåldern\b",
)

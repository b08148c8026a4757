"""What Icelandic replies say."""

from casework.reply_words import ReplyWords, count, joined, tens

_UNITS = count(
    "einn/ein/eitt/eina/einni/einum tveir/tvær/tvö/tvo/tveimur/tveggja "
    "þrír/þrjár/þrjú/þrjá/þremur/þriggja fjórir/fjórar/fjögur/fjóra/fjórum/fjögurra "
    "fimm sex sjö átta níu",
    1,
)
_TENS = tens("tuttugu þrjátíu fjörutíu fimmtíu sextíu sjötíu áttatíu níutíu")
_TEENS = count("tíu ellefu tólf þrettán fjórtán fimmtán sextán sautján átján nítján", 10)

ICELANDIC = ReplyWords(
    telling=(
        "við, ég, að, er, ekki, og, þetta, það, þið, já, nei, takk, inneign*, samþykk*, til, "
        "hver, eru, kveðja, ykkur, okkur, fyrir, með, tíma*, endilega, sæl, sæll, góðan, daginn, "
        "miður"
    ),
    yes=(
        "já, jú, endilega, sjálfsagt, að sjálfsögðu, auðvitað, samþykkt, samþykki, samþykkjum, "
        "jamm, jájá, jebb, að sjálfsögðu já, samþykkt er, allt í lagi, ok, okei, ókei, "
        "algjörlega, klárlega, gjörið svo vel"
    ),
    no="nei, neibb, nei takk, hafnað, synjað, þvímiður",
    approve=(
        "setjið endilega, gangið frá þessu, bætum við, megið bæta við, það má, má alveg, jákvætt "
        "svar, við samþykkjum, ég samþykki, samþykkjum, samþykki, samþykkt, samþykktar, "
        "samþykktir, getum samþykkt, get samþykkt, höfum samþykkt, hef samþykkt, er samþykkt, "
        "viljum samþykkja, samþykki hér með, í lagi, í góðu lagi, er sjálfsagt, sjálfsagt mál, "
        "sjálfsagt, endilega, gerið það, bætið við, hið besta mál, gott mál, besta mál, velkomið, "
        "alveg velkomið, við segjum já, segjum já, segi já, hljómar vel, erum til í, er til í, "
        "erum við til í, gefum grænt ljós, grænt ljós, styðjum þetta, við styðjum, fallist á, "
        "föllumst á, fellst á, við greiðum, við borgum, getum greitt, munum greiða, staðfestum, "
        "staðfesti, hér með staðfest, veitum, heimilum, heimila, gangi ykkur vel með, getum "
        "boðið, hentar okkur, hentar vel, erum sátt við, erum samþykk, er samþykkur, er samþykk, "
        "með ánægju, með glöðu geði, með bros á vör, það er fínt, er fínt, eru fínar, er flott, "
        "flott mál, er gott"
    ),
    approve_oddly=(
        "enginn vafi, ekkert mál, ekkert vandamál, ekki málið, ekkert því til fyrirstöðu, ekkert "
        "til fyrirstöðu, ekkert á móti, ekkert við það að athuga, ekkert við þetta að athuga, "
        "engar athugasemdir við, engin fyrirstaða, gerum engar athugasemdir, gerum ekki "
        "athugasemdir, gerum ekki athugasemd, því ekki, ekki spurning, engin spurning, engin "
        "vandamál, setjum okkur ekki upp á móti, hví ekki, af hverju ekki"
    ),
    decline=(
        "er uppurinn, er uppurið, er uppurin, er búinn, er búið með, ætlum ekki að, ekki að bæta "
        "við, er tæmdur, við höfnum, ég hafna, höfnum, hafna, synjum, synja, afþökkum, afþakka, "
        "segjum nei, segi nei, svarið er nei, svar okkar er nei, engar inneignir, engar fleiri "
        "inneignir, ekki fleiri inneignir, ekki fleiri tíma, enga fleiri tíma, enga tíma, "
        "neyðumst til að hafna, verðum að hafna, verðum að segja nei, verðum að afþakka, er "
        "hafnað, hefur verið hafnað, er synjað, ekki hægt, ekki unnt, ekki í boði, ekki mögulegt, "
        "ekki svigrúm, ekkert svigrúm, ekki fjárhagslegt svigrúm, ekki í þetta sinn, ekki í þetta "
        "skipti, ekki að þessu sinni, sjáum okkur ekki fært, sé mér ekki fært, ekki orðið við, "
        "höfum ekki ráð á, höfum ekki efni á, höfum ekki tök á, höfum ekki svigrúm, getum ekki "
        "greitt, getum ekki boðið, getum þetta ekki, getum það ekki, getum því miður ekki"
    ),
    consent=(
        "sagt já, hækka, samþykkja, samþykkt, samþykki, samþykkjum, fallist, greiða, styrkja, "
        "veita, heimila, styðja, boðið, bætt við, bæta við, gert þetta, gert það"
    ),
    negations=(
        "ekki, aldrei, hvorki, ekkert, engan veginn, án, engin, engar, enga, engum, enginn, "
        "ómögulega, neitum, ekkki, eki"
    ),
    conditions=(
        "ef, nema, að því gefnu, að því tilskildu, svo framarlega, svo lengi sem, með því "
        "skilyrði, með þeim skilyrðum, með skilyrði*, skilyrði*, háð því, að uppfylltu, þegar við "
        "vitum, þegar við höfum, þegar ég hef, eftir að við, um leið og, þegar ég, fyrr en, þar "
        "til, þangað til, áður en, hvort, með fyrirvara, fyrirvara, í því tilfelli, í því "
        "tilviki, þá er það, þá já, þá getum, þá samþykk*, þá er sjálfsagt, þá er þetta, þurfum "
        "að vita, þarf að vita, verðum að vita, viljum vita, vil vita, myndum vilja vita, miðað "
        "við að, sé það, gegn því, viljum fyrst, þurfum fyrst, í grundvallaratriðum, að öðru "
        "leyti"
    ),
    hedges=(
        "vísa*, frest*, mistök, mistökum, svara þessu, að svara, bera, ber, svarað þessu, taka "
        "afstöðu, tekið afstöðu, heimild til, umboð, hafið samband við, hafa samband við, ábyrg*, "
        "tvöfalt, einni færri, einum færri, kannski, mögulega, hugsanlega, sennilega, líklega, "
        "trúlega, væntanlega, ef til vill, skoða, skoðum, skoðað, kanna, könnum, kannað, athuga, "
        "athugum, athugað, ræða, ræðum, rætt, fara yfir, förum yfir, hafa samband, verðum í "
        "sambandi, verð í sambandi, læt vita, látum vita, læt ykkur vita, látum ykkur vita, svara "
        "síðar, svörum síðar, svara seinna, heyrumst, næstu viku, næsta mánuði, á morgun, síðar, "
        "seinna, fund*, bera undir, ber þetta undir, berum þetta undir, spyrja, spyr, spyrjum, "
        "áframsend*, framsend*, sendi þetta áfram, sendi áfram, áfram á, rangt netfang, ekki "
        "rétt*, rétti aðilinn, rétta aðila, veit ekki, vitum ekki, óviss*, ekki viss, held, "
        "höldum, teljum, tel, sýnist, vonandi, vona, vonum, yfirleitt, venjulega, oftast, "
        "stundum, alla jafna, almennt, myndi, myndum, gæti, gætum, mundi, ætti, ættum, vildi, "
        "vildum, móttekið, höfum móttekið, hef móttekið, nánari upplýsing*, frekari upplýsing*, "
        "meiri upplýsing*, fleiri upplýsing*, útskýr*, skil ekki, skiljum ekki, bíðum, bíð, bíða, "
        "í bið, ákveðið enn, ákveða, ákvörðun, hugsa málið, hugsum málið, íhuga, íhugum, síðast, "
        "áður, í fyrra, þegar búin, þegar búið, um það bil, cirka, c a, nokkr*, einhver*, "
        "fáeinar, að minnsta kosti, a m k, minnst, á mánuði, á ári, á mann, hver um sig, afgang*, "
        "restin*, restina, grín, djók, mæli með, mælum með, langar, segir, sagði"
    ),
    undone=(
        "að hluta, þegar, bíða, bíðum, nafnlaus*, fleiri en, meira en, minna en, færri en, "
        "samþykki stjórnar, samþykki þarf, samþykki frá, þarf samþykki, þurfum samþykki, samþykki "
        "yfir*, samþykki forst*, samþykki framkv*, án samþykkis, eftir, kostar, verð á, að "
        "spyrja, þarf að samþykkja, svar síðar, fáið svar, móttekið"
    ),
    contrasts="!en, hins vegar, þó, heldur, annars",
    more="í viðbót, til viðbótar, fleiri, auka",
    openers=(
        "hver, hvern, hverjum, hvers, hvað, hvenær, hvar, hvernig, af hverju, hvers vegna, hve, "
        "hversu, er þetta, er það, eru þetta, eruð þið, ert þú, getið þið, getur þú, geturðu, "
        "getum við, má ég, megum við, er hægt, hafið þið, hvaða, væri hægt, er ekki"
    ),
    who=(
        "hvern er, hvern varðar, hvern á, hverjum er, hvern þetta, hverja þetta, fá nafn, hver er "
        "það, hver er þetta, hver þetta er, hver það er, hver er viðkomandi, hver viðkomandi er, "
        "hver á í hlut, hver er starfsmaðurinn, hvaða starfsmað*, hvaða starfsman*, hvaða "
        "einstakling*, hvaða manneskj*, hvaða aðil*, hver er einstaklingurinn, hver sé, nafn*, "
        "nafnið, hver bað, hver er að, hver sækir, hver óskar, hver af, hver í, hver hjá, hverra, "
        "hvaða deild*, um hvern, fyrir hvern, fyrir hverja, vita hver, upplýsa hver, upplýst "
        "hver, sagt hver, segja okkur hver, hver manneskjan, hver þarf, hver mun, kennital*, "
        "hvers vegna viðkomandi, hver einstaklingurinn er"
    ),
    is_it=(
        "er þetta, er það, þetta er, það er, er þetta fyrir, er þetta hún, er þetta hann, hlýtur "
        "að vera, er það hún, er það hann, er þetta ekki, er það ekki, fyrir, vegna, varðandi, um"
    ),
    neutral=(
        "ef eitthvað er, ef þið þurfið eitthvað, ef þið þurfið, ef það er eitthvað, ef spurningar "
        "vakna, ef einhverjar spurningar, ef þið hafið spurningar, ef þörf er á, ef þarf, ef "
        "eitthvað vantar, ef eitthvað er óljóst, ekki hika við, hikið ekki við, hafið endilega "
        "samband, takk fyrir póstinn, takk fyrir, takk kærlega, kærar þakkir, þakka ykkur fyrir, "
        "þakka þér fyrir, þakka fyrir, já eða nei, góðan daginn, góðan dag, eigið góðan dag, "
        "eigðu góðan dag, góða helgi, takk, komið þið sæl, sæl og blessuð, sæl veriði, afsakið "
        "seint svar, afsakið hvað ég svara seint, án þess að spyrja, án nokkurra skilyrða, "
        "skilyrðislaust, án fyrirvara, án skilyrða, ekki seinna en, ekki þarf að, þarf ekki að, "
        "eins og beðið var um, eins og óskað er eftir, sem beðið er um, sem þið biðjið um, sem "
        "óskað er eftir, um hæl, alveg endilega látið vita, verið í sambandi"
    ),
    known=(
        "þjónustu, þjónustuna, úrræði, úrræðið, starfsfólk, starfsfólki, starfsfólkið, gjarnan, "
        "glöð, stk, stykki, gegnum, strax, aðeins, einungis, bara, við, ég, að, er, eru, og, "
        "þetta, það, þessi, þessa, þessum, þessari, þess, því, þeim, til, viðbótar, í, á, um, af, "
        "fyrir, með, hér, okkur, okkar, mér, mig, ykkur, ykkar, þið, vera, verið, verði, verður, "
        "beiðni, beiðnina, beiðninni, beiðnin, fjölda, fjöldi, fjöldinn, allar, allt, alla, "
        "samtals, fleiri, auka, nýjar, fína, fínt, gott, góð, vel, alveg, mjög, hjá, hálfu, "
        "fyrirtækisins, frá, minni, sjálfsögðu, sjálfsagt, endilega, samþykkja, samþykkjum, "
        "samþykki, samþykkt, já, jú, nei, takk, kærlega, bestu, kveðjur, miður, leitt, afsakið, "
        "þvímiður, núna, dag, sinn, skipti, starfsmann, starfsmanninn, viðkomandi, einstakling, "
        "einstaklinginn, getum, get, gefum, veitum, gera, gerið, bæta, bæta við, bætið, mál, "
        "málið, hæ, halló, sæl, sæll, kæru, hentar, svar, svarið, hámark, mest, allt að, lagi, "
        "ok, vinsamlegast, svo, sem, segja, segjum, segi, ánægju, staðfest, inneign, tíma, má, "
        "bætast, hljómar, flott, frábært, velkomið, hér með, greiða, greiðum, fá, beðið, "
        "umbeðnar, umbeðinn, umbeðna, alls, skulum, nú"
    ),
    half="helming*, hálfan fjölda, helminginn",
    limits=(
        "hámark, í mesta lagi, mest, allt að, ekki fleiri en, ekki meira en, að hámarki, í hæsta "
        "lagi"
    ),
    instead="í staðinn fyrir, í stað, frekar en, ekki",
    ones="einn, ein, eitt, eina, einni, einum",
    credits="inneign*, !tím*, skipti, viðt*, kredit*, niðurgreid*",
    units=(
        "dag*, viku*, vikur, vikna, mánuð*, mánað*, ár, ára, ári, mínút*, mín, starfsm*, manns, "
        "einstakling*, kl, króna, krónur, krónum, þúsund, þús, kr, prósent, spurning*, hæð, "
        "virk*, virka, klukku*, klst, reikning*"
    ),
    closings=(
        "kveðja, kveðjur, bestu kveðjur, kær kveðja, kærar kveðjur, með kveðju, með bestu kveðju, "
        "mbk, bkv, kv, með góðri kveðju, með vinsemd, virðingarfyllst, með kærri kveðju, með "
        "bestu kveðjum, með vinsemd og virðingu, hlýjar kveðjur, takk og kveðja, bestu þakkir, "
        "kærar þakkir, góðar kveðjur, takk"
    ),
    greetings=(
        "hæ, halló, sæl, sæll, sæl og blessuð, sæl verið þið, kæri, kæra, kæru, góðan dag, góðan "
        "daginn, komið þið sæl, sæl öll, blessuð, blessaður, heil og sæl, ágæti, ágætu, góða "
        "kvöldið, hæhæ, sælar, sælir, sæl bæði"
    ),
    wrote="skrifaði, skrifaði eftirfarandi, ritaði, reit, skrifar",
    headers="frá, sent, til, efni, dagsetning, afrit, dags",
    cuts=(
        "upprunaleg skilaboð, upphaflegur póstur, upphafleg skilaboð, framsend skilaboð, "
        "áframsend skilaboð, áframsent, framsent, upprunalegur póstur, upphaflegt skeyti, "
        "framsendur póstur, áframsendur póstur"
    ),
    sent_from="sent úr, sent frá, sent með, sæktu outlook",
    disclaimers=(
        "þessi tölvupóstur, tölvupóstur þessi, þetta skeyti, þessi póstur, fyrirvari, "
        "trúnaðarmál, upplýsingar í, vinsamlegast athugið, ath, póstur þessi, efni þessa, hugsaðu "
        "um, hugsið um, hugsum um, aðvörun, viðvörun"
    ),
    legal=(
        "trúnað*, viðtakand*, eingöngu ætl*, ætlað*, utanaðkomandi, ábyrgð*, umhverfi*, prenta*, "
        "prentar, utan, viðhengi*, hlekk*, fyrirvar*, óheimil*"
    ),
    away=(
        "er í fríi, verð í fríi, er í orlofi, í sumarfríi, í sumarleyfi, í fæðingarorlofi, er í "
        "leyfi, verð í leyfi, ekki á skrifstofunni, er fjarverandi, verð fjarverandi, sjálfvirkt "
        "svar, sjálfvirk svörun, sný aftur, kem aftur, kem til baka, kem aftur til vinnu, mæti "
        "aftur, hætt störfum, hættur störfum, takmarkaðan aðgang, er í veikindaleyfi, er "
        "erlendis, svara tölvupósti þegar, póstur þinn er móttekinn, erindi þitt er móttekið, "
        "erindi þitt hefur verið móttekið, erindi þitt hefur verið skráð, er í sumarfríi, er í "
        "vetrarfríi"
    ),
    away_subjects=(
        "sjálfvirkt svar, sjálfvirk svörun, í fríi, í orlofi, fjarverandi, fjarvera, í sumarfríi, "
        "í sumarleyfi"
    ),
    bounces=(
        "ekki tókst að afhenda, ekki hægt að afhenda, var ekki afhent, komst ekki til skila, "
        "tókst ekki að senda, netfangið er ekki til, pósthólfið er fullt, pósthólf er fullt, "
        "óþekktur viðtakandi, ekki skilað til, netfangið fannst ekki, ekki unnt að afhenda"
    ),
    bounce_subjects=(
        "óafhent, ekki tókst að afhenda, afhending mistókst, óafhendanlegt, póstur komst ekki til "
        "skila, ekki hægt að afhenda, tilkynning um afhendingu"
    ),
    numbers={
        **_UNITS,
        **_TEENS,
        **_TENS,
        **joined(_TENS, _UNITS, "{ten} og {unit}"),
        "hundrað": 100,
        "eitt hundrað": 100,
        "tylft": 12,
    },
)

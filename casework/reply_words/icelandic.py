"""What Icelandic replies say."""

from casework.reply_words import ReplyWords, count, each, joined, tens

_UNITS = count(
    "einn/ein/eitt/eina/einni/einum tveir/tvær/tvö/tvo/tveimur/tveggja "
    "þrír/þrjár/þrjú/þrjá/þremur/þriggja fjórir/fjórar/fjögur/fjóra/fjórum/fjögurra "
    "fimm sex sjö átta níu",
    1,
)
_TENS = tens("tuttugu þrjátíu fjörutíu fimmtíu sextíu sjötíu áttatíu níutíu")
_TEENS = count("tíu ellefu tólf þrettán fjórtán fimmtán sextán sautján átján nítján", 10)
_WE_PAY = each(
    "getum, viljum, viljum gjarnan, viljum endilega, munum, ætlum að, erum tilbúin að, erum "
    "reiðubúin að, erum fús til að, höfum ákveðið að, sammála um að, sjálfsagt að, ljúft að",
    "samþykkja, samþykkja þetta, styðja, styðja við, styrkja, greiða, greiða fyrir, borga, veita, "
    "heimila, verða við, bæta við",
)

ICELANDIC = ReplyWords(
    telling=(
        "við, ég, að, er, ekki, og, þetta, það, þið, já, nei, takk, inneign*, samþykk*, til, "
        "hver, eru, kveðja, ykkur, okkur, fyrir, með, tíma*, endilega, sæl, sæll, góðan, daginn, "
        "miður"
    ),
    yes=(
        "já, jú, endilega, sjálfsagt, að sjálfsögðu, auðvitað, samþykkt, samþykki, samþykkjum, "
        "jamm, jájá, jebb, að sjálfsögðu já, samþykkt er, allt í lagi, ok, okei, ókei, "
        "algjörlega, klárlega, gjörið svo vel, já takk, já endilega, já já, jáhá, jújú, auðsótt "
        "mál, minnsta mál, alveg sjálfsagt, guðvelkomið, það er sjálfsagt, absolút, sammála"
    ),
    no=(
        "nei, neibb, nei takk, hafnað, synjað, þvímiður, ónei, nei nei, því miður nei, því miður "
        "ekki, nei því miður, takk en nei takk, afþakkað, neitað"
    ),
    approve=(
        "já frá okkur, ok frá okkur, ok hjá okkur, svarið er já, "
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
        "flott mál, er gott, í fínu lagi, í fína lagi, í besta lagi, minnsta mál, auðsótt mál, "
        "auðsótt, kýlum á, gerum það, gerum þetta, ljúft að, verðum við þessari, verðum við "
        "þessu, verðum við beiðni*, verðum við ósk*, líst vel á, lýst vel á, tökum þátt, styðjum "
        "við, styðjum, samþykkjum við, styrkjum, greiðum fyrir, greiðum við, borgum við, "
        "fyrirtækið greiðir, greiðir fyrir, fyrirtækið borgar, borgar þetta, hefur samþykkt, hafa "
        "samþykkt, megið bæta, má bæta, látum slag standa, guðvelkomið, höfum ákveðið að "
        "samþykkja, gefum leyfi, leyfum, leyfum þetta, samþykkist, samþykkist hér með, veitist, "
        "er veitt, eru veittir, eru veittar, er heimilað, heimilast, er heimilt, ykkur er "
        "heimilt, ykkur er velkomið, hafið leyfi, fáið leyfi, fáið samþykki, fáið já, segir já, "
        "styður þetta, allt í góðu, allt í fína, allt í góðu lagi, hið minnsta mál, tökum vel í "
        "þetta, tökum jákvætt í, svarið er já, svar okkar er já, hafið þetta endilega, " + _WE_PAY
    ),
    approve_oddly=(
        "enginn vafi, ekkert mál, ekkert vandamál, ekki málið, ekkert því til fyrirstöðu, ekkert "
        "til fyrirstöðu, ekkert á móti, ekkert við það að athuga, ekkert við þetta að athuga, "
        "engar athugasemdir við, engin fyrirstaða, gerum engar athugasemdir, gerum ekki "
        "athugasemdir, gerum ekki athugasemd, því ekki, ekki spurning, engin spurning, engin "
        "vandamál, setjum okkur ekki upp á móti, hví ekki, af hverju ekki, ekkert vesen, engar "
        "athugasemdir, ekki vandamál, ekkert að því, höfum ekkert á móti, ekkert sem mælir gegn, "
        "stendur ekki á okkur, ekki á móti þessu, enginn ágreiningur, ekkert athugavert"
    ),
    offers=(
        "teygt okkur í, teygt okkur upp í, teygjum okkur í, segjum, höfum þetta, höfum það, hafið "
        "þetta, hafið það, hafa þetta, frekar, bætið frekar við, bætið við, bæta við, bætt við, "
        "tökum, við tökum, mest greitt, getum mest, greiðum, styrkjum, getum tekið, getum stutt, "
        "getum staðið undir, látum duga, látum nægja, nægir, er það sem við getum boðið, er það "
        "mesta, eru það mesta, eru það sem við getum, mörkin eru, hámarkið er, hámarkið okkar er, "
        "viljum frekar, kjósum, kjósum frekar, gefið, gefið frekar, hækkið í, hækkum í, hækkið "
        "þetta í, lækkum í, lækkum þetta í, förum í, förum upp í, látið vera, látið þetta vera, "
        "setjið, setjum, gerum, gerið, skulum hafa, skulum segja, getum gefið, getum veitt, getum "
        "greitt, getum lagt til"
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
        "greitt, getum ekki boðið, getum þetta ekki, getum það ekki, getum því miður ekki, eru "
        "uppurnir, eru búnir, eru búnar, eru uppurnar, kvótinn er, er ekki til peningur, ekki til "
        "peningur, ekki til peningar, ekki til fjármagn, engir peningar, ekkert fjármagn, ekki "
        "fjármagn, ekki fjármuni, enga fjármuni, ekki bolmagn, leyfir þetta ekki, leyfir það "
        "ekki, leyfir ekki, bætum ekki við, bætum ekki, gengur ekki, gengur því miður ekki, "
        "gengur ekki upp, gengur því miður ekki upp, að segja nei, svarið er því miður nei, er "
        "því miður nei, verður nei, verður því miður nei, ekkert eftir, ekkert er eftir, ekki "
        "neitt eftir, ekkert fé, ekki getað orðið við, verðum ekki við, getum ekki orðið við, "
        "ekki verða við, ákveðið að hafna, ætlum ekki, greiðum ekki, borgum ekki, styrkjum ekki, "
        "veitum ekki, bjóðum ekki, bjóðum ekki upp á, hættum, ekki aflögufær, ekki áhuga á, "
        "neitum, verðum að neita, neita þessu, er neitað, ekki samþykkt að þessu sinni, treystum "
        "okkur ekki, ekki kostur á, eigum ekki kost á, eigum ekki fyrir, höfum ekki fjárveitingu, "
        "engin fjárveiting, fullnýtt*, er fullnýtt, kláruð, kláraður, búið að klára, búið með, er "
        "á þrotum, á þrotum, höfum afráðið að hafna, ekki bætt við, ekki efni á, ekki ráð á, ekki "
        "tök á, ekkert eftir í, viljum ekki bæta, viljum ekki samþykkja, viljum ekki greiða, "
        "viljum ekki fleiri, viljum ekki styrkja, viljum ekki veita, viljum ekki bæta við"
    ),
    consent=(
        "sagt já, hækka, samþykkja, samþykkt, samþykki, samþykkjum, fallist, greiða, styrkja, "
        "veita, heimila, styðja, boðið, bætt við, bæta við, gert þetta, gert það, orðið við, "
        "verða við, styrkt, stutt, heimilað, veitt, greitt, borgað, komið til móts, lagt til, "
        "hjálpað"
    ),
    negations=(
        "ekki, aldrei, hvorki, ekkert, engan veginn, án, engin, engar, enga, engum, enginn, "
        "ómögulega, neitum, ekkki, eki, of margir, of margar, of mikið, of mörg, hvergi"
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
        "kannski, mögulega, hugsanlega, sennilega, líklega, trúlega, væntanlega, ef til vill, "
        "skoða, skoðum, skoðað, kanna, könnum, kannað, athuga, athugum, athugað, ræða, ræðum, "
        "rætt, fara yfir, förum yfir, hafa samband, verðum í sambandi, verð í sambandi, læt vita, "
        "látum vita, læt ykkur vita, látum ykkur vita, svara síðar, svörum síðar, svara seinna, "
        "heyrumst, næstu viku, næsta mánuði, á morgun, síðar, seinna, bera undir, ber þetta "
        "undir, berum þetta undir, spyrja, spyr, spyrjum, áframsend*, framsend*, sendi þetta "
        "áfram, sendi áfram, áfram á, rangt netfang, ekki rétt*, rétti aðilinn, rétta aðila, veit "
        "ekki, vitum ekki, óviss*, ekki viss, held, höldum, teljum, tel, sýnist, vonandi, vona, "
        "vonum, yfirleitt, venjulega, oftast, stundum, alla jafna, almennt, myndi, myndum, gæti, "
        "gætum, mundi, ætti, ættum, vildi, vildum, móttekið, höfum móttekið, hef móttekið, nánari "
        "upplýsing*, frekari upplýsing*, meiri upplýsing*, fleiri upplýsing*, útskýr*, skil ekki, "
        "skiljum ekki, bíðum, bíð, bíða, í bið, ákveðið enn, ákveða, ákvörðun, hugsa málið, "
        "hugsum málið, íhuga, íhugum, síðast, áður, í fyrra, þegar búin, þegar búið, um það bil, "
        "cirka, c a, nokkr*, einhver*, fáeinar, að minnsta kosti, a m k, minnst, á mánuði, á ári, "
        "á mann, hver um sig, afgang*, restin*, restina, grín, djók, mæli með, mælum með, langar, "
        "segir, sagði, hvorki, hefur ekki verið, hafa ekki verið, ekki búið að, ekki búin að, "
        "ekki búnir að, ætli, ætla má, enginn hefur, engin hefur, liggur ekki fyrir, liggja "
        "fyrir, !enn, ein og sér, einn og sér, ein ákveðið, virðist, virðast, án yfirmanns, án "
        "samráðs, sagt nei við, segja nei við, að hafna þessu, ekki að hafna, ekki hafnað, tökum "
        "afstöðu, tökum ákvörðun, sjáum svo til, sjáum til, svo til, þarf að samþykkja, þurfa að, "
        "þarf að, þurfum að, heyra meira, frekari, skrifa undir, ekki strax, aðeins með, eftir "
        "helgi, samþykktum, samþykkti, of mikið, of margir, of margar, hafnað né, eða hafnað, eða "
        "ekki, eða nei, gerum ráð fyrir, reikna með, reiknum með, að mér skilst, ekki búinn, ekki "
        "búin, viljum ekki segja nei, viljum ekki hafna, !fund*, póstlist*, viðhengi*, opnað, "
        "hringja, hringið, greiðum reikninginn, reikninginn sem, tölvupóst*, skjal*, hlekk*"
    ),
    undone=(
        "að hluta, þegar, bíða, bíðum, nafnlaus*, fleiri en, meira en, minna en, færri en, "
        "samþykki stjórnar, samþykki þarf, samþykki frá, þarf samþykki, þurfum samþykki, samþykki "
        "yfir*, samþykki forst*, samþykki framkv*, án samþykkis, eftir, kostar, verð á, að "
        "spyrja, þarf að samþykkja, svar síðar, fáið svar, móttekið, gott að heyra, gaman að "
        "heyra, í lagi að bíða, í lagi ég spyr, ég spyr, fá samþykki, fá þetta samþykkt, fá það "
        "samþykkt, fáum samþykki, bíðið, viljum ekki segja, fá meiri, fá frekari, fá upplýsingar, "
        "fá að vita, enginn hefur, engin hefur, enginn hér, helmingur starfs*, ekki segja nei, í "
        "huga, bæta mér, bæta okkur, bætið mér, bætið okkur, vilja ekki segja, viljum ekki segja "
        "nei, greiðum reikninginn, segja nei né"
    ),
    remarks=(
        "vona, vonum, vonandi, yfirleitt, venjulega, almennt, áður, síðast, í fyrra, stundum, "
        "athuga, einhver*, nokkr*, mæli með, mælum með, teljum, !fund*, póstlist*, viðhengi*, "
        "opnað, hringja, hringið, greiðum reikninginn, reikninginn sem, tölvupóst*, skjal*, "
        "hlekk*"
    ),
    contrasts="!en, hins vegar, þó, heldur, annars",
    more="í viðbót, til viðbótar, fleiri, auka",
    openers=(
        "hver, hvern, hverjum, hvers, hvað, hvenær, hvar, hvernig, af hverju, hvers vegna, hve, "
        "hversu, er þetta, er það, eru þetta, eruð þið, ert þú, getið þið, getur þú, geturðu, "
        "getum við, má ég, megum við, er hægt, hafið þið, hvaða, væri hægt, er ekki, fyrir hvern, "
        "um hvern, hvað heitir, hvort, má fá, fáum við, mætti, gætuð þið, gætum við, myndi, væri, "
        "myndu"
    ),
    who=(
        "hvern er, hvern varðar, hvern á, hverjum er, hvern þetta, hverja þetta, fá nafn, hver er "
        "það, hver er þetta, hver þetta er, hver það er, hver er viðkomandi, hver viðkomandi er, "
        "hver á í hlut, hver er starfsmaðurinn, hvaða starfsmað*, hvaða starfsman*, hvaða "
        "einstakling*, hvaða manneskj*, hvaða aðil*, hver er einstaklingurinn, hver sé, nafn*, "
        "nafnið, hver bað, hver er að, hver sækir, hver óskar, hver af, hver í, hver hjá, hverra, "
        "hvaða deild*, um hvern, fyrir hvern, fyrir hverja, vita hver, upplýsa hver, upplýst "
        "hver, sagt hver, segja okkur hver, hver manneskjan, hver þarf, hver mun, kennital*, "
        "hvers vegna viðkomandi, hver einstaklingurinn er, hvað heitir, um hvern er, hvern ræðir, "
        "hvern um ræðir, hvern þetta varðar, hver þetta, hver um ræðir, hver eigi, hver sem"
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
        "óskað er eftir, um hæl, alveg endilega látið vita, verið í sambandi, ræddum þetta á "
        "fundi, ræddum þetta, ræddum málið, rætt þetta, höfum rætt þetta, höfum rætt málið, höfum "
        "skoðað þetta, höfum skoðað málið, höfum farið yfir, á fundi í gær, á fundi í morgun, á "
        "fundi, af okkar hálfu, fyrir okkar hönd, fyrir okkar leyti, okkar vegna, fyrir mitt "
        "leyti, mín vegna, þykir vænt um, láta vita, til ykkar"
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
        "umbeðnar, umbeðinn, umbeðna, alls, skulum, nú, vegna, frekar, tökum, viljum, "
        "framkvæmdastjórinn, forstjórinn, stjórnin, deildarstjórinn, yfirmaðurinn, megið, "
        "tímunum, tímum, tímana, tímar, fyrirtækið, hefur, höfum, skiptið, semsagt, sem sagt, þá, "
        "þar, lýst, líst, sammála, bætum, erindið, erindinu, ósk, óskina, óskinni, hönd, leyti, "
        "hinu, þó, hins, minnsta, besta, ári, ár, árið, ljúft, ákveðið, semsé, upp, umfram, lagt, "
        "enga, þau"
    ),
    half="helming*, hálfan fjölda, helminginn",
    one_less=(
        "einum færri, einni færri, einum færri en beðið er um, einni færri en beðið er um, einu "
        "færra"
    ),
    twice=(
        "tvöfalt, tvöfaldið, tvöfaldið þetta, tvöfaldið það, tvöfaldið fjöldann, tvöföldum, "
        "tvöföldum þetta, tvöföldum það, tvöfalt fleiri, tvöfaldan fjölda, helmingi fleiri en "
        "beðið er um"
    ),
    out_of="af þeim, af þessum, af, af þeim sem",
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
        "virk*, virka, klukku*, klst, reikning*, stjórnend*, tölvupóst*, póst*, skrifstof*, "
        "deild*, mál, manneskj*, erindi*, beiðni*"
    ),
    rates=(
        "á ári, árlega, á mánuði, mánaðarlega, á hverju ári, á mann, á hvern starfsmann, á "
        "starfsmann, í fyrra, nú þegar, þegar, í fyrra skiptið"
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

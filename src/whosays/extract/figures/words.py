"""Words around numbers: what bounds them, what they count, what came of it.

Own list, checked against the figures in coverage and the casualty slots of MUC-3/4 (November 2026).
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

AT_LEAST = re.compile(
    r"\b(?:at least|no fewer than|not fewer than|no less than|not less than|a minimum of|well over|well above|(?:slightly |far |many )?more than|(?:just )?over"
    r"|above|as (?:few|little|low|early) as|upwards of|north of|in excess of|(?<!not )(?<!n't )(?<!n’t )exceed(?:ing|s|ed)?|at the least)\s+(?:some |about |the )?$",
    _I,
)
AT_MOST = re.compile(
    r"\b(?:up to|as (?:many|much|high|far|long|deep|late|old|fast) as|(?:not|n['’]t) exceed|fewer than|less than|no more than|not more than|at most|(?:just )?under|below|a maximum of|at the most)\s+(?:some |about )?$",
    _I,
)
ABOUT = re.compile(
    r"(?:\b(?:some|about|around|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|ca\.?|or so|near|perhaps|maybe|something like"
    r"|an average of|the roughly|the estimated)\s+|~\s?)$",
    _I,
)
OR_SO = re.compile(r"\s+or so\b", _I)
OF_THESE = re.compile(r"\bOf (?:these|them|those),?\s$")
SHARES_BOUND = re.compile(r"\s(?:(?!(?:was|were|are|is|had|have|has|been|died)\s)[\w’'-]+\s){1,3}and\s")
"""What stands between two amounts that one bound holds for: "at least nine soldiers and three civilians"."""
AT_MOST_AFTER, AT_LEAST_AFTER = (
    re.compile(r" at (?:the )?most\b", _I),
    re.compile(r" at (?:the very |the )?least\b", _I),
)
OR_MORE = re.compile(r"\s+or (?:more|so more)\b|\+|-plus\b", _I)
TOLERANCE = re.compile(r"(?:\s+\w+)?,? give or take (?:an? )?(?P<spread>\d+|[a-z]+)", _I)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
NOT_A_COUNT_BEFORE = re.compile(
    rf"(?:\b{_MONTH}\s|\bNo\.?\s|\bnumber\s|\bNos\.?\s|#|\bage[ds]?\s(?:of\s)?(?:\d{{1,2}}(?:\s(?:or|and|to)\s|,\s|-))?|\b(?i:chapter|article|section|page|part|phase|stage|round|day|week|level|grade"
    rf"|class|world war|group|room|flight|route|highway|interstate|channel|version|figure|table|act|title|type|unit|line|gate|platform|resolution|atr|boeing|airbus|embraer|cessna|antonov|tupolev|sukhoi|ilyushin|fokker|apollo|soyuz)\s"
    rf"|\bpast\s|\+|[A-Za-z]-|:|/)$",
)
NOT_A_COUNT_AFTER = re.compile(
    rf"\s?(?:a\.?m\b|p\.?m\b|o['’]clock|hrs\b|GMT|UTC)|:\d|(?:st|nd|rd|th)\b|\s+(?:of\s+)?{_MONTH}\b|[-\s]years?[-\s]old\b"
    rf"|(?:\s+to\s+\d{{1,2}})\s+{_MONTH}|\s+local time|-(?:foot|story|storey|page|point|day|hour|year|month|week|mile|minute|metre|meter|run|game|way|time|man|member"
    r"|piece|child|part|bedroom|door|star|party|nation|judge|person|lane|seat|seater|letter|word|pronged|stage|step|tier"
    r"|digit|course|term|wheeler|thirds?|quarters?|fifths?|tenths?)\b"
    rf"|[°/]|\s+(?:past|to)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\.\d",
)

NAME_BEFORE = re.compile(r"[A-Z]\w+,\s$")
NO_THING_AFTER = re.compile(
    r"(?!\s+(?!and\b|or\b|from\b|of\b|who\b|was\b|is\b|has\b|had\b|said\b|says\b|told\b|at\b|in\b|on\b)[a-z])"
)
"""What stands behind a number that says no more of a name before it: an age, a year, a house."""
ONE_THING = re.compile(
    r"\s+(?!of\b(?! (?:the|them|whom|those|its|his|her|their|our|two|three|four|five|six|seven|eight|nine|ten|\d))"
    r"|another\b|day\b|or\b|who\b|that\b|could\b|can\b|is\b(?! (?:missing|dead|hurt))|was\b(?! (?:killed|wounded|injured|hurt|arrested|dead|missing))|has\b|side\b)[a-z]"
)
"""What stands behind "one" that counts: a thing, or "of three"."""
ONE_DOING = re.compile(r"\s+[a-z]+ing\b")
"""What stands behind "the one" that is somebody: "the one acting"."""
AGE_AFTER = re.compile(r",\s+(?:who|of|from|a|an|the)\s")
"""What stands behind an age between commas: "Ratcliffe, 34, from Stockport"."""
BARE_AFTER = re.compile(
    r"(?:\s+(?:are|were|was|is|had|have|has|on|in(?! (?:\d|three|four|five|ten|a )) |from|of (?:them|whom|these|those)|more|others?|not|remain(?:s|ed)?|or so|damaged|destroyed|early|late|overall|altogether|so far)\b"
    r"|\s+(?:the|a) (?:day|week|month|year) (?:before|earlier|ago)\b|[.,;”\"]|\s*$)",
    _I,
)
"""What stands behind a number that counts something named before."""
SUBJECT_AFTER = re.compile(r"\s+(?:are|were|had|have|of (?:them|these|those))\b")
NO_AMOUNT_BEFORE = re.compile(
    r"(?:(?<![.!?] )\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|[A-Z][a-z]+day)\b)[A-Z][\w’'-]*|\b(?:called?|calling|dial(?:led|ed)?|chance|out of|may|sample of)),?\s$"
)
"""What stands before a number that is a name, a call or a share: "Proposition 8", "called 911", "17th out of 130"."""
AMOUNT_BEFORE = re.compile(
    r"\b(?:figures?|toll|number|count|tally|says?|said|sp(?:eaks?|oken?) of|claims?|claimed|acknowledge[sd]?|insists? on|insisted on|admits?|admitted|conceded?|(?:are|is|was|were) still at|back to|no (?:further|higher|lower|more) than|had|has|gave|put(?:s|ting)? (?:it|them|that|the figure|the number|the total) at|it (?:was|is|could|may|might|would|will)|against|up from|down from|runs? to|ran to|(?:revised|raised|cut|lowered|corrected) (?:up |down )?to|numbered|totall?ed|totall?ing"
    r"|(?:stuck|sticks|holds|held) to|stands? by|show(?:s|ed)?|lists?|listed|counts?|counted|recorded|logged|reckons?|reckoned)"
    r"(?: at (?:that|the) time)?(?: (?:is|was|at|as|of|stands at|to))?\s[“\"]?$",
    _I,
)
"""What stands before a number that tells again what was told before."""
NUMBER_OF = re.compile(
    r"\b(?:(?:(?:number|tally|total|count) of|puts?|putting) (?:the )?"
    r"(?P<what>(?!(?:the|it|them|that|this|their|its|his|her|number|figure|total|count|toll)\b)(?:[\w’'-]+,? ){1,4}?)|(?:death )?toll )"
    r"(?:(?:of|in|from|among|at|which|that|given) (?:[\w’'-]+,? ){1,20}?)??"
    r"(?:(?:is|was|had|has|now|been|be|put|given|revised|risen|grown|climbed|stands|stood|rose|rises|reached|passed|at|as|to|it|by then|then|already"
    r"|somewhere) ){1,5}$",
    _I,
)
"""A number told at a distance from what it counts: "the number of dead as 21", "the death toll had risen to 17"."""

COUNTED_STOP = re.compile(
    r"were|was|are|is|be|been|being|have|has|had|having|do|does|did|will|would|can|could|may|might|must|should|shall|in|on|at|from|of|to|by|with|and|or|who|whom"
    r"|which|that|when|where|while|as|after|before|since|for|than|into|onto|off|over|under|out|up|down|about|against|around|during|through|until|but|if|because"
    r"|although|though|not|still|also|now|then|there|here|it|he|she|they|we|him|her|them|us|this|these|those|the|a|an|its|his|their|our|said|says|told|went|came"
    r"|died|die|left|took|take|fled|lay|lying|lost|found|stood|sat|got|made|waiting|stuck|near|along|inside|outside|aboard|across|between|within|without|per|each"
    r"|ago|later|earlier|today|yesterday|tomorrow|overnight|so|far|more|less|only|just|already|yet|according|including|remain|remained|gathered|reported|reached"
    r"|became|become|becomes|aside|apart|pour|pours|poured|operated|owed|early|late|overall|altogether|nationwide|worldwide|respectively",
    _I,
)

PEOPLE = re.compile(
    r"\b(?:people|persons?|men|women|children|boys|girls|tots|passengers?|soldiers?|troops|fighters?|civilians?|bod(?:y|ies)|dead|deaths?|fatalities|lives|victims?"
    r"|casualties|wounded|injured|injuries|missing|killed|survivors?|workers?|officers?|policem[ae]n|police|prisoners?|hostages?|militants?|insurgents?|rebels?"
    r"|refugees|residents|villagers|students|members|families|miners|diggers|sailors|crew|instructors|mercenaries|protesters|demonstrators|migrants|guests|patients"
    r"|employees|guards|militiamen|guerrillas|terrorists|peasants|journalists|teachers|voters|candidates|supporters|relatives|names|martyrs|suspects|enemies|marines"
    r"|combatants|adversaries|opponents|attackers|assailants|gunmen|foes|rioters|strikers|deputies|troopers|inmates|detainees|nuns|priests|infants|adults|tourists|divers|volunteers|doctors|nurses|others"
    r"|citizens|locals|inhabitants|minors|teenagers|youths?|pupils|newborns|toddlers|mothers|fathers|parents|widows|sons|daughters|brothers|sisters|couples"
    r"|staff|personnel|colleagues|servicem[ae]n|servicewom[ae]n|conscripts|reservists|recruits|commanders|generals|officials|lawmakers|lawyers|activists"
    r"|compatriots|contractors|labou?rers|farmers|fisherm[ae]n|firefighters|rescuers|responders|paramedics|medics|drivers|pilots|cyclists|pedestrians|motorists|commuters"
    r"|shoppers|customers|spectators|fans|worshippers|pilgrims|mourners|evacuees|returnees|asylum seekers|pensioners|tenants|homeowners|neighbou?rs"
    r"|delegates|engineers|technicians|scientists|experts|arrests|detentions|abductions|traders|vendors|gendarmes|agents|kia|wia|schoolchildren|schoolboys|schoolgirls|kids|babies|mutineers|peacekeepers|deserters|defectors|warders|convicts|bystanders|onlookers|passers-by|herders|truckers|crewmen|seam[ae]n|seafarers|cooks|monks|clerics|gunrunners|fugitives|traffickers|smugglers|captives|abductees|foreigners|nationals|immigrants)\b",
)
SOLDIERS = re.compile(
    r"\b(?:soldiers?|troops|servicem[ae]n|personnel|fighters?|men|marines|militants|rebels|paratroopers)\b"
)
DEMONYM = re.compile(r"\b[A-Z][a-z]{2,}(?:ans|ards|ese|[qlnrb]is)$")
"""Nationals, by the ending of their name: "Americans", "Iraqis", "Spaniards", "Lebanese"."""
OF_HARMED = re.compile(
    r"(?:\s+of)?\s+(?:the |those )?(?:[\w’'-]+ ){0,2}?(?:wounded|injured|burned|missing|captives|kidnapped|abducted|detained|arrested)\b",
    _I,
)
"""People who are called by what came of them first, of whom the clause may tell what came then: "two of the wounded died"."""
THEN = (
    ("killed", re.compile(r"\b(?:died|have died|had died|(?:was|were|been) found dead|succumbed)\b", _I)),
    (
        "released",
        re.compile(
            r"\b(?:(?:was|were|been|are) (?:\w+ )?(?:released|freed|set free|let go|reunited)|(?:have|had|has) (?:\w+ )?(?:escaped|returned|come back|come home))\b",
            _I,
        ),
    ),
)
"""What came of them then."""
OWN_VERB = re.compile(r"(?<!\bwho)(?<!\bwhich)(?<!\bthat)\s(?:have|has|had|were|was|are|is|took|take|came|come)\s", _I)
"""A clause that tells something else of the counted than what came of them."""
CLOCK_BEFORE = re.compile(
    r"\b(?:at|until|till|by|between|from|since|before|after|around)\s(?:about |around |nearly )?(?:\d+\s(?:and|to|until)\s)?$",
    _I,
)
CLOCK_AFTER = re.compile(
    r"\s+(?:(?:this|last|that|tomorrow|yesterday|in the|on \w+day)\s(?:morning|night|evening|afternoon)|tonight)\b", _I
)
"""What stands around a time of day that is told without minutes: "at about eight last night"."""
HARMED_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)|murder(?:ed|ing|s)?(?: of)?|massacred?(?: of)?|killings? of|assassinat(?:ed|ion of|ing)|wound(?:ed|ing)|injur(?:ed|ing)"
    r"|execut(?:ed|ing|ion of)|kidnapp(?:ed|ing)(?: of)?|the lives of|deaths? of)\s+(?:the |these |those |another |also )?$",
    _I,
)
BY_WHAT_CAME = re.compile(
    r"(?:(?:had |have |has )?been |were |was |are |being )?(?:killed|dead|wounded|injured|hurt|burned|missing|arrested|detained|captured|abducted|kidnapped|seized|rescued|evacuated|displaced"
    r"|hospitali[sz]ed|treated|freed|released|drowned|trapped)\b",
    _I,
)
"""People who are called by what came of them: "41 arrested", "more than 40 hurt"."""
HARMED_AFTER = re.compile(
    r"\s*(?:\([^)]{1,60}\)\s*)?(?:who |that )?(?:(?:were|was|are|is|have|has|had|been|being|also|reportedly|later|all)\s+){0,4}"
    r"(?:killed|wounded|injured|murdered|massacred|kidnapped|slain|dead|died|perished)\b",
    _I,
)
ANIMALS = re.compile(
    r"\b(?:cattle|cows?|sheep|goats?|pigs?|chickens?|birds?|horses?|animals?|dogs?|fish|whales?|elephants?|trees?)\b",
    _I,
)
VEHICLES = re.compile(
    r"\b(?:vehicles?|pick-?ups?|lorr(?:y|ies)|trucks?|cars?|tanks?|buses|jeeps?|helicopters?|aircraft|planes?|motorcycles?)\b"
)

MEASURES = (
    (re.compile(r"(?:percent|per cent|percentage|%)"), "%"),
    (re.compile(r"(?:million |billion )?(?:us |u\.s\. )?dollars?\b"), "USD"),
    (re.compile(r"(?:million |billion )?euros?\b"), "EUR"),
    (re.compile(r"(?:million |billion )?pounds?\b(?! of)"), "GBP"),
    (re.compile(r"(?:million |billion )?naira\b"), "NGN"),
    (re.compile(r"(?:million |billion )?zlot(?:ys?|ych|e)\b"), "PLN"),
    (re.compile(r"(?:million |billion |crore |lakh )?rupees\b"), "INR"),
    (re.compile(r"(?:million |billion )?rou?bles?\b"), "RUB"),
    (re.compile(r"(?:million |billion )?hryvnias?\b"), "UAH"),
    (re.compile(r"(?:million |billion )?yuan\b"), "CNY"),
    (re.compile(r"(?:million |billion )?yen\b"), "JPY"),
    (re.compile(r"(?:million |billion )?soles\b"), "PEN"),
    (re.compile(r"(?:square )?(?:kilometres?|kilometers?|km)\b"), "km"),
    (re.compile(r"(?:square )?(?:miles?|mi)\b"), "mi"),
    (re.compile(r"(?:metres?|meters?)\b"), "m"),
    (re.compile(r"(?:feet|foot|ft)\b"), "ft"),
    (re.compile(r"(?:tonnes?|tons?)\b"), "t"),
    (re.compile(r"(?:kilograms?|kilos?|kg)\b"), "kg"),
    (re.compile(r"degrees?\b"), "degrees"),
    (re.compile(r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|nights?|decades?)\b"), "duration"),
    (re.compile(r"times?\b"), "times"),
)
CURRENCIES = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₦": "NGN", "₽": "RUB", "₩": "KRW",
    "₺": "TRY", "₪": "ILS", "₴": "UAH", "RM": "MYR", "RS": "INR", "KSH": "KES", "TK": "BDT", "RMB": "CNY",
    "R": "ZAR", "N": "NGN", "GH¢": "GHS", "GH₵": "GHS", "₵": "GHS", "₱": "PHP", "฿": "THB", "₫": "VND", "₡": "CRC",
}  # fmt: skip
"""Signs before an amount, by the codes of ISO 4217; a bare dollar is taken for the United States'."""

VERB_BEFORE = re.compile(r"\b(?P<verb>[A-Za-z]+)\s+(?:(?:the|these|those|another|a further|an additional)\s+)?$")
"""The word right before an amount: where it names an outcome, the counted are its object ("injured 30")."""
DONE_TO = {"holding": "captured", "hold": "captured", "holds": "captured", "held": "captured"}
"""Verbs that tell what came of people who are their object, and of nobody else: "were holding 30"."""
LOST = re.compile(r"\b(?:(?:has|have|had) lost|lost|losing|losses (?:\w+ ){0,5}(?:to|at))\s$", _I)
"""What stands before a side's losses, killed and wounded."""
CHANGES = re.compile(
    r"\b(?:r[io]se\w*|rising|rais\w+|increas\w+|gr[eo]w\w*|f[ae]ll\w*|drop\w*|cut\w*|reduc\w+|jump\w*|climb\w*|slip\w*"
    r"|lower\w*|boost\w*|shr[aiu]nk\w*|went|go(?:es|ing)?|mov\w+|chang\w+|doubl\w+|tripl\w+|declin\w+|surg\w+|soar\w*)\b",
    _I,
)
"""What makes "from X to Y" two amounts, one after the other, and no range."""

ONE_OF = re.compile(
    r"[Oo]ne of (?:the|them|whom|those|its|his|her|their|our)\b(?! (?:two|three|four|five|six|seven|eight|nine|ten|\d))"
)
"""Somebody of several, who counts where the text tells what came of him."""
OF_THEM_AFTER = re.compile(r"\s(?:of (?:them|whom|these|those)|more of them)\b")
AMONG = re.compile(
    r"\b(?:including|among (?:them|whom|those)|of (?:them|whom)),?\s(?:(?:at least|some|about|up to)\s)?$", _I
)
"""What makes a number a part of the one before it: "31 dead, among them five employees"."""
OUTCOMES = (
    (
        "killed",
        re.compile(
            r"\b(?:killed|kills?|killings?|murders?|massacred?|assassinat\w*|the lives of|dead|died|dies|deaths?|deceased|expired|mown down|^lives$|fatal\w*|lost their li[fv]es|lives (?:were |have been |are )?lost|loss of|perish\w*|bod(?:y|ies)|corpses?|slain|murdered|executed|martyr\w*|buried"
            r"|mourn(?:ed|ing|s)?|(?<!job )losses|casualt(?:y|ies)|(?-i:KIA))\b",
            _I,
        ),
    ),
    (
        "wounded",
        re.compile(
            r"\b(?:wounded|casualt(?:y|ies)|(?-i:WIA)|wounds|wounding|injur(?:ed|ies|ing)|hurt|maimed|burn(?:ed|t|s)|hospitali[sz]ed"
            r"|given (?:medical|first) (?:assistance|aid|care)|on the wards|in (?:a )?(?:serious|critical|grave) condition|treated(?! (?:as|like|un|bad|well|fair))|(?:(?:was|were|been|being|are) admitted|in (?:the )?hospitals?|(?:taken|rushed|brought|admitted) to (?:\w+ ){0,3}hospitals?))\b",
            _I,
        ),
    ),
    (
        "ill",
        re.compile(
            r"\b(?:(?:fall|fallen|fell|falls|taken|take|become|became|made) (?:ill|sick)|(?:people|residents|children) ill|sickened|poisoned)\b",
            _I,
        ),
    ),
    ("missing", re.compile(r"\b(?:missing|unaccounted)\b", _I)),
    (
        "captured",
        re.compile(
            r"\b(?:captured?|prisoners?|taken (?:prisoner|captive|away by)|surrender\w*|given themselves up|seized|hostages?"
            r"|abduct\w*|kidnap\w*|snatched|(?:in|into) captivity|captives?|caught(?! (?:fire|up|in (?:the |a )?(?:crossfire|middle|traffic|storm|rain)|on (?:camera|film|tape|video|cctv|to)|off|between|by surprise|sight|(?:a |the )?(?:\w+ )?(?:plague|virus|disease|flu|cold|fever|infection|pneumonia|covid\S*|attention|eye|train|bus|ball|glimpse))\b)|held (?:captive|prisoner)|(?:still|being|been|are|were|was) held|(?:was|were|been) taken(?! (?:to|ill|sick|in|on|by surprise|from|up|out|off|over|down)\b)"
            r"|arrest\w*|detain\w*|in custody|jailed|rounded up)\b",
            _I,
        ),
    ),
    (
        "displaced",
        re.compile(
            r"\b(?:displaced?|fled|flee\w*|evacuat\w*|homeless|uprooted|relocated|moved (?:out|to|from|away)|be moved|forced (?:from|out)|left (?:their|his|her) (?:homes?|villages?|houses?)|(?:people|families|residents|households|inhabitants) (?:have |had )?left (?:(?-i:[A-Z])\w+|the (?:town|city|village|area|region|district|province)\b)|shelter(?:ed|ing)|stay(?:ing|ed) in (?:\d+ )?(?:\w+ )?(?:centres?|centers?|shelters?|camps?|schools?))\b",
            _I,
        ),
    ),
    (
        "rescued",
        re.compile(r"\b(?:rescued?|pulled (?:\w+ ){0,4}(?:from|out of)|saved|safe|unhurt|survivors?|survived)\b", _I),
    ),
    (
        "released",
        re.compile(
            r"\b(?:released|freed|set free|let go|discharged|reunited|slipped (?:away|out|into)|got away|come back|found their way (?:home|back)|returned (?:home|to (?:their|his|her))|escap(?:ed|ing|es?)|(?:regain|recover)(?:ed|ing)? (?:their |his |her )?freedom)\b",
            _I,
        ),
    ),
    ("trapped", re.compile(r"\btrapped\b", _I)),
    ("damaged", re.compile(r"\bdamaged\b", _I)),
    ("destroyed", re.compile(r"\b(?:destroyed|burn(?:ed|t)|gutted|wrecked|(?:shot|brought) down|downed)\b", _I)),
)

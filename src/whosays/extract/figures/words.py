"""Words around numbers: what bounds them, what they count, what came of it.

Own list, checked against the figures in coverage and the casualty slots of MUC-3/4 (November 2026).
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

AT_LEAST = re.compile(
    r"\b(?:at least|no fewer than|not fewer than|no less than|not less than|a minimum of|well over|well above|(?:slightly |far |many )?more than|(?:just )?over"
    r"|above|upwards of|in excess of|exceeding|at the least)\s+(?:some |about |the )?$",
    _I,
)
AT_MOST = re.compile(
    r"\b(?:up to|as many as|as much as|fewer than|less than|no more than|not more than|at most|(?:just )?under|below|a maximum of|at the most)\s+(?:some |about )?$",
    _I,
)
ABOUT = re.compile(
    r"(?:\b(?:some|about|around|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|ca\.?|or so|near|perhaps|maybe|something like"
    r"|an average of|the roughly|the estimated)\s+|~\s?)$",
    _I,
)
OR_MORE = re.compile(r"\s+or (?:more|so more)\b|\+|-plus\b", _I)
TOLERANCE = re.compile(r"(?:\s+\w+)?,? give or take (?:an? )?(?P<spread>\d+|[a-z]+)", _I)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
NOT_A_COUNT_BEFORE = re.compile(
    rf"(?:\b{_MONTH}\s|\bNo\.?\s|\bnumber\s|\bNos\.?\s|#|\bage[ds]?\s(?:of\s)?(?:\d{{1,2}}(?:\s(?:or|and|to)\s|,\s|-))?|\b(?i:chapter|article|section|page|part|phase|stage|round|day|week|level|grade"
    rf"|class|world war|group|room|flight|route|highway|interstate|channel|version|figure|table|act|title|type|unit|line|gate|platform|resolution)\s"
    rf"|[A-Z]\w+,\s|\bpast\s|\+|[A-Za-z]-|:|/)$",
)
NOT_A_COUNT_AFTER = re.compile(
    rf"\s?(?:a\.?m\b|p\.?m\b|o['’]clock|hrs\b|GMT|UTC)|:\d|(?:st|nd|rd|th)\b|\s+(?:of\s+)?{_MONTH}\b|[-\s]years?[-\s]old\b"
    rf"|(?:\s+to\s+\d{{1,2}})\s+{_MONTH}|\s+local time|-(?:foot|story|storey|page|point|day|hour|year|month|week|mile|minute|metre|meter|run|game|way|time|man|member"
    r"|piece|child|part|bedroom|door|star|party|nation|judge|person|lane|seat|seater|letter|word|pronged|stage|step|tier"
    r"|digit|course|term|wheeler|thirds?|quarters?|fifths?|tenths?)\b"
    rf"|[°/]|\s+(?:past|to)\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\.\d",
)

AGE_AFTER = re.compile(r",\s+(?:who|of|from|a|an|the)\s")
"""What stands behind an age between commas: "Ratcliffe, 34, from Stockport"."""
BARE_AFTER = re.compile(
    r"(?:\s+(?:are|were|was|is|had|have|has|on|in(?! (?:\d|three|four|five|ten|a )) |from|of (?:them|whom|these|those)|more|others?|not)\b|[.,;”\"]|\s*$)",
    _I,
)
"""What stands behind a number that counts something named before."""
SUBJECT_AFTER = re.compile(r"\s+(?:are|were|had|have|of (?:them|these|those))\b")
NO_AMOUNT_BEFORE = re.compile(
    r"(?:(?<![.!?] )\b[A-Z][\w’'-]*|\b(?:called?|calling|dial(?:led|ed)?|chance|out of|may|sample of)),?\s$"
)
"""What stands before a number that is a name, a call or a share: "Proposition 8", "called 911", "17th out of 130"."""
AMOUNT_BEFORE = re.compile(
    r"\b(?:figures?|toll|number|count|tally|says?|said|spoken? of|had|has|gave|puts? it at|it was|against)"
    r"(?: (?:is|was|at|as|of|stands at|to))?\s$",
    _I,
)
"""What stands before a number that tells again what was told before."""
NUMBER_OF = re.compile(
    r"\b(?:(?:number|tally|total|count) of (?:the )?(?P<what>(?:[\w-]+ ){1,4}?)|death toll |toll )"
    r"(?:(?:is|was|had|has|now|been|risen|grown|climbed|stands|stood|rose|reached|passed|at|as|to) ){1,4}$",
    _I,
)
"""A number told at a distance from what it counts: "the number of dead as 21", "the death toll had risen to 17"."""

COUNTED_STOP = re.compile(
    r"were|was|are|is|be|been|being|have|has|had|having|do|does|did|will|would|can|could|may|might|must|should|shall|in|on|at|from|of|to|by|with|and|or|who|whom"
    r"|which|that|when|where|while|as|after|before|since|for|than|into|onto|off|over|under|out|up|down|about|against|around|during|through|until|but|if|because"
    r"|although|though|not|still|also|now|then|there|here|it|he|she|they|we|him|her|them|us|this|these|those|the|a|an|its|his|their|our|said|says|told|went|came"
    r"|died|die|left|took|take|fled|lay|lying|lost|found|stood|sat|got|made|waiting|stuck|near|along|inside|outside|aboard|across|between|within|without|per|each"
    r"|ago|later|earlier|today|yesterday|tomorrow|overnight|so|far|more|less|only|just|already|yet|according|including|remain|remained|gathered|reported|reached",
    _I,
)

PEOPLE = re.compile(
    r"\b(?:people|persons?|men|women|children|boys|girls|tots|passengers?|soldiers?|troops|fighters?|civilians?|bod(?:y|ies)|dead|deaths?|fatalities|lives|victims?"
    r"|casualties|wounded|injured|injuries|missing|killed|survivors?|workers?|officers?|policem[ae]n|police|prisoners?|hostages?|militants?|insurgents?|rebels?"
    r"|refugees|residents|villagers|students|members|families|miners|diggers|sailors|crew|instructors|mercenaries|protesters|demonstrators|migrants|guests|patients"
    r"|employees|guards|militiamen|guerrillas|terrorists|peasants|journalists|teachers|voters|candidates|supporters|relatives|names|martyrs|suspects|enemies|marines"
    r"|combatants|adversaries|opponents|attackers|assailants|gunmen|foes|rioters|strikers|deputies|troopers|inmates|detainees|nuns|priests|infants|adults|tourists|divers|volunteers|doctors|nurses|others)\b",
)
DEMONYM = re.compile(r"\b[A-Z][a-z]{2,}(?:ans|ards|ese|[qlnrb]is)$")
"""Nationals, by the ending of their name: "Americans", "Iraqis", "Spaniards", "Lebanese"."""
HARMED_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)|murder(?:ed|ing|s)?(?: of)?|massacred?(?: of)?|killings? of|assassinat(?:ed|ion of|ing)|wound(?:ed|ing)|injur(?:ed|ing)"
    r"|execut(?:ed|ing|ion of)|kidnapp(?:ed|ing)(?: of)?|the lives of|deaths? of)\s+(?:the |these |those |another |also )?$",
    _I,
)
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
    "R": "ZAR",
}  # fmt: skip
"""Signs before an amount, by the codes of ISO 4217; a bare dollar is taken for the United States'."""

VERB_BEFORE = re.compile(r"\b(?P<verb>[A-Za-z]+)\s+(?:(?:the|these|those|another|a further|an additional)\s+)?$")
"""The word right before an amount: where it names an outcome, the counted are its object ("injured 30")."""
CHANGES = re.compile(
    r"\b(?:r[io]se\w*|rising|rais\w+|increas\w+|gr[eo]w\w*|f[ae]ll\w*|drop\w*|cut\w*|reduc\w+|jump\w*|climb\w*|slip\w*"
    r"|lower\w*|boost\w*|shr[aiu]nk\w*|went|go(?:es|ing)?|mov\w+|chang\w+|doubl\w+|tripl\w+|declin\w+|surg\w+|soar\w*)\b",
    _I,
)
"""What makes "from X to Y" two amounts, one after the other, and no range."""

OUTCOMES = (
    (
        "killed",
        re.compile(
            r"\b(?:killed|kills?|killings?|murders?|massacred?|assassinat\w*|the lives of|dead|died|dies|deaths?|fatal\w*|lost their li[fv]es|lives (?:were |have been |are )?lost|loss of|perish\w*|bod(?:y|ies)|corpses?|slain|murdered|executed|martyr\w*|buried"
            r"|mourn)\b",
            _I,
        ),
    ),
    ("wounded", re.compile(r"\b(?:wounded|wounds|wounding|injur(?:ed|ies|ing)|hurt|maimed)\b", _I)),
    ("missing", re.compile(r"\b(?:missing|unaccounted)\b", _I)),
    (
        "captured",
        re.compile(
            r"\b(?:captured?|prisoners?|taken prisoner|surrender\w*|given themselves up|seized|hostages?)\b", _I
        ),
    ),
    ("detained", re.compile(r"\b(?:arrest\w*|detain\w*|in custody|jailed)\b", _I)),
    ("displaced", re.compile(r"\b(?:displaced?|fled|flee\w*|evacuat\w*|homeless)\b", _I)),
    (
        "rescued",
        re.compile(r"\b(?:rescued?|pulled (?:\w+ ){0,4}(?:from|out of)|saved|safe|unhurt|survivors?|survived)\b", _I),
    ),
    ("trapped", re.compile(r"\btrapped\b", _I)),
    ("destroyed", re.compile(r"\b(?:destroyed|burn(?:ed|t)|gutted|wrecked|shot down)\b", _I)),
)

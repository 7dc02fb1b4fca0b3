"""The numbers that linking decides by; each with the run that set it (`python -m train evaluate links`, LOG.md)."""

from __future__ import annotations

STORY = {"names": 3.0, "days": 60.0, "least": 0.12}
"""How often more a name counts than another word of its rarity; days after which likeness has faded to a third; from
which mean likeness on articles are one story. A grid over giveme5w1h, ECB+'s sub-stories and six invented stories,
2026-11-26: level for 2 and 3 times, 30 and 60 days; .11 to .2 trade the one for the other (LOG.md)."""
COPY = {"shared": 0.5, "words": 60, "fewest": 12, "same": 0.9}
"""The share of the shorter text's word fours that the other has, and how many a text needs to be judged by that; with
fewer, but so many, the longer one must have such a share of the other's too. Between
copies (.57 and more) and others (.05 and less) lies nothing on the invented stories; 2026-11-26."""
RELATED = {
    "cosine": 3.56, "words": -1.41, "overlap": 3.24, "names": 0.01, "figure": 1.99, "outcome": 1.05,
    "one figure": -0.42, "polarity": 0.45, "event": 0.36, "places apart": -1.24, "source": 0.36, "time": 1.32,
    "outlet": -0.23, "beside": 0.87, "near": 0.31, "bias": -3.83,
}  # fmt: skip
PARTNERS, RELATED_LEAST = 5, 0.1
"""Log-odds that two propositions of a story are one claim or contradict each other, so that they are worth reading side
by side; beside how many others each is read, and from which probability on. `python -m train linking` on nineteen
invented stories, 2026-12-01; weights of half of them on the other half put 222 of 405 keyed contradictions among 6,300
pairs that are read; what two have in common alone had put 234 among 12,900 (LOG.md)."""
CLAIM = {
    "cosine": 2.78, "words": 0.28, "overlap": 1.71, "figure": 2.38, "outcome": 0.74, "names": -0.62, "polarity": -0.83,
    "one figure": -0.45, "places apart": -1.03, "event": -0.03, "source": 1.26, "time": 1.83,
    "read": 0.01, "same": 2.82, "contradicts": 1.10, "updates": -0.92, "bias": -3.54,
}  # fmt: skip
CLAIM_LEAST = 0.4
ALIGNED = 0.8
"""Log-odds that two propositions of a story are one claim; the mean probability from which on groups of them are
joined; how like two places of copies must be (words and cosine together). `python -m train linking` on seventeen
invented stories, 2026-11-30, each judged with what the others gave and with a cross-encoder that had not read it:
pairwise F1 .560, .79 of what is joined is right. From .3 it would be .581, with fewer origins equal (LOG.md)."""
DISPUTE = {
    "cosine": 0.02, "overlap": -0.27, "names": -0.16, "beside": 0.57, "near": 0.21, "event": 0.43, "outlet": -0.67,
    "places apart": -0.16, "figure": -1.23, "one figure": -0.24, "time": -0.79, "polarity": 0.12,
    "same": -0.22, "contradicts": 4.04, "updates": 1.80, "bias": -3.40,
}  # fmt: skip
DISPUTE_LEAST = 0.3
"""Log-odds that two propositions cannot both be so, and the probability from which on they are shown as disputed.
Fitted to pairs judged one by one (`corpus/judged`) in twelve stories that the cross-encoder of that run had not read,
2026-12-01; each left out in turn, .46 of what is shown was judged so (from .2 .38, from .4 .50), and .23 of all that
was (.29, .17)."""
OF_ONE = {"words": 0.2, "meaning": 0.5}
"""How much two propositions must share for their figures to be of one thing: words of the shorter, or meaning. Set by
hand on three stories, 2026-11-26."""

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
CLAIM = {
    "cosine": 1.93, "words": 1.79, "overlap": 2.31, "figure": 3.17, "outcome": 2.09, "names": 1.69, "polarity": -0.7,
    "one figure": -0.51, "places apart": -0.89, "event": 1.45, "source": 0.0, "time": 0.0, "bias": -6.07,
}  # fmt: skip
CLAIM_LEAST = 0.1
ALIGNED = 0.8
"""Log-odds that two propositions of a story are one claim; the mean probability from which on groups of them are
joined; how like two places of copies must be (words and cosine together)."""
DISPUTE = {
    "cosine": 0.96, "overlap": 1.09, "names": 0.0, "beside": 0.45,
    "near": 0.35, "event": 0.38, "outlet": -0.51, "places apart": -0.92, "figure": 0.44, "one figure": -0.1,
    "time": 0.0, "bias": -4.0,
}  # fmt: skip
DISPUTE_LEAST = 0.2
"""Log-odds that one denies what the other says; the probability from which on a denial is joined to what it most likely
denies."""
OF_ONE = {"words": 0.2, "meaning": 0.5}
"""How much two propositions must share for their figures to be of one thing: words of the shorter, or meaning."""

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
    "cosine": 3.21, "words": 1.81, "overlap": 3.34, "figure": 2.59, "outcome": 0.78, "names": -0.47, "polarity": -0.77,
    "one figure": -0.53, "places apart": -1.04, "event": -0.31, "source": 1.12, "time": 1.72, "bias": -3.32,
}  # fmt: skip
CLAIM_LEAST = 0.5
ALIGNED = 0.8
"""Log-odds that two propositions of a story are one claim; the mean probability from which on groups of them are
joined; how like two places of copies must be (words and cosine together). `python -m train linking` on fifteen
invented stories, 2026-11-26, each judged with what the others gave: pairwise F1 .498, .81 of what is joined is right.
From .3 it would be .527, but claims that hold too much have too many origins (LOG.md)."""
DISPUTE = {
    "cosine": 1.94, "overlap": 2.23, "names": 0.33, "beside": 0.99, "near": 0.55, "event": 0.48, "outlet": -0.54,
    "places apart": -1.41, "figure": 0.5, "one figure": -0.06, "time": 0.02, "bias": -3.57,
}  # fmt: skip
DISPUTE_LEAST = 0.15
"""Log-odds that one denies what the other says; the probability from which on a denial is joined to what it most likely
denies. The same run: a third of what is joined stands in the keys, which do not list all; see LOG.md."""
OF_ONE = {"words": 0.2, "meaning": 0.5}
"""How much two propositions must share for their figures to be of one thing: words of the shorter, or meaning. Set by
hand on three stories, 2026-11-26."""

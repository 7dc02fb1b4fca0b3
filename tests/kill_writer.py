"""Kill a writer of a ledger at random moments, and look at what it left: run by `test_ledger.py` as a process."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.build import make_sheet
from whosays.flow import verify_ledger
from whosays.ledger import open_view, open_writer
from whosays.model import KeptPage

ARTICLES, SENTENCES = 1000, 5


def write_some(address: str, first: int) -> None:
    """Add articles until killed or done."""
    writer = open_writer(address)
    for number in range(first, ARTICLES):
        sentences = [
            f"Ana said that {number} of the boats and {i} of the men were home in the town on that day."
            for i in range(SENTENCES)
        ]
        writer.add(make_sheet(*sentences, source=f"page-{number}.html"), at="2026-11-22T10:00:00+00:00")
    writer.close()


def check(address: str) -> int:
    """Return how many articles there are; raises on half an article, an orphan, or a page that is not there."""
    writer = open_writer(address)
    writer.add(
        make_sheet("Ana said that all the boats of the town came home on the same day.", source="probe.html"),
        at="2026-11-22T10:00:00+00:00",
    )
    writer.close()
    view = open_view(address)
    found = list(verify_ledger(view))
    assert all(isinstance(one, KeptPage) for one in found), found
    counts = view.count_all()
    assert counts["articles"] == counts["pages"], counts
    assert counts["statements"] == 1 + (counts["articles"] - 1) * SENTENCES, counts
    places = [one.place for one in found if isinstance(one, KeptPage)]
    for path in Path(address).with_suffix(".archive").iterdir():
        known = max((place.offset + place.length for place in places if place.file == path.name), default=0)
        assert path.stat().st_size == known, (path, path.stat().st_size, known)
    view.close()
    return counts["articles"] - 1


def main(address: str, times: int) -> None:
    """Kill so many writers, then let one finish."""
    chance = random.Random(7)
    done = check(address)  # loads all that a writer needs, so that the moments lie within the writing
    for _ in range(times):
        child = os.fork()
        if not child:
            write_some(address, first=max(0, done - 1))
            os._exit(0)
        time.sleep(chance.random() * 0.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        done = check(address)
    print(f"{times} kills, {done} articles")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

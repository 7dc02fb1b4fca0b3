"""Manners towards other people's servers: robots.txt, and a pause between two requests to one host."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from whosays.errors import AddressBlocked, InputRefused, NotFound
from whosays.fetch.web import fetch_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from protego import Protego

    from whosays.fetch.limits import FetchLimits

_AGENT = "whosays"
_LONGEST = 60.0
"""Seconds that a robots.txt may ask to wait between requests; more is not believed."""


class Manners:
    """Asks robots.txt once a host, and waits before each request so long as the host wants, at least `delay` seconds.

    `clock` gives seconds that only grow, `sleep` waits; both are handed in so that tests need not wait.
    """

    def __init__(
        self, *, limits: FetchLimits, delay: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._limits = limits
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._rules: dict[str, Protego | None] = {}
        self._last: dict[str, float] = {}

    def wait(self, url: str) -> None:
        """Wait until the host of an address may be asked again; raises `AddressBlocked` where robots.txt forbids it.

        A robots.txt that is not there allows everything; one that cannot be reached stops nothing either, since the
        page cannot then be reached itself.
        """
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._pause(host, self._delay)
            self._rules[host] = self._fetch_rules(f"{host}/robots.txt")
        rules = self._rules[host]
        if rules is not None and not rules.can_fetch(url, _AGENT):
            raise AddressBlocked(source=url, detail="the site's robots.txt asks not to read it")
        asked = rules.crawl_delay(_AGENT) if rules is not None else None
        self._pause(host, min(max(self._delay, asked or 0.0), _LONGEST))

    def _pause(self, host: str, delay: float) -> None:
        last = self._last.get(host)
        if last is not None and (left := last + delay - self._clock()) > 0:
            self._sleep(left)
        self._last[host] = self._clock()

    def _fetch_rules(self, url: str) -> Protego | None:
        from protego import Protego

        try:
            return Protego.parse(fetch_url(url, limits=self._limits).body[:500_000].decode("utf-8", "replace"))
        except (NotFound, InputRefused):
            return None

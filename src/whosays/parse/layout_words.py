"""What outlets call the parts of their pages: words found in class, id and role attributes.

Collected by reading the markup of the pages in corpora/pages (train and dev use, November 2026) and the habits of the
common publishing systems; matched as whole words of a name cut at `-`, `_`, blanks and humps ("relatedLinks" has
"related" and "links"). A part so named is left out of the text unless it holds most of the page's prose.
"""

from __future__ import annotations

import re

FURNITURE = re.compile(
    r"""\b(?:
    # menus and page frame
    nav|navbar|navigation|menu|breadcrumbs?|crumbs|masthead|footer|footnav|sidebar|rail|toolbar|skip|pagination|pager
    |topbar|bottombar
    # readers' voices and sharing
    |comments?|commentlist|disqus|respond|reply|replies|livefyre|share|sharing|sharebar|sharedaddy|social|socials|addthis
    |sharethis|follow|followus
    # other articles
    |related|recirc|recirculation|recommended|recommendations?|readmore|more|morefrom|outbrain|taboola|trending|popular
    |mostread|mostviewed|onward|teasers?|upnext|siblings|alsoread|readnext|seealso|linkbox|tease|most\ viewed
    # selling
    |ads?|adv|advert|adverts|advertisement|advertising|sponsor|sponsored|promo|promos|promotion|promotional
    |newsletters?|signup|subscribe|subscription|marketing|donate|donation|shop|shopping|buy|affiliate|inread
    |nl|cta|banner
    # notices
    |cookies?|consent|gdpr|privacy|modal|popup|overlay|tooltip|disclaimer|copyright|legal|imprint
    # about the article, not of it
    |tags|taglist|topics|keywords|categories|bio|biography|authorbox|aboutauthor|byline|bylines|timestamp|dateline|pubdate
    |toc|toolbox|widgets?|poll|quiz|printonly|excerpts?|infobox|metadata|postmeta|meta
    |caption|captions|credit|credits|figcaption|wp-caption-text|gallery|slideshow|lightbox|pictext|picby|photo
    |screenreader|visuallyhidden|visually\ hidden|sr\ only|noprint|offscreen
    )\b""",
    re.VERBOSE,
)

LAYOUT = re.compile(
    r"\b(?:sidebar|rail|widgets?|banner|photo|gallery|lightbox|meta|nav|topics|topbar|navbar|overlay)\b"
)
"""Of these, the words that outlets also use for the grid around the text ("sidebar-grid__content")."""

WRAPPER = re.compile(r"\b(?:article|content|main|layout|grid|story|post|wrapper|container)\b")

CAPTION = re.compile(r"\b(?:caption|captions|figcaption|credit|credits|pictext|picby|photographer|copyright)\b")

BODY = re.compile(
    r"""\b(?:
    article\ ?body|articlebody|entry\ content|post\ content|post\ body|story\ body|storybody|article\ text|articletext
    |article\ content|articlecontent|body\ content|body\ copy|story\ content|storycontent|storytext|story\ text
    |e\ content|td\ post\ content|article\ copy|content\ body|rich\ text|richtext|article\ main|maincontent
    |single\ content|news\ text|text\ block|page\ content|content\ article
    )\b""",
    re.VERBOSE,
)

STANDFIRST = re.compile(
    r"\b(?:standfirst|subtitle|subheadline|subhead|sub\ ?heading|dek|deck|lead|lede|intro|introduction|summary|excerpt"
    r"|teaser|description|strapline|abstract|kicker\ text|sub\ ?title|tagline)\b"
)

BYLINE = re.compile(r"\b(?:byline|bylines|author|authors|by|who|writer|reporter|contributor|contributors|submitted)\b")

SECTION = re.compile(r"\b(?:section|category|cat|kicker|rubric|channel|topic|labels?|eyebrow|overline|pillar)\b")

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-_\s:/]+")


def split_names(names: str) -> str:
    """Cut class and id attributes into lower-case words joined by blanks."""
    return _HUMP.sub(" ", names).lower()


def is_furniture_name(names: str) -> bool:
    """Tell whether the words of a class or id name furniture, and not just the grid that text and furniture share."""
    found = set(FURNITURE.findall(names))
    return bool(found) and not (WRAPPER.search(names) and all(LAYOUT.fullmatch(word) for word in found))

"""What outlets call the parts of their pages: words found in class, id and role attributes.

Collected by reading the markup of the pages in corpora/pages (train and dev use, November 2026) and the habits of the
common publishing systems; matched as whole words of a name cut at `-`, `_`, blanks and humps ("relatedLinks" has
"related" and "links"). A part named FURNITURE is left out of the text unless it holds most of the page's prose.
"""

from __future__ import annotations

import re


class Vocabulary:
    """Words, and phrases (joined by `_`), to look for in names that `split_names` has cut."""

    def __init__(self, words: str) -> None:
        entries = [entry.split("_") for entry in words.split()]
        self.words = frozenset(entry[0] for entry in entries if len(entry) == 1)
        self.phrases = tuple(f" {' '.join(entry)} " for entry in entries if len(entry) > 1)
        self.starts = self.words | {entry[0] for entry in entries}

    def find(self, names: str) -> set[str]:
        """Return the entries that occur in the names."""
        started = self.starts.intersection(names.split())
        if not started:
            return set()
        padded = f" {names} "
        return {*(started & self.words)} | {phrase.strip() for phrase in self.phrases if phrase in padded}

    def occurs_in(self, names: str) -> bool:
        """Tell whether any entry occurs in the names."""
        return bool(self.find(names))


_MENUS = """
nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs masthead footer footnav sidebar rail toolbar skip
pagination pager topbar bottombar
"""
_VOICES = """
comment comments commentlist disqus respond reply replies livefyre share sharing sharebar sharedaddy social socials
addthis sharethis follow followus
"""
_OTHER_ARTICLES = """
related recirc recirculation recommended recommendation recommendations readmore more morefrom outbrain taboola trending
popular mostread mostviewed onward teaser teasers upnext siblings alsoread readnext seealso linkbox tease most_viewed
"""
_SELLING = """
ad ads adv advert adverts advertisement advertising sponsor sponsored promo promos promotion promotional newsletter
newsletters signup subscribe subscription marketing donate donation shop shopping buy affiliate inread nl cta banner
"""
_NOTICES = """
cookie cookies consent gdpr privacy modal popup overlay tooltip disclaimer copyright legal imprint
"""
_ABOUT_THE_ARTICLE = """
tags taglist topics keywords categories bio biography authorbox aboutauthor byline bylines timestamp dateline pubdate
toc toolbox widget widgets poll quiz printonly excerpt excerpts infobox metadata postmeta meta
caption captions credit credits figcaption wp_caption_text gallery slideshow lightbox pictext picby photo
screenreader visuallyhidden visually_hidden sr_only noprint offscreen
"""
_SAID_TWICE = """
pullquote pull_quote
"""
FURNITURE = Vocabulary(_SAID_TWICE + _MENUS + _VOICES + _OTHER_ARTICLES + _SELLING + _NOTICES + _ABOUT_THE_ARTICLE)

LAYOUT = frozenset(
    "sidebar rail widget widgets banner photo gallery lightbox meta nav topics topbar navbar overlay".split()
)
"""Of these, the words that outlets also use for the grid around the text ("sidebar-grid__content")."""

WRAPPER = Vocabulary("article content main layout grid story post wrapper container")

CAPTION = Vocabulary("caption captions figcaption credit credits pictext picby photographer copyright")

UNSEEN = Vocabulary(
    "visually_hidden visuallyhidden sr_only screenreader_text screenreader_only screen_reader offscreen"
)
"""Names for what only a screen reader reads out."""

BODY = Vocabulary(
    """
    article_body articlebody entry_content post_content post_body story_body storybody article_text articletext
    article_content articlecontent body_content body_copy story_content storycontent storytext story_text e_content
    td_post_content article_copy content_body rich_text richtext article_main maincontent single_content news_text
    text_block page_content content_article
    """
)

STANDFIRST = Vocabulary(
    """
    standfirst subtitle subheadline subhead sub_head dek deck lead lede intro introduction summary excerpt teaser
    description strapline abstract kicker_text sub_title tagline
    """
)

SITE_NAME = Vocabulary("site_title site_name sitename site_logo logo brand masthead blog_title nameplate")
"""Names for the outlet's own name at the head of its pages."""

BYLINE = Vocabulary("byline bylines author authors by who writer reporter contributor contributors submitted")

SECTION = Vocabulary("section category cat kicker rubric channel topic label labels eyebrow overline pillar")

_WORD = re.compile(r"[A-Z]*[^\WA-Z_]+|[A-Z]+")


def split_names(names: str) -> str:
    """Cut class and id attributes into lower-case words joined by blanks."""
    return " ".join(_WORD.findall(names)).lower()


def is_furniture_name(names: str) -> bool:
    """Tell whether the words of a class or id name furniture, and not just the grid that text and furniture share."""
    found = FURNITURE.find(names)
    return bool(found) and not (found <= LAYOUT and WRAPPER.occurs_in(names))

"""Lines that every news page has and no article: what they look like, whatever the outlet.

Collected from the pages in corpora/pages and coverage (November 2026) and from the wording of the common publishing
systems. Patterns are matched against one line with its white space folded.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

FURNITURE_LINE = re.compile(
    r"""^(?:[\[>•*|\-–—+»\s]*)(?:
    (?:read|see|watch|listen|view|show|load|find\ out|learn|discover)\ (?:more|also|next|now|all|less)\b
    |(?:also|more)\ (?:on|from|in|by|about|read|like)\b.{0,60}$
    |(?:more|most|top|latest|other|recent|further|popular|breaking|trending|today'?s)\ (?:stor(?:y|ies)|news|articles?
        |posts?|headlines|titles|read|viewed|shared|popular|commented|coverage|rates|videos?)\b.{0,40}$
    |the\ latest(?:\ news)?$|latest$|trending\b.{0,80}$|recommended\b.{0,40}$|related\b.{0,80}$|also\ interesting$|read\ also\b.{0,80}$
    |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested)|don'?t\ miss\b.{0,60}$|keep\ reading$|up\ next$|editor'?s?'?\ picks?$
    |(?:previous|next)\ (?:article|post|story|text|page)\b
    |in\ the\ same\ section|in\ pictures$|what\ to\ read\ next
    |share\b(?:.{0,5}$|\ (?:this|on|via|with|by|article|story|to)\b.{0,40}$|:.{0,80}$)|(?:tweet|pin\ it|retweet|e-?mail|print|save|facebook|twitter
        |whatsapp|telegram|linkedin|xing|reddit|viber|copy\ (?:the\ )?link|send\ to\ a\ friend)(?:[\s|,/·•]+.{0,60})?$
    |(?:follow|like|join|find|connect\ with|contact)\ us\b.{0,80}$|(?:send|got)\ (?:us\ )?a\ (?:voice\ message|tip|story)\b.{0,80}$
    |(?:sign|log)\ ?(?:in|up|out)\b.{0,90}$|subscribe\b.{0,120}$|register\b.{0,40}$|already\ a\ (?:subscriber|member)
    |(?:get|try|start)\ (?:our|your|the|a)\ .{0,40}(?:newsletter|app|alerts?|trial|inbox)\b|start\ free\ trial|never\ miss\ a\b
    |(?:support|become)\ (?:a\ )?(?:member|independent|quality|our)\b.{0,80}$|donate\b.{0,40}$|download\ (?:our|the)\ app
    |(?:story|article)\ continues\b|(?:continue|scroll)\ (?:reading|down|below)|click\ (?:here|to)\b|tap\ here
    |advert(?:isement|ising)?s?\b.{0,60}$|sponsored\b.{0,80}$|promoted\b.{0,80}$|paid\ (?:content|post)|partner\ content|\[?ad\]?$
    |(?:we|this\ (?:web)?site|our\ (?:web)?site)\ (?:use[sd]?|value|sets?|asks?|care)\b.{0,40}(?:cookies|privacy|consent)
    |(?:accept|reject|manage)\ (?:all|cookies|my|your|preferences)\b|cookie(?:s|\ (?:policy|settings|notice))\b.{0,60}$|privacy\b.{0,40}$
    |(?:©|\(c\)|copyright\b).{0,140}$|all\ rights\ reserved|terms\ (?:of|and|&)\b.{0,60}$|imprint\b.{0,40}$
    |(?:leave|add|post)\ (?:a|your)\ (?:reply|comment)|\d*\ ?comments?(?:\ ?\(\d+\)|\ are\ closed)?\b.{0,12}$|join\ the\ (?:conversation|discussion)
    |thank\ you\ for\ (?:registering|signing|subscribing)|please\ refresh\ the\ page|stay\ up\ to\ date\ with|get\ real-?time\ updates|comments?\ are\ closed|commenting\ is|view\ comments|be\ the\ first\ to|have\ your\ say|what\ do\ you\ think
    |(?:skip|back|go|return)\ to\ (?:main|content|top|the\ top|home|article)\b.{0,40}$|(?:menu|home|search|close|toggle|navigation)\b.{0,12}$
    |(?:listen|watch)\ live\b.{0,40}$|on\ air\ now\b.{0,80}$|play\ (?:\d|audio|video)\b.{0,60}$|refresh$|loading\b.{0,10}$|text\ size\b
    |about\ (?:the|this)\ (?:author|writer|reporter)|was\ this\ (?:page|article)\ helpful|is\ this\ page\ useful|best\ viewed\b
    |(?:tags?|topics?|keywords?|filed\ under|categories|category)\s*:.{0,160}$|posted\ (?:in|on|under|by)\b.{0,160}$
    |related\ topics\b.{0,80}$|report\ (?:an\ error|a\ typo)|poll$|quiz$|gallery$|proudly\ powered\ by|powered\ by\b.{0,40}$
    |\(?reporting\ by\b|any\ reproduction|(?:e-)?paper\b.{0,40}$|frequencies\b.{0,80}$|(?:\[\+\]\ )?only\ for\ subscribers\b.{0,80}$
    |premium\b.{0,10}$|annex\ \(|weather\b.{0,20}$|font\ size\b.{0,20}$|listen\ \(.{0,20}$|\d{1,2}[.:]\d\d(?:\ ?[ap]m)?(?:\ (?:link|gmt|bst|et))?$|connect\ with\ us$|image\ (?:source|caption|credit)\b
    )""",
    re.VERBOSE | _I,
)

RELATED_HEADING = re.compile(
    r"""^(?:[\[>•*|\-–—+»\s]*)(?:
    (?:read|see|watch)\ (?:more|also|next)|related\b(?!\ topics)|also\ (?:on|in|interesting|read|from)\b|(?:more|other|latest|top|most|recent|further|recommended
    |trending|popular)\b.{0,40}\b(?:stor(?:y|ies)|news|articles?|posts?|headlines|titles|read|viewed|popular|on\ this(?:\ story|\ subject)?|from\ .{1,30}|coverage)\b
    |the\ latest(?:\ news)?|most\ (?:read|viewed|popular)|trending(?:\ now)?|recommended(?:\ for\ you)?|you\ (?:may|might)\ (?:also\ )?like
    |in\ the\ same\ section|editor'?s?'?\ picks?|features|(?:previous|next)\ (?:article|post|story|text)|don'?t\ miss|up\ next|keep\ reading|other\ titles
    |what\ to\ read\ next
    )\b""",
    re.VERBOSE | _I,
)

PHOTO_CREDIT = re.compile(
    r"^\(?\s*(?:photo(?:graph)?s?|pictures?|images?|fotos?|illustration|graphic|video|credits?|©)\b"
    r"(?:\s+(?:by|credits?|courtesy|source))?\s*[:/©,]|^\(?\s*(?:image|photo) (?:source|credit)\b|^\s*©\s*\S"
    r"|(?:/|via )(?:getty|afp|reuters|ap|epa|shutterstock)(?: images)?\)?$",
    _I,
)

SIGN_OFF = re.compile(
    r"^[(\[—–-]*\s*(?:additional\s+)?(?:reporting|writing|editing|edited|written|compiled)\s+by\b.{0,200}$"
    r"|^[—–-]\s*(?P<dash>[A-Z][\w .&/’'-]{1,40})$"
    r"|^\((?P<bracket>[A-Z][\w .&/’'-]{1,40})\)$"
    r"|^(?P<contributor>.{2,80}?)\s+(?:\((?P<short>[A-Z]{2,8})\)\s+)?contributed to this (?:report|story|article).{0,20}$",
)

BYLINE_LINE = re.compile(
    r"^(?:by|from|text|words|author|reporter|story by|written by|reported by)\s*:?\s+(?P<name>[A-Z].{1,70})$"
    r"|^(?P<staff>(?:[A-Z]\w+ ){0,3}(?:staff (?:writer|reporter)|(?:own |our |special |staff )?correspondent"
    r"(?: in [A-Z]\w+)?|news ?(?:desk|room)|editorial (?:office|board|team)|(?:web|online) desk|redaction|reporter)s?)$",
    _I,
)

SITE_FRAME = re.compile(r"(?:\s[|•·/>»]\s|\s{3,}|\t)")
"""Several words set apart on one line: a menu, an information line."""

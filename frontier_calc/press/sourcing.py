"""The source of a new row: one that is there already, or a row for it, proposed from what is known of its outlet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from frontier_calc.record.rows import Series, Source

SHORT = {
    "the wall street journal": "wsj", "wall street journal": "wsj", "the financial times": "ft",
    "financial times": "ft", "the new york times": "nyt", "new york times": "nyt",
}  # fmt: skip
REPORTS = ("press", "company", "filing", "investor")  # voices whose word is a report; others make estimates
TRACKING = re.compile(r"^(?:utm_|fbclid|gclid|ref$|src$)")


def same_page(url: str) -> str:
    """An address without what may differ between two links to one page.

    >>> same_page("https://www.cnbc.com/2026/a.html?utm_source=x#top") == same_page("http://cnbc.com/2026/a.html/")
    True
    """
    parts = urlsplit(url.strip())
    query = "&".join(part for part in parts.query.split("&") if part and not TRACKING.match(part.partition("=")[0]))
    return f"{host_of(url)}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def host_of(url: str) -> str:
    """The host that an address names, without its www."""
    return urlsplit(url.strip()).netloc.lower().removeprefix("www.")


def with_link(sources: Iterable[Source], url: str, published: str) -> list[Source]:
    """The sources whose link is that page, of several those of that day."""
    found = [source for source in sources if source.url and same_page(source.url) == same_page(url)]
    return [source for source in found if source.published == published] or found


def alike(sources: Iterable[Source], cells: Mapping[str, str]) -> Source | None:
    """The source without a link that has the same outlet, title and day: it is the same one."""
    for source in sources:
        if not source.url and all(
            getattr(source, name) == cells.get(name, "") for name in ("outlet", "title", "published")
        ):
            return source
    return None


def day_in(url: str) -> str:
    """The day that an address names, as those of newspapers do; empty where there is none.

    >>> day_in("https://www.cnbc.com/2026/08/19/open-ai.html"), day_in("https://example.org/pace")
    ('2026-08-19', '')
    """
    found = re.search(r"(?<!\d)(20\d\d)[/-]([01]\d)[/-]([0-3]\d)(?!\d)", url)
    return "-".join(found.groups()) if found else ""


# Who speaks where nobody is named.
UNNAMED = re.compile(r"\bfamiliar with|\bpeople familiar|\bsources? sa(?:y|id)|\breportedly\b", re.IGNORECASE)

# What an outlet that is known is like.


def _usual(values: Iterable[str], otherwise: str) -> str:
    most = Counter(value for value in values if value).most_common(1)
    return most[0][0] if most else otherwise


def outlet_of(sources: Iterable[Source], url: str) -> str:
    """Whose page opens at an address, as other sources of the same host say; empty where none does."""
    host = host_of(url)
    return _usual((source.outlet for source in sources if host and host_of(source.url) == host), "")


def voice_of(sources: Iterable[Source], outlet: str, reports: str, subject: str, url: str) -> str:
    """Whose word it is: as of other sources of the same speaker; the company's own where it speaks of itself."""
    speaker = _speaker(outlet, reports).lower()
    if subject and subject.lower() == speaker:
        return "company"
    if host_of(url).endswith("sec.gov"):
        return "filing"
    alike = (s.voice for s in sources if _speaker(s.outlet, s.reports).lower() == speaker)
    return _usual(alike, "press")


def access_of(sources: Iterable[Source], outlet: str, reports: str) -> str:
    """Whether it is open to all, as other sources of the same speaker."""
    speaker = _speaker(outlet, reports).lower()
    return _usual((s.access for s in sources if _speaker(s.outlet, s.reports).lower() == speaker), "open")


def _speaker(outlet: str, reports: str) -> str:
    """Who is reported, without the article and by whose way."""
    return (reports or outlet).partition(", by way of")[0].removeprefix("the ").strip()


def tag_of(voice: str, is_plan: bool, has_ended: bool) -> str:
    """How solid a number is that comes in a voice: of what is expected, a projection."""
    if is_plan and not has_ended:
        return "projected"
    return "reported" if voice in REPORTS else "estimated"


def who_says(words: str, subject: str, outlet: str) -> str:
    """The company, where a headline of somebody else's says that the number is its own word; otherwise nobody.

    >>> who_says("Revenue surpassed $80bn, the company says", "Anthropic", "The Wire")
    'Anthropic'
    >>> who_says("Anthropic surpassed $80bn, people familiar say", "Anthropic", "The Wire")
    ''
    """
    its_own = rf"\b(?:the company|{re.escape(subject)})(?:’s \w+|'s \w+)? (?:says?|said|announce[sd]?|reports|reported|tells|told)\b"
    is_said = bool(subject) and re.search(its_own, words, re.IGNORECASE) is not None
    return subject if is_said and outlet.lower() != subject.lower() else ""


def confidence_of(voice: str, reports: str, via: str, words: str = "") -> str:
    """How well a number is supported: what a page says of itself more than what it repeats, or has from the unnamed."""
    if UNNAMED.search(words):
        return "medium"
    if voice in ("filing", "company") and not reports:
        return "high"
    return "high" if voice == "press" and not (reports or via) else "medium"


# Its name.


def slug(text: str) -> str:
    """Words as a name has them: small letters and digits, joined by hyphens.

    >>> slug("The Émigré, 1.7bn!")
    'the-emigre-1-7bn'
    """
    ascii_only = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("’", "")).encode("ascii", "ignore")
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only.decode()))


def name_of(cells: Mapping[str, str], topic: str, taken: Iterable[str]) -> str:
    """The name of a new source, as those there are: who speaks, about what, and the day.

    >>> name_of({"outlet": "CNBC", "reports": "Bloomberg", "published": "2026-08-13"}, "openai 40bn", [])
    'bloomberg-openai-40bn-2026-08-13'
    """
    speaker = (cells.get("reports") or cells["outlet"]).partition(", by way of")[0]
    short = SHORT.get(speaker.lower(), slug(speaker))
    about = [part for part in slug(topic).split("-") if part not in short.split("-")]
    name = "-".join([short, *about, *filter(None, [cells.get("published", "")])])
    there = set(taken)
    number = 2
    unique = name
    while unique in there:
        unique = f"{name}-{number}"
        number += 1
    return unique


def topic_of(series: Series, words: str) -> str:
    """What a source is about: the subject of a series, and the number.

    >>> import frontier_calc
    >>> from frontier_calc.record.reading import current
    >>> topic_of(current().series("openai-revenue-run-rate"), "$40bn")
    'OpenAI 40bn'
    """
    number = re.sub(r"[^\w. ]", "", words.replace("%", " percent"))
    return f"{series.subject} {number}".strip()

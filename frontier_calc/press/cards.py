"""The card of each number on a built page: where it comes from.

The weave knows every figure of a page. Its facts go into the page once, as JSON; each number there carries its
address and links to the row that says the same in the ledger sheet, so that nothing is lost without scripts.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from frontier_calc.book import blocks, html, moved, text
from frontier_calc.book.blocks import Definitions, Number, Said, Styled
from frontier_calc.book.facts import Facts, Statement, facts_of
from frontier_calc.book.gist import named_by_key
from frontier_calc.book.speakers import seen_as
from frontier_calc.dates import day_words
from frontier_calc.figure import Figure
from frontier_calc.graph import Leaf
from frontier_calc.press.past import Past, Shelved
from frontier_calc.press.weave import Woven
from frontier_calc.record.store import Source
from frontier_calc.spoken import form_in, form_of, is_ratio
from frontier_calc.words import Worded

EVERY = "reference/every-figure"  # the list of all figures


class Shelf:
    """The woven pages by document name, and where among them each figure has its row and each source its entry."""

    def __init__(self, woven: Iterable[Woven]) -> None:
        self.pages = {page.page.docname: page for page in woven}
        self.anchors = {name: _anchors(page) for name, page in self.pages.items()}
        # The figures of each page by key, each under the first of its addresses.
        self.rows = {
            name: {figure.key: address for address, figure in reversed(page.addresses.items())}
            for name, page in self.pages.items()
        }
        self.first = self._first_rows()
        self._said: dict[str, dict[str, Any]] = {}

    def _first_rows(self) -> dict[str, tuple[str, str]]:
        """By key: the first page with a row for a figure, and the figure's address there."""
        found: dict[str, tuple[str, str]] = {}
        for name, rows in self.rows.items():
            for key, address in rows.items():
                if address.rpartition("/")[2] in self.anchors[name]:
                    found.setdefault(key, (name, address))
        return found

    def digest(self, docname: str, day: date) -> str:
        """A hash over all that a page shows and its cards say, wherever the facts of it stand."""
        woven = self.pages[docname]
        links = {key: (self.address(docname, f), self.link(docname, f)) for key, f in woven.shown.items()}
        said = (blocks.as_json(woven.blocks), self.said(docname), forecasts(docname, self, day), links)
        return hashlib.sha256(scripted(said).encode()).hexdigest()[:16]

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The glossary's definitions in plain text, by term."""
        lists = [part for page in self.pages.values() for part in page.blocks if isinstance(part, Definitions)]
        entries = [entry for each in lists if each.kind == "glossary" for entry in each.entries]
        return {text.of_spans(entry.term): text.of_blocks(entry.blocks) for entry in entries}

    def said(self, docname: str) -> dict[str, Any]:
        """What the cards of a page say: its figures by key, its terms by themselves with their definitions.

        Inputs, sources and texts that come again stand there once, and are named by number.
        """
        if docname not in self._said:
            self._said[docname] = self._say(self.pages[docname])
        return self._said[docname]

    def _say(self, woven: Woven) -> dict[str, Any]:
        parts = list(blocks.walk(woven.blocks))
        terms = dict.fromkeys(part.label for part in parts if isinstance(part, Styled) and part.kind == "term")
        defined = {term.lower(): [term, definition] for term, definition in self.definitions.items()}
        told = Told()
        past = Shelved(woven.reading)
        figures = {}
        for key, (form, fact) in _facts(woven, parts).items():
            figure = woven.shown[key]
            was = past.of(self._addresses(woven, figure), figure, form)
            figures[key] = told.figure(fact, moved.words_of(figure), was)
        for key, figure, fact in _unsaid_facts(woven, parts):
            places = {
                "address": self.address(woven.page.docname, figure),
                "home": self.link(woven.page.docname, figure),
            }
            figures[key] = {**told.figure(fact, moved.words_of(figure)), **_given(places)}
        return {
            "stamp": woven.reading.stamp,
            "now": "Now" if woven.reading.working else "This edition",
            "figures": figures,
            "terms": {term: defined[term] for term in terms if term in defined},
            **told.shared,
        }

    def _addresses(self, woven: Woven, figure: Figure) -> list[str]:
        """Every address of a figure, those of its page in front."""
        first = [name for name, each in woven.addresses.items() if each.key == figure.key]
        return list(dict.fromkeys([*first, *self._elsewhere.get(figure.key, ())]))

    @cached_property
    def _elsewhere(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for page in self.pages.values():
            for name, figure in page.addresses.items():
                found.setdefault(figure.key, []).append(name)
        return found

    def address(self, docname: str, figure: Figure) -> str:
        """The figure's permanent address, as seen from a page that shows it."""
        address = self.rows[docname].get(figure.key) or self.first.get(figure.key, ("", ""))[1]
        if address:
            return address
        leaf = figure.node
        if isinstance(leaf, Leaf) and leaf.period and leaf.source:
            return f"{leaf.name}/{leaf.period.text}"
        return f"{self.pages[docname].page.name}/figure-{figure.key}"

    def link(self, docname: str, figure: Figure) -> str:
        """Where a reader without scripts finds the facts: the figure's row, or its only source; empty where neither is."""
        rows = [(docname, self.rows[docname].get(figure.key, "")), self.first.get(figure.key, ("", ""))]
        places = [(page, address.rpartition("/")[2]) for page, address in rows]
        if isinstance(figure.node, Leaf) and figure.sources:
            places += [(page, f"source-{figure.sources[0].id}") for page in self.pages]
        for page, anchor in places:
            if anchor in self.anchors.get(page, ()):
                return f"{relative(page, docname)}#{anchor}"
        return ""

    def dressed(self, docname: str, number: Number, linked: bool = True) -> Markup:
        """A number as a page of the site has it: with its address, and ``linked`` to where its facts are.

        Raises KeyError for a figure that the weave of the page does not know.
        """
        figure = self.pages[docname].shown[number.key]
        link = self.link(docname, figure) if linked else ""
        return html.element(
            "a" if link else "span",
            number.text,
            class_="figure",
            href=link or None,
            data_figure=number.key,
            data_tag=number.tag,
            data_address=self.address(docname, figure),
            data_form=number.form or None,
            data_wording=number.wording or None,
        )


def _anchors(page: Woven) -> set[str]:
    """The names under which a link finds something on a page."""
    found = {getattr(part, "anchor", "") for part in blocks.walk(page.blocks)}
    return found - {""}


def relative(page: str, seen_from: str) -> str:
    """The address of a page as seen from another one; empty for the page itself."""
    if page == seen_from:
        return ""
    return "../" * seen_from.count("/") + f"{page}.html"


def record(docname: str, shelf: Shelf, anchors: Mapping[str, str]) -> dict[str, Any]:
    """What the cards of a page say, its terms by their anchors: ``anchors`` has that of each, in small letters.

    ``every`` leads from the page to the list of all figures, where the book has one.
    """
    said = shelf.said(docname)
    terms = {anchors[term]: told for term, told in said["terms"].items() if term in anchors}
    every = {"every": relative(EVERY, docname)} if EVERY in shelf.pages else {}
    return {**said, "terms": terms, **every}


def _facts(woven: Woven, parts: Iterable[Any]) -> dict[str, tuple[str, Facts]]:
    """The form in which a page's text says each figure that it shows, by key, and the facts of it in that form."""
    texts: dict[str, list[str]] = {}
    for part in parts:
        if isinstance(part, Number):
            texts.setdefault(part.key, []).append(part.text)
    told: dict[str, Facts] = {}
    for _, figure, fact in woven.told:
        told.setdefault(figure.key, fact)
    named = named_by_key(woven.figures)
    found: dict[str, tuple[str, Facts]] = {}
    for key, said in texts.items():
        figure = woven.shown[key]
        form = shown_form(figure, said)
        if form or key not in told:
            found[key] = (form, facts_of(named.get(key, figure), named, form=form, on=woven.reading))
        else:
            found[key] = ("", told[key])
    return found


def _unsaid_facts(woven: Woven, parts: Iterable[Any]) -> Iterator[tuple[str, Figure, Facts]]:
    """Of each figure that the page does not say so far its key and its facts."""
    named = named_by_key(woven.figures)
    for key, worded in unsaid(woven, parts).items():
        figure = named.get(key, worded.figure)
        yield key, figure, facts_of(figure, named, form=shown_form(figure, [str(worded)]), on=woven.reading)


def unsaid(woven: Woven, parts: Iterable[Any]) -> dict[str, Worded]:
    """The figures that a page does not say, while a sentence into which one of its claims may turn would; by key."""
    seen = list(parts)
    shown = {part.key for part in seen if isinstance(part, Number)}
    claims = {claim.id: claim for claim in woven.claims.values()}
    places = [claims[part.claim].places.values() for part in seen if isinstance(part, Said) and part.claim in claims]
    worded = [place for each in places for place in each if isinstance(place, Worded) and place.figure.is_known]
    return {each.figure.key: each for each in worded if each.figure.key not in shown}


def shown_form(figure: Figure, texts: Iterable[str]) -> str:
    """The form in which a page says a ratio first, where it is not the usual one; otherwise an empty text."""
    if not is_ratio(figure.unit):
        return ""
    forms = filter(None, map(form_in, texts))
    first = next(forms, "")
    is_part_as_multiple = first == "times" and abs(figure.value) < 1
    return "" if is_part_as_multiple or first == form_of(figure) else first


class Told:
    """What the cards of a page share, each once: the inputs, their sources, and words that come again."""

    def __init__(self) -> None:
        self._inputs: dict[Statement, int] = {}
        self._beneath: set[Statement] = set()  # what is an input of something, and has to be told apart from others
        self._sources: dict[Source, int] = {}
        self._texts: dict[str, int] = {}
        self._editions: dict[str, int] = {}

    @property
    def shared(self) -> dict[str, Any]:
        """The inputs, the sources and the texts, in the order of their numbers."""
        inputs = [self._input(each) for each in self._inputs]
        sources = [[str(source), source.headline, source.link, seen_as(source)] for source in self._sources]
        return {"inputs": inputs, "sources": sources, "texts": list(self._texts), "editions": list(self._editions)}

    def figure(self, fact: Facts, moves: str = "", was: Past | None = None) -> dict[str, Any]:
        """The facts of a figure, its inputs by number, what moves it and what it was; what is empty is left out."""
        if fact.numbers:
            self._beneath.update(fact.statements)
        values = {
            "result": fact.result,
            "unit": fact.unit,
            "gist": fact.gist,
            "kind": self._text(fact.kind),
            "formula": fact.formula,
            "numbers": fact.numbers,
            "range": fact.range,
            "leans": fact.leans,
            "inputs": [self._inputs.setdefault(each, len(self._inputs)) for each in fact.statements],
            "moves": moves,
            "was": None if was is None else self._past(was),
        }
        return _given(values)

    def _past(self, was: Past) -> dict[str, Any]:
        """What a figure was, its editions by number; where it never changed, a sentence that many cards say."""
        if was.is_steady:
            return {"same": self._text(was.sentence)} if len(was.titles) > 1 else {}
        return _given(
            {
                "in": [self._editions.setdefault(title, len(self._editions)) for title in was.titles],
                "said": was.said,
                "of": was.periods,
                "line": was.line,
                "note": self._text(was.note),
            }
        )

    def _input(self, statement: Statement) -> dict[str, Any]:
        is_beneath = statement in self._beneath
        values = {
            "name": statement.name if is_beneath else "",
            "said": statement.said if is_beneath else "",
            "by": None if statement.source is None else self._source(statement.source),
            "standing": self._text(statement.standing),
            "age": self._text(statement.age),
            "held": statement.held,
            "note": statement.note,
            "others": [
                [answer.said, self._source(answer.source)] if answer.source else [answer.said]
                for answer in statement.others
            ],
        }
        return _given(values)

    def _source(self, source: Source) -> int:
        return self._sources.setdefault(source, len(self._sources))

    def _text(self, text: str) -> int | None:
        """The number of a text that many cards say."""
        return self._texts.setdefault(text, len(self._texts)) if text else None


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are there; a number of something is, though it be the first."""
    return {name: value for name, value in values.items() if value not in ("", None, [], (), {})}


def forecasts(docname: str, shelf: Shelf, day: date) -> list[dict[str, str]]:
    """The projections under the page's figures whose period had not ended on ``day``: its end, what it is, where."""
    woven = shelf.pages[docname]
    found: dict[str, dict[str, str]] = {}
    for figure in sorted(woven.shown.values(), key=lambda figure: len(figure.leaves)):
        for leaf in figure.leaves:
            if leaf.tag == "projected" and leaf.period is not None and leaf.period.end >= day:
                title = re.sub(", (quarter|year)$", "", leaf.title)
                what = f"{title} ({leaf.period.words})"
                entry = {"end": leaf.period.end.isoformat(), "what": what, "to": shelf.link(docname, figure)}
                found.setdefault(leaf.key, entry)
    return sorted(found.values(), key=lambda entry: entry["end"])


def edition_age(docname: str, shelf: Shelf, day: date) -> dict[str, str]:
    """What the mark of a page's age says on the reader's day: the day of reading, and the forecasts it has to watch."""
    return {
        "as_of": day.isoformat(),
        "read": day_words(day),
        "forecasts": scripted(forecasts(docname, shelf, day)),
    }


def scripted(data: Any) -> str:
    """Data as JSON that may stand inside a script element: no markup in it can end the element.

    >>> scripted("</script><!--")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--"'
    """
    import json

    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain

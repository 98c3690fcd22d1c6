// Shows where a number comes from, and what a term means: by pointer, tap and keyboard, in one card.
(() => {
  "use strict";
  const data = document.getElementById("figures");
  if (!data || !("popover" in HTMLElement.prototype)) return; // the links lead to the ledger sheet

  const TERM = "a:has(> .std-term)";
  const LIVE = `.bd-article .figure[data-figure], .bd-article ${TERM}`;
  const OPEN_AFTER = 180; // milliseconds: a pointer that only passes opens nothing
  const CLOSE_AFTER = 260; // time enough to reach the card
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const phone = matchMedia("(max-width: 40rem)");
  let told; // the facts, read when the first card opens
  let owner = null; // what the open card is about
  let waiting = 0;

  const anchor = (link) => decodeURIComponent(link.hash.slice(1));

  function make(tag, name, ...inside) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside.filter((part) => part));
    return element;
  }

  const link = (text, address) => {
    const element = make("a", "", text);
    element.href = address;
    if (/^https?:/.test(address)) element.rel = "noopener";
    return element;
  };

  const card = make("div", "provenance");
  card.id = "provenance";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "provenance-value provenance-name");

  // What it says.

  function head(value, unit, name, mark) {
    const close = make("button", "provenance-close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => card.hidePopover());
    const large = make("p", "provenance-value", make("strong", "", value), unit ? ` ${unit}` : "");
    const below = make("p", "provenance-name", make("span", "", name), mark);
    large.id = "provenance-value";
    below.firstChild.id = "provenance-name";
    return make("div", "provenance-head", close, large, below);
  }

  function source(index, said) {
    const [text, title, address, reading] = told.sources[index];
    const where = address ? link(text, address) : make("span", "", text);
    where.title = title;
    return make("span", "provenance-source", said ? `${said}, ` : "", where, make("small", "", ` ${reading}`));
  }

  function rows(entries) {
    const list = make("dl", "provenance-facts");
    for (const [name, ...values] of entries) {
      const known = values.filter((value) => value);
      if (known.length) list.append(make("dt", "", name), make("dd", "", ...known));
    }
    return list;
  }

  function ofFigure(number) {
    const fact = told.figures[number.dataset.figure];
    if (!fact) return null;
    const seen = number.textContent;
    // A date in the text, or a number without its qualifier: the card says the whole of it.
    const whole = fact.result.includes(seen) || seen === fact.about || seen === fact.known;
    const tag = number.dataset.tag;
    const formula = make("p", "provenance-formula");
    if (fact.numbers) {
      for (const line of new Set([fact.formula, fact.numbers, fact.result])) formula.append(make("span", "", `= ${line}`));
    }
    const isRow = !fact.numbers && fact.formula !== fact.name;
    const texts = (list) => (list || []).map((text) => make("span", "", text));
    const others = (fact.others || []).map(([said, index]) => (index === undefined ? make("span", "", said) : source(index, said)));
    const sources = (fact.sources || []).map((index) => source(index));
    const doubts = rows([["Others say", ...others], ["Held", ...texts(fact.held)], ["Note", ...texts(fact.notes)]]);
    const kinds = [others.length && "other answers", fact.held && "why one is held", fact.notes && "notes"].filter((kind) => kind);
    const foot = make("p", "provenance-foot");
    const home = number.getAttribute("href") || "";
    if (home && !home.includes("#source-")) foot.append(link("Its row in the ledger sheet", home));
    foot.append(make("code", "", number.dataset.address));
    return [
      head(whole ? fact.result : seen, whole ? fact.unit : "", fact.name, make("span", `tag tag-${tag}`, tag)),
      make("p", "provenance-kind", fact.kind),
      formula.firstChild && formula,
      rows([
        ["About", fact.about],
        ["Known on", fact.known],
        [sources.length > 1 ? "Sources" : "Source", ...sources],
        ["Series", isRow && make("code", "", fact.formula)],
        ["Range", fact.range],
        ["Leans on", fact.leans],
      ]),
      doubts.firstChild && fact.numbers ? make("details", "", make("summary", "", `Said of its inputs: ${kinds.join(", ")}`), doubts) : doubts,
      foot,
    ];
  }

  function ofTerm(term) {
    const found = told.terms[anchor(term)];
    if (!found) return null;
    return [head(found[0], "", ""), make("p", "provenance-kind", found[1]), make("p", "provenance-foot", link("In the glossary", term.href))];
  }

  // Where it stands.

  function place() {
    card.style.left = card.style.top = card.style.maxHeight = "";
    const { clientWidth, clientHeight } = document.documentElement;
    if (phone.matches) {
      const hidden = owner.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
      if (hidden > 0) scrollBy({ top: hidden, behavior: still.matches ? "instant" : "smooth" });
      return;
    }
    const lines = owner.getClientRects();
    const first = lines[0];
    const last = lines[lines.length - 1];
    const under = clientHeight - last.bottom - 16;
    const over = first.top - 16;
    const below = under >= Math.min(card.offsetHeight, 360) || under >= over;
    if (card.offsetHeight > (below ? under : over)) card.style.maxHeight = `${Math.max(below ? under : over, 160)}px`;
    const across = Math.max(8, Math.min(last.left - 12, clientWidth - card.offsetWidth - 8));
    card.style.left = `${across + scrollX}px`;
    card.style.top = `${(below ? last.bottom + 8 : first.top - 8 - card.offsetHeight) + scrollY}px`;
  }

  // Opening and closing. A pinned card is an auto popover: a tap elsewhere closes it, and the focus goes back.

  function open(number, pinned) {
    clearTimeout(waiting);
    told = told || JSON.parse(data.textContent);
    const content = number.dataset.figure ? ofFigure(number) : ofTerm(number);
    if (!content) return false;
    if (card.matches(":popover-open")) card.hidePopover();
    if (pinned) number.focus({ preventScroll: true });
    card.popover = pinned ? "auto" : "manual";
    card.replaceChildren(...content.filter((part) => part));
    number.after(card); // the next stop of the Tab key
    card.showPopover();
    owner = number;
    place();
    if (pinned) card.focus({ preventScroll: true });
    return true;
  }

  const isPinned = () => owner && card.popover === "auto";
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && !card.matches(":popover-open")) owner = null;
  });

  const live = (event) => (event.target instanceof Element ? event.target.closest(LIVE) : null);
  const plainly = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  let toggling = null;

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || isPinned()) return;
    const number = live(event);
    clearTimeout(waiting);
    if (number && number !== owner) waiting = setTimeout(open, OPEN_AFTER, number, false);
    else if (!number && owner && !card.contains(event.target)) waiting = setTimeout(() => card.hidePopover(), CLOSE_AFTER);
  });
  document.addEventListener("pointerdown", (event) => {
    const number = live(event);
    toggling = number && isPinned() && number === owner ? number : null;
    if (owner && !isPinned() && !number && !card.contains(event.target)) card.hidePopover();
  }, true);
  document.addEventListener("click", (event) => {
    const number = live(event);
    if (!number || !plainly(event) || event.button) return;
    if (toggling === number || open(number, true)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) card.hidePopover(); // Sphinx keeps this key from the browser
    if ((event.key === "Enter" || event.key === " ") && plainly(event) && event.target.matches?.(LIVE) && open(event.target, true)) {
      event.preventDefault();
    }
  });
  card.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (isPinned() && to && to !== owner && !card.contains(to)) card.hidePopover();
  });
  card.addEventListener("click", (event) => {
    if (event.target.closest("a[href*='#']") && plainly(event)) card.hidePopover();
  });
  // More to read may need another place; the card itself has one when it opens, and needs none when it closes.
  card.addEventListener("toggle", (event) => owner && event.target !== card && place(), true);
  addEventListener("resize", () => owner && place());

  for (const number of document.querySelectorAll(LIVE)) {
    if (!number.hasAttribute("href")) {
      number.tabIndex = 0;
      number.setAttribute("role", "button");
    }
    number.setAttribute("aria-haspopup", "dialog");
  }
})();

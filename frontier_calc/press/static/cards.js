// Shows where a number comes from, and what a term means: by pointer, tap and keyboard, in one card.
(() => {
  "use strict";
  const data = document.getElementById("figures");
  if (!data || !("popover" in HTMLElement.prototype)) return; // the links lead to the ledger sheet

  const TERM = "a:has(> .std-term)";
  const LIVE = `.bd-article .figure[data-figure], .bd-article ${TERM}`;
  const OPEN_AFTER = 180; // milliseconds: a pointer that only passes opens nothing
  const CLOSE_AFTER = 260; // time enough to reach the card
  const LEAST = 320; // pixels: the narrowest card
  const ENOUGH = 260; // pixels: so much of a card is shown wherever it stands; the rest is scrolled to
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const phone = matchMedia("(max-width: 40rem)");
  let told; // the facts, read when the first card opens
  let owner = null; // what the open card is about
  let waiting = 0;
  let said = ""; // its number in words

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
  card.setAttribute("aria-labelledby", "provenance-value");
  card.setAttribute("aria-describedby", "provenance-gist");

  // What it says: the number and the sentence that it begins, who says so and who does not, then the formula.

  const FEW = 3; // so many inputs are told at once
  const say = (text) => (typeof text === "number" ? told.texts[text] : text || ""); // what many cards say has a number
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const asSentence = (text) => `${capital(text)}.`;
  const line = (name, ...parts) => (parts.some((part) => part) ? make("p", name, ...parts) : null);

  function head(value, unit, ...below) {
    const close = make("button", "provenance-close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => card.hidePopover());
    const large = make("p", "provenance-value", make("strong", "", value), unit && ` ${unit}`);
    large.id = "provenance-value";
    return make("div", "provenance-head", close, large, ...below);
  }

  function gist(text) {
    const sentence = make("p", "provenance-gist", text);
    sentence.id = "provenance-gist";
    return sentence;
  }

  function source(index) {
    const [text, title, address] = told.sources[index];
    const where = address ? link(text, address) : make("span", "", text);
    where.title = title;
    return where;
  }

  const seenAs = (index) => told.sources[index][3] && make("small", "", ` ${told.sources[index][3]}`);

  function other([said, index]) {
    return index === undefined ? line("", `${asSentence(said)}`) : line("", source(index), ` puts it at ${said}.`);
  }

  /** One input: its number and name where it is one of several, whose word it is, how old, and who says otherwise. */
  function input(index, isBeneath) {
    const one = told.inputs[index];
    const note = one.note && line("provenance-note", `Note: ${one.note}`);
    return make(
      "li", "",
      isBeneath && line("provenance-input", make("strong", "", one.said), ` ${one.name}`),
      one.by !== undefined && line("provenance-by", source(one.by), seenAs(one.by)),
      line("", [say(one.standing), say(one.age)].filter(Boolean).join(" ")),
      ...(one.others || []).map(other),
      one.held && line("", `This edition keeps to it: ${one.held}`),
      note && (isBeneath ? make("details", "", make("summary", "", "Note"), line("provenance-note", one.note)) : note),
    );
  }

  const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

  /** About which inputs of a figure somebody says otherwise. */
  function disagreement(disputed) {
    if (!disputed.length) return "";
    const names = disputed.slice(0, FEW).map((index) => told.inputs[index].name);
    if (disputed.length > FEW) names.splice(FEW - 1, 1, `${disputed.length - FEW + 1} more of these`);
    return `Sources disagree about ${listed(names)}.`;
  }

  function inputs(fact) {
    const isDisputed = (index) => Boolean(told.inputs[index].others);
    const order = [...(fact.inputs || [])];
    if (order.length > FEW + 1) order.sort((a, b) => isDisputed(b) - isDisputed(a)); // none of them is folded away
    const all = order.map((index) => input(index, Boolean(fact.numbers)));
    if (!all.length) return null;
    const first = all.length > FEW + 1 ? FEW : all.length;
    const section = make("section", "provenance-says", make("h2", "", fact.numbers ? "What it rests on" : "Who says so"));
    if (fact.numbers) section.append(line("provenance-disagree", disagreement(order.filter(isDisputed))) ?? "");
    section.append(make("ul", "", ...all.slice(0, first)));
    if (first < all.length) {
      const more = make("summary", "", `${all.length - first} more inputs`);
      section.append(make("details", "", more, make("ul", "", ...all.slice(first))));
    }
    return section;
  }

  const moves = (fact) => fact.moves && make("section", "provenance-says provenance-moves", make("h2", "", "What moves it most"), line("", fact.moves));

  // What it was in earlier editions: the numbers in words, and above them a line where they are of one measure.

  const COLUMN = 90; // of the drawing, which stands as wide as the words
  const LINE = 24;

  function drawn(name, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function curve(heights) {
    const points = heights.map((height, at) => [(at + 0.5) * COLUMN, 5 + LINE * (1 - height / 100)]);
    const svg = drawn("svg", { viewBox: `0 0 ${heights.length * COLUMN} ${LINE + 10}`, "aria-hidden": "true" });
    svg.append(drawn("polyline", { points: points.map((point) => point.join(",")).join(" ") }));
    for (const [x, y] of points) svg.append(drawn("circle", { cx: x, cy: y, r: 3 }));
    return svg;
  }

  function was(fact) {
    const { same, in: editions, said = [], of = [], line: heights, note } = fact.was || {};
    if (same !== undefined) return line("provenance-same", say(same));
    if (!editions) return null;
    const titles = [...editions.map((index) => told.editions[index]), told.now];
    const columns = said.map((words, at) => make(
      "li", "", make("span", "provenance-edition", titles[at], make("span", "what-if-unseen", ": ")), make("strong", "", words), of[at] && make("small", "", ` ${of[at]}`),
    ));
    return make(
      "section", "provenance-says provenance-was",
      make("h2", "", "In earlier editions"), heights && curve(heights), make("ol", "", ...columns), line("provenance-seen", say(note)),
    );
  }

  function formula(fact) {
    if (!fact.numbers) return null;
    const result = fact.unit ? `${fact.result} ${fact.unit}` : fact.result;
    const lines = [fact.formula, fact.numbers, result].map((text, at) => make("span", "", at ? `= ${text}` : text));
    return make(
      "details", "provenance-formula",
      make("summary", "", "The formula"),
      make("p", "provenance-lines", ...lines),
      line("", fact.range && `It may lie anywhere from ${fact.range}.`),
      line("", fact.leans && `It leans on ${fact.leans}.`),
    );
  }

  /** Where the facts of a number stand; one that came with another sentence has that from its card. */
  const homeOf = (number) => number.getAttribute("href") ?? told.figures[number.dataset.figure].home ?? "";
  const addressOf = (number) => number.dataset.address ?? told.figures[number.dataset.figure].address;

  function foot(number) {
    const home = homeOf(number);
    const hasRow = home && !home.includes("#source-");
    const address = addressOf(number).replace("/", "-");
    return make(
      "p", "provenance-foot",
      home && link(hasRow ? "In the ledger sheet" : "In the list of sources", home),
      hasRow && told.every !== undefined && link("Among all figures", `${told.every}#${address}`),
      citing(number),
    );
  }

  // Citing: the record's number, whatever a reader has made of it, with the edition and an address that opens the card.

  const ASKED = "card"; // in an address: whose card is to be opened

  function citing(number) {
    const button = make("button", "provenance-cite", "Cite this figure");
    button.type = "button";
    button.addEventListener("click", async () => {
      const shown = card.querySelector(".provenance-citation") ?? make("p", "provenance-citation");
      shown.textContent = citation(number);
      button.closest("p").after(shown);
      button.textContent = (await copied(shown)) ? "Copied" : "Marked, to be copied";
      shown.scrollIntoView({ block: "nearest" });
    });
    return make("span", "provenance-carry", button);
  }

  /** Copy a text that is shown; where no clipboard can be had it is marked, so that the usual keys copy it. */
  async function copied(shown) {
    try {
      await navigator.clipboard.writeText(shown.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(shown);
      return document.execCommand("copy"); // in a page that was opened as a file some browsers have only this
    }
  }

  function citation(number) {
    const fact = told.figures[number.dataset.figure];
    const home = homeOf(number);
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    const page = new URL(location.protocol === "https:" || !canonical ? location.href : canonical);
    page.search = "";
    page.searchParams.set(ASKED, addressOf(number));
    page.hash = home.startsWith("#") ? home : ""; // where a reader without scripts finds it
    const address = page.href.replaceAll("%2F", "/");
    const tag = number.dataset.recordTag ?? number.dataset.tag;
    return `${capital(fact.gist)}: ${said} (${tag}). ${document.title}. ${told.stamp} ${address}`;
  }

  /** A number that is worded otherwise in the text: "about nine-tenths" where the card has "about 92 per cent". */
  function worded(number, fact) {
    const seen = (number.dataset.record ?? number.textContent).trim(); // not what a reader has made of it
    return fact.result.includes(seen) || seen.includes(fact.result) ? null : line("provenance-seen", `In the text: “${seen}”`);
  }

  function ofFigure(number) {
    const fact = told.figures[number.dataset.figure];
    if (!fact) return null;
    const tag = number.dataset.recordTag ?? number.dataset.tag;
    const whole = fact.unit ? `${fact.result} ${fact.unit}` : fact.result;
    // Of a date that was asked, the number that it dates is told below it.
    const top = number.dataset.form === "when"
      ? head(capital(number.textContent.trim()), "", line("provenance-seen", `The date of: ${whole}`))
      : head(capital(fact.result), fact.unit, worded(number, fact));
    said = whole;
    return [
      top,
      gist(asSentence(fact.gist)),
      line("provenance-kind", make("span", `tag tag-${tag}`, tag), say(fact.kind) && ` · ${say(fact.kind)}`),
      moves(fact),
      was(fact),
      inputs(fact),
      formula(fact),
      foot(number),
    ];
  }

  function ofTerm(term) {
    const found = told.terms[anchor(term)];
    if (!found) return null;
    return [head(found[0], ""), gist(found[1]), make("p", "provenance-foot", link("In the glossary", term.href))];
  }

  // Where it stands.

  /** Where the margin begins for a card: at the right of its sentence, or at its note; null where there is too little room. */
  function margin(note, clientWidth) {
    const around = note || owner.closest(".admonition, table, figure, p, li, dd");
    if (!around) return null;
    const box = around.getBoundingClientRect();
    const left = note ? box.left - 12 : box.right + 16;
    return clientWidth - left - 8 >= LEAST ? left : null;
  }

  function place() {
    for (const name of ["left", "top", "bottom", "maxHeight", "width"]) card.style[name] = "";
    const { clientWidth, clientHeight } = document.documentElement;
    if (phone.matches) {
      const hidden = owner.getBoundingClientRect().bottom + 16 - card.getBoundingClientRect().top;
      if (hidden > 0) scrollBy({ top: hidden, behavior: still.matches ? "instant" : "smooth" });
      return;
    }
    // Held from the title of a chart, it stands under the whole title and at its beginning: the newest points stay in sight.
    const lines = ((isPinned() && owner.closest(".chart-title")) || owner).getClientRects();
    const first = lines[0];
    if (!first) return; // its sentence has turned into one without it
    const roof = Math.max(0, ...[...document.querySelectorAll(".bd-header-article, .what-if-bar")].map((each) => each.getBoundingClientRect().bottom)) + 8;
    const note = owner.closest(".side-note");
    const left = note || isPinned() ? margin(note, clientWidth) : null;
    if (left !== null) card.style.width = `${Math.min(card.offsetWidth, clientWidth - left - 8)}px`;
    /** No higher than its place, whatever comes into it later: it scrolls within itself, and stays in the window. */
    const limit = (room) => (card.style.maxHeight = `min(34rem, ${Math.max(room, 160)}px)`);
    // Pinned, it stands beside its sentence and leaves it to be read; one about a note stands below or above the note's line.
    if (left !== null && !note) {
      limit(clientHeight - roof - 8);
      const top = Math.max(roof, Math.min(first.top - 20, clientHeight - card.offsetHeight - 8));
      card.style.left = `${left + scrollX}px`;
      card.style.top = `${top + scrollY}px`;
      limit(clientHeight - top - 8);
      return;
    }
    const { top, across, height } = freest(lines, left, roof);
    limit(height);
    card.style.left = `${across + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  /** Where a card stands below or above its number: where it covers least of those to which one would go on, and else below it
   * where it is whole there. */
  function freest(lines, left, roof) {
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const { clientWidth, clientHeight } = document.documentElement;
    const { offsetHeight: whole, offsetWidth: width } = card;
    const [under, over] = [clientHeight - last.bottom - 16, first.top - 8 - roof];
    const below = { top: last.bottom + 8, height: under };
    const above = { top: first.top - 8 - Math.min(whole, over), height: Math.min(whole, over) };
    const sides = under >= whole || under >= over ? [below, above] : [above, below];
    const usual = Math.max(8, Math.min(last.left - 12, clientWidth - width - 8));
    const isNear = (across) => across >= 8 && across + width <= clientWidth - 8 && across < last.right && across + width > first.left;
    const boxes = boxesAround();
    const besideThose = boxes.filter(({ weight }) => weight >= AFTER).flatMap(({ box }) => [box.right + 8, box.left - 8 - width]);
    const acrosses = left === null ? [usual, ...besideThose.filter(isNear)] : [left];
    const cost = ({ top, height }, across) => boxes.reduce((sum, { box, weight }) => {
      const isUnder = box.left < across + width && box.right > across && box.top < top + Math.min(whole, height) && box.bottom > top;
      return sum + (isUnder ? weight : 0);
    }, 0);
    return sides.filter(({ height }, at) => !at || height >= Math.min(whole, ENOUGH))
      .flatMap((side) => acrosses.map((across) => ({ ...side, across, cost: cost(side, across) })))
      .sort((one, other) => one.cost - other.cost)[0];
  }

  const [NEXT, AFTER] = [100, 20];

  /** The lines of the numbers and terms around the one that a card is about, and how much each is wanted: most of all the next,
   * then those after it, those before it, and those of other paragraphs. */
  function boxesAround() {
    const near = those(around(owner));
    const at = near.indexOf(owner);
    const weightOf = (one) => {
      const step = near.includes(one) ? near.indexOf(one) - at : 0;
      return step === 1 ? NEXT : step > 1 ? AFTER : step < 0 ? 10 : 1;
    };
    const others = [...owner.closest("section, .bd-article").querySelectorAll(LIVE)].filter((one) => one !== owner && !card.contains(one));
    return others.flatMap((one) => [...one.getClientRects()].map((box) => ({ box, weight: weightOf(one) })));
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
    (number.closest(".claim") || number).after(card); // the next stop of the Tab key; a claim may change its sentence
    card.dispatchEvent(new CustomEvent("told", { bubbles: true, detail: { number, said } })); // for what has a place in it
    card.showPopover();
    owner = number;
    number.setAttribute("aria-expanded", "true");
    place();
    if (pinned) card.focus({ preventScroll: true });
    return true;
  }

  const isPinned = () => owner && card.popover === "auto";
  card.addEventListener("beforetoggle", (event) => {
    if (event.target === card && event.newState === "closed") owner?.removeAttribute("aria-expanded");
  });
  card.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && !card.matches(":popover-open")) owner = null;
  });

  const live = (event) => (event.target instanceof Element ? event.target.closest(LIVE) : null);
  const plainly = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  let toggling = null;

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || isPinned() || event.buttons) return; // a number that is dragged needs no card
    const number = live(event);
    clearTimeout(waiting);
    if (number && number !== owner) waiting = setTimeout(open, OPEN_AFTER, number, false);
    else if (!number && owner && !card.contains(event.target) && !card.contains(document.activeElement)) waiting = setTimeout(() => card.hidePopover(), CLOSE_AFTER);
  });
  document.addEventListener("pointerdown", (event) => {
    const number = live(event);
    clearTimeout(waiting); // a number that is taken in hand says nothing of itself
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

  // One stop of the Tab key for a paragraph, a note or a table; the arrows go from number to number in it. The points of
  // a chart are walked by the chart.

  const TOGETHER = "table, .side-note, p, li, dd, figcaption, article";
  const around = (number) => number.closest(TOGETHER);
  const those = (place) => [...place.querySelectorAll(LIVE)].filter((one) => around(one) === place && !one.closest(".chart-points"));

  function enlist(numbers) {
    const places = new Set();
    for (const number of numbers) {
      if (!number.hasAttribute("href")) number.setAttribute("role", "button");
      number.setAttribute("aria-haspopup", "dialog");
      if (number.closest(".chart-points") || places.has(around(number))) continue;
      places.add(around(number));
      those(around(number)).forEach((one, at) => (one.tabIndex = at ? -1 : 0));
    }
  }
  enlist(document.querySelectorAll(LIVE));
  // A claim that says another sentence has other numbers.
  document.addEventListener("turned", ({ target }) => {
    enlist(target.querySelectorAll(LIVE));
    const place = around(target);
    if (place) those(place).forEach((one, at) => (one.tabIndex = at ? -1 : 0));
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(LIVE) || target.closest(".chart-points")) return;
    those(around(target)).forEach((one) => (one.tabIndex = one === target ? 0 : -1));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(LIVE) || event.target.closest(".chart-points") || !plainly(event)) return;
    const numbers = those(around(event.target));
    const at = numbers.indexOf(event.target);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: numbers.length - 1 };
    const next = numbers[steps[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  /** Open the card that the address of the page asks for, at the number in the text where there is one. */
  function openAsked() {
    const asked = new URLSearchParams(location.search).get(ASKED);
    if (!asked) return;
    const those = [...document.querySelectorAll(`.bd-article .figure[data-address="${CSS.escape(asked)}"]`)].filter((one) => !one.closest(".chart-points"));
    const isTold = (one) => one.dataset.form !== "when" && one.checkVisibility();
    const number = those.find((one) => one.closest("section > p") && isTold(one)) ?? those.find(isTold) ?? those[0];
    if (!number) return;
    for (let fold = number.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    number.scrollIntoView({ block: "center", behavior: "instant" });
    open(number, true);
  }
  if (document.readyState === "complete") openAsked();
  else addEventListener("load", () => setTimeout(openAsked)); // after the browser has gone where the address leads

  for (const asking of document.querySelectorAll("a.ask-number")) {
    const asked = document.querySelector(`.bd-article p .figure[data-figure="${CSS.escape(asking.dataset.asks)}"]:not([data-form="when"])`);
    asking.addEventListener("click", (event) => {
      if (!plainly(event) || !asked) return;
      asked.scrollIntoView({ block: phone.matches ? "center" : "nearest", behavior: "instant" }); // clear of the bar that a change brings
      if (open(asked, true)) event.preventDefault();
    });
  }
})();

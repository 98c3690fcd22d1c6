// Lets a reader change a number, and has the page follow: its numbers in their words, its claims, its tables and headings.
//
// What a page needs for that (evaluate.js, the table of words, its own graph, and hands.js for whoever takes a number in
// hand) is fetched when the browser is idle, at the first interest in a number, or at once where the address holds
// changed numbers; following.js, which has drawings follow, at the first interest or the first change. After each repaint
// document gets the event "repainted": its detail has the reading, the record and the keys of the figures that lean on a
// changed number.
(() => {
  "use strict";
  const script = document.currentScript;
  const article = document.querySelector(".bd-article");
  if (!article || !("popover" in HTMLElement.prototype)) return;

  const FILES = ["evaluate.js", "live/words.js", `live/${script.dataset.page}`, "hands.js"];
  const FOLLOWS = ".drawing[data-follows]";
  const MARK = "#what-if=";
  const LONGEST = 6000; // signs in an address: longer ones are nobody's link
  const NO_WORDS = "[With your numbers this sentence is no longer true, and the book has no words for what would be.]";

  const make = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside.filter((part) => part));
    return element;
  };

  // What is shown: numbers, and claims with a sentence for each of their outcomes.

  let graph, table, keys, names, record, reading;
  const given = {}; // the numbers that the reader has put in the place of inputs, by node
  const inputs = new Map(); // by address: the node of what can be changed
  const numbers = []; // on the page, each with what it says in the record
  const claims = [];
  const leaning = new Map(); // by input: the numbers and claims that rest on it
  let painted = new Set(); // what shows something else than the record

  const shownFigures = () => [...article.querySelectorAll(".figure[data-figure], .follows[data-figure]")]
    .filter((element) => !element.closest(".provenance, .chart-points"));

  /** A number on the page: its node, and what it says in the record. */
  function numberOf(element) {
    const node = keys[element.dataset.figure];
    if (node === undefined) return null;
    const { tag, form = "", wording: named = "plain" } = element.dataset;
    return { element, node, named, text: element.textContent, tag, form };
  }

  /** The wording of a number: the one that it names, or where it says something else in the record, one that says that.
   * Found when it is first wanted, as is what a claim says: a page that is only read has nothing worked out. */
  function wordingOf({ node, named, text }) {
    const says = (wording) => record.words(node, wording) === text;
    if (says(named)) return named;
    return Object.keys(table.wordings).find((wording) => table.wordings[wording].kind !== "date" && says(wording)) ?? named;
  }

  const isDate = ({ named }) => table.wordings[named].kind === "date";

  /** What rests on an input is found once; claims rest on what they compare and on what they may name. */
  function enlist(thing, nodes) {
    const leaves = new Set(nodes.flatMap((node) => record.leaves(node)));
    thing.leaves = [...leaves].filter((leaf) => graph.nodes[leaf].tag);
    for (const leaf of thing.leaves) {
      if (!leaning.has(leaf)) leaning.set(leaf, new Set());
      leaning.get(leaf).add(thing);
    }
  }

  function claimOf(element) {
    const id = element.dataset.claim;
    if (!Object.hasOwn(graph.claims, id)) return null;
    const now = { nodes: [...element.childNodes], numbers: [] };
    return { element, id, text: element.textContent, sentences: new Map(), now };
  }

  /** What a claim says in the record, before it says anything else; a title has its sentence without the full stop. */
  function readFirst(claim) {
    const { text } = record.claim(claim.id);
    claim.first = outcome(record, claim.id);
    claim.isTitle = text !== null && text.endsWith(".") && !claim.text.endsWith(".");
    claim.sentences.set(claim.first, claim.now);
  }

  /** What tells one sentence of a claim from another: the verdict and the template. */
  const outcome = (of, id) => JSON.stringify(of.outcome(graph.claims[id]));

  /** A sentence that the page has not said yet, its numbers alive. */
  function sentenceOf(claim) {
    const said = reading.claim(claim.id);
    if (said.text === null) return { nodes: [make("em", "", NO_WORDS)], numbers: [] };
    const made = { nodes: [], numbers: [] };
    said.parts.forEach(({ text, figure, style }, place) => {
      if (figure === undefined) {
        const isLast = claim.isTitle && place === said.parts.length - 1;
        made.nodes.push(document.createTextNode(isLast ? text.replace(/\.$/, "") : text));
        return;
      }
      const element = newNumber(figure, style);
      made.nodes.push(element);
      const number = numberOf(element);
      if (number) made.numbers.push(number);
    });
    return made;
  }

  /** A number in a sentence that was not there before: like another one of its figure, where the page has one. */
  function newNumber(node, style) {
    const key = names[node];
    const like = article.querySelector(`.figure[data-figure="${key}"][data-address]`);
    const element = like ? like.cloneNode(false) : make("span", "figure"); // of which its card knows where its facts are
    for (const name of ["id", "tabindex", "aria-expanded", "aria-describedby", "data-form", "data-record", "data-record-tag"]) element.removeAttribute(name);
    element.classList.remove("is-own");
    element.dataset.figure = key;
    element.dataset.wording = style;
    if (table.wordings[style].kind === "date") element.dataset.form = "when";
    element.dataset.tag = record.tag(node) || "exact";
    element.textContent = record.words(node, style);
    element.classList.toggle("can-change", isInput(node) && element.dataset.form !== "when");
    return element;
  }

  // Painting.

  const restsOnOwn = (thing) => thing.leaves.some((leaf) => Object.hasOwn(given, leaf));

  /** Other words in the same piece of text: a new piece would have the browser ask anew what has which children. */
  function setText(element, text) {
    const piece = element.firstChild;
    if (element.childNodes.length !== 1 || piece.nodeType !== Node.TEXT_NODE) element.textContent = text;
    else if (piece.data !== text) piece.data = text;
  }

  function paintNumber(number) {
    if (isDate(number)) return;
    number.wording ??= wordingOf(number);
    const { element, node, wording } = number;
    const isOwn = record.leaves(node).some((leaf) => Object.hasOwn(given, leaf));
    const text = isOwn ? reading.words(node, wording) : number.text;
    const tag = isOwn ? reading.tag(node) || "exact" : number.tag;
    let { form } = number;
    if (isOwn && wording === "bare") form = reading.qualifier(node) === "exactly" ? "" : reading.qualifier(node);
    setText(element, text);
    if (element.dataset.tag !== tag) element.dataset.tag = tag;
    if ((element.dataset.form ?? "") !== form) {
      if (form) element.dataset.form = form;
      else delete element.dataset.form;
    }
    if (element.classList.contains("is-own") === isOwn || element.classList.contains("follows")) return;
    element.classList.toggle("is-own", isOwn);
    // What a row says beside the number, its formula with the numbers and its tag, is that of the record.
    const row = element.closest("tr");
    row?.classList.toggle("has-own", Boolean(row.querySelector(".is-own")));
    if (isOwn) {
      element.setAttribute("aria-describedby", isInput(node) ? yours.id : own.id);
      Object.assign(element.dataset, { record: number.text, recordTag: number.tag }); // a card tells the record
    } else {
      element.removeAttribute("aria-describedby");
      delete element.dataset.record;
      delete element.dataset.recordTag;
    }
  }

  function paintClaim(claim) {
    const name = restsOnOwn(claim) ? outcome(reading, claim.id) : claim.first;
    if (!claim.sentences.has(name)) claim.sentences.set(name, sentenceOf(claim));
    const sentence = claim.sentences.get(name);
    if (claim.now !== sentence) {
      claim.element.replaceChildren(...sentence.nodes);
      claim.now = sentence;
      claim.element.dataset.verdict = restsOnOwn(claim) ? JSON.parse(name)[0] : JSON.parse(claim.first)[0];
      const hasTurned = name !== claim.first;
      claim.element.classList.toggle("is-turned", hasTurned);
      if (hasTurned && claim.element.textContent) {
        claim.element.prepend(make("span", "what-if-unseen", "[changed by your numbers] "));
      }
      claim.element.dispatchEvent(new CustomEvent("turned", { bubbles: true }));
    }
    claim.now.numbers.forEach(paintNumber);
  }

  /** Show what is true with the reader's numbers; only what rests on one that has just changed is worked out. */
  function paint(changed = Object.keys(given)) {
    reading = Object.keys(given).length ? FrontierGraph.read(graph, table, { ...given }, base()) : record;
    const wanted = new Set([...changed].flatMap((leaf) => [...(leaning.get(leaf) ?? [])]));
    changed.forEach(prepare);
    for (const thing of wanted) {
      if (thing.sentences) paintClaim(thing);
      else paintNumber(thing);
      if (restsOnOwn(thing)) painted.add(thing);
      else painted.delete(thing);
    }
    tellCharts();
    const figures = new Set([...painted].filter((thing) => !thing.sentences).map(({ element }) => element.dataset.figure));
    document.dispatchEvent(new CustomEvent("repainted", { detail: { reading, record, changed: [...figures], given: { ...given } } }));
  }

  /** What rests on an input is read in the record before it moves: its first frame is then no longer than the next ones. */
  function prepare(leaf) {
    for (const thing of leaning.get(leaf) ?? []) {
      if (!thing.sentences) thing.wording ??= wordingOf(thing);
      else if (thing.first === undefined) readFirst(thing);
    }
  }

  // While one number moves, the others stand still: what does not rest on it is taken from the reading before.
  let moving = { leaf: null, reading: null };
  function base() {
    const others = Object.keys(given).filter((leaf) => leaf !== moving.leaf);
    if (!others.length) return record;
    moving.reading ??= FrontierGraph.read(graph, table, Object.fromEntries(others.map((leaf) => [leaf, given[leaf]])), record);
    return moving.reading;
  }

  /** A drawing that cannot follow says so. */
  function tellCharts() {
    for (const chart of article.querySelectorAll("figure.chart")) {
      const follows = !isWithoutFollowing && chart.querySelector(FOLLOWS);
      if (follows) continue; // following.js tells of it
      const isOwn = Boolean(chart.querySelector(".figure.is-own"));
      const stage = chart.querySelector(".chart-stage");
      const told = chart.querySelector(".what-if-drawing");
      if (isOwn && !told) stage.after(make("p", "what-if-drawing not-text", "The drawing shows the record; its words and its table follow your numbers."));
      if (!isOwn) told?.remove();
    }
  }

  // Changing a number.

  let waiting = 0;
  const touched = new Set();

  /** Put a number in the place of an input, or with null the record again; the page follows with the next frame. */
  function put(leaf, value) {
    const isRecord = value === null || Math.abs(value - record.value(leaf)) <= 1e-12 * Math.abs(value);
    if (moving.leaf !== leaf) moving = { leaf, reading: null };
    if (isRecord) delete given[leaf];
    else given[leaf] = value;
    touched.add(leaf);
    shown = null;
    loadFollowing();
    waiting ||= requestAnimationFrame(follow);
  }

  function follow() {
    cancelAnimationFrame(waiting);
    waiting = 0;
    const changed = [...touched];
    touched.clear();
    if (changed.length) holding(() => paint(changed));
    showBar();
  }

  /** What a reader has in hand, a slider or a number, stays where it is on the screen while lines above it turn: a thumb
   * that slips from under a finger is let go. A card goes with its number. */
  function holding(work) {
    const card = document.querySelector(".provenance:popover-open");
    const owner = card && asked();
    const held = focused() ?? owner;
    const places = [owner, held].map((each) => each?.getBoundingClientRect());
    work();
    const [ownerMoved, heldMoved] = [owner, held].map((each, place) => movedSince(places[place], each));
    const isSheet = card && !card.style.top; // on a phone it stands at the foot of the screen
    if (card && !isSheet) card.style.top = `${parseFloat(card.style.top) + ownerMoved}px`;
    if (isSheet && card.contains(held)) card.scrollTop += heldMoved;
    const moved = isSheet ? ownerMoved : heldMoved + (card?.contains(held) ? ownerMoved : 0);
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  }

  /** The number whose card is open, and what has the focus within the text. */
  const asked = () => article.querySelector(".figure[aria-expanded=true]");
  const focused = () => (article.contains(document.activeElement) ? document.activeElement : null);

  /** How far something has moved down that was in sight and is there. */
  function movedSince(before, element) {
    if (!element?.isConnected || before.bottom < 0 || before.top > innerHeight) return 0;
    const moved = element.getBoundingClientRect().top - before.top;
    return Math.abs(moved) < 1 ? 0 : moved;
  }

  /** The end of a change: the address has it, and a listener is told once. */
  function settle() {
    if (touched.size) follow();
    keep();
    tell(sumOf());
  }

  function reset() {
    for (const leaf of Object.keys(given)) put(leaf, null);
    notes.length = 0;
    follow();
    settle();
  }

  const some = (count, one, many) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

  const changedOf = () => `You changed ${some(Object.keys(given).length, "number", "numbers")}.`;
  const others = () => [...painted].filter((thing) => !thing.sentences && !Object.hasOwn(given, thing.node));

  const NOTHING = "Nothing else on this page rests on it.";

  /** What followed, in a few words: so many numbers, and the sentences that say something else than the record does. */
  function followedOf() {
    const turned = claims.filter(({ element }) => element.classList.contains("is-turned")).length;
    const moved = new Set(others().map(({ node }) => node)).size;
    if (!moved && !turned) return NOTHING;
    const sentences = turned ? `, ${some(turned, "sentence", "sentences")} turned` : "";
    return `${some(moved, "other follows", "others follow")}${sentences}.`;
  }

  const sumOf = () => (Object.keys(given).length ? `${changedOf()} ${followedOf()}` : "The page shows the record again.");

  // The way to what followed, in the order of the page: sentences that have turned and charts that are drawn anew; where
  // there are none of these, the numbers that follow, once for each paragraph.

  const TURNED = ".claim.is-turned";
  const REDRAWN = "figure.chart.is-redrawn"; // by following.js
  const BLOCKS = "p, li, dd, tr, figure";
  const FOLDED = "details:not([open])";
  let shown = null; // where the reader was led since the last change

  function stops() {
    const changed = [...article.querySelectorAll(`${TURNED}, ${REDRAWN}`)].filter((each) => each.textContent && !each.parentElement.closest(REDRAWN));
    const canBeSeen = (each) => each.closest(FOLDED) || each.checkVisibility();
    const seen = changed.filter(canBeSeen);
    if (seen.length) return seen;
    const blocks = new Map();
    for (const { element } of others()) {
      const block = element.closest(BLOCKS);
      if (block && element.matches(".figure") && canBeSeen(element) && !blocks.has(block)) blocks.set(block, element);
    }
    const isBefore = (one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    return [...blocks.values()].sort(isBefore);
  }

  /** The stop after the one that was shown last; after a change, the first one from where the reader is. */
  function showNext() {
    const all = stops();
    if (!all.length) return;
    const roof = bar.getBoundingClientRect().bottom;
    const isAhead = (each) => each.getBoundingClientRect().top >= roof;
    const at = Math.max(0, all.includes(shown) ? (all.indexOf(shown) + 1) % all.length : all.findIndex(isAhead));
    lead(all[at]);
    next.textContent = `Next (${at + 1} of ${all.length})`;
    const kind = shown.matches(TURNED) ? "Sentence" : shown.matches(REDRAWN) ? "Chart" : "Number";
    tell(`${kind} ${at + 1} of ${all.length}.`);
  }

  /** Lead the eye and the focus to a part of the page; what is folded around it is opened. */
  function lead(stop) {
    document.querySelector(".provenance:popover-open")?.hidePopover();
    for (let fold = stop.closest(FOLDED); fold; fold = stop.closest(FOLDED)) fold.open = true;
    shown = stop;
    if (!stop.matches("[tabindex], [href]")) {
      stop.tabIndex = -1;
      stop.addEventListener("blur", () => stop.removeAttribute("tabindex"), { once: true });
    }
    stop.classList.add("is-shown");
    stop.addEventListener("blur", () => stop.classList.remove("is-shown"), { once: true });
    stop.focus({ preventScroll: true });
    const isTall = stop.getBoundingClientRect().height > innerHeight * 0.7;
    stop.scrollIntoView({ block: isTall ? "start" : "center", behavior: still.matches ? "instant" : "smooth" });
  }

  // The bar: how many numbers are the reader's, what followed and the way to it, and the way back to the record. It stands
  // in the head of the page, or right under it, where nothing stands that moves.

  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const notes = []; // what could not be taken from an address
  const counted = make("span", "what-if-count");
  const followed = make("span", "what-if-followed");
  const summed = make("p", "what-if-sum", counted, " ", followed);
  const noted = make("p", "what-if-note");
  const back = make("button", "what-if-reset", "Back to the record");
  const copy = make("button", "what-if-copy", "Copy link");
  const next = make("button", "what-if-next");
  const bar = make("div", "what-if-bar not-text", summed, noted, make("p", "what-if-buttons", next, copy, back));
  const status = make("p", "what-if-unseen");
  const own = make("span", "what-if-unseen", "changed by your numbers");
  const yours = make("span", "what-if-unseen", "your number, in place of what was said");
  bar.hidden = true;
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Your numbers");
  status.setAttribute("role", "status");
  own.id = "what-if-own";
  yours.id = "what-if-yours";
  own.hidden = yours.hidden = true;
  back.type = copy.type = next.type = "button";
  next.setAttribute("aria-keyshortcuts", "Alt+N");
  next.title = "The next sentence or chart that says something else than the record (Alt+N)";
  next.addEventListener("click", showNext);
  back.setAttribute("aria-keyshortcuts", "Alt+0");
  back.title = "All numbers as the book has them (Alt+0)";
  back.addEventListener("click", reset);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "The address of this page is the link";
    }
    setTimeout(() => (copy.textContent = "Copy link"), 2500);
  });
  document.addEventListener("keydown", (event) => {
    const does = { Digit0: reset, KeyN: showNext }[event.code];
    const isAsked = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!does || !isAsked || !Object.keys(given).length) return;
    event.preventDefault();
    does();
  });

  let shownInBar = "";

  function showBar() {
    const count = Object.keys(given).length;
    const told = `${count ? sumOf() : ""} ${notes.join(" ")}`;
    if (!shown) setText(next, "Show the next");
    if (told === shownInBar) return; // a change of the document costs a frame its time
    shownInBar = told;
    setText(counted, changedOf());
    setText(followed, count ? followedOf() : "");
    noted.textContent = notes.join(" ");
    summed.hidden = copy.hidden = !count;
    next.hidden = !count || followed.textContent === NOTHING;
    noted.hidden = !notes.length;
    back.textContent = count ? "Back to the record" : "Close";
    const isNew = bar.hidden;
    bar.hidden = !count && !notes.length;
    if (isNew && !bar.hidden) uncover();
  }

  /** What the reader has in hand, a number with its card or what has the focus, is not left under the bar that has just come. */
  function uncover() {
    const { top, bottom } = (asked() ?? focused())?.getBoundingClientRect() ?? {};
    const hidden = bar.getBoundingClientRect().bottom + 8 - top;
    if (bottom > 0 && hidden > 0) scrollBy({ top: -hidden, behavior: "instant" });
  }

  const tell = (text) => (status.textContent = text);

  // The address: #what-if=EDITION&series/period=35e9&...; what else it led to stands last, as "at".

  /** A number as an address has it: 35e9. */
  function written(value) {
    const power = Math.floor(Math.log10(Math.abs(value)) / 3) * 3;
    const short = `${Number((value / 10 ** power).toPrecision(12))}e${power}`;
    return power >= 6 && Number(short) === value ? short : String(value).replace("e+", "e");
  }

  function hash() {
    const changed = Object.keys(given).map((leaf) => `${graph.nodes[leaf].address}=${written(given[leaf])}`);
    return changed.length ? `${MARK}${FrontierPage.edition}&${changed.join("&")}` : "";
  }

  const plain = () => `${location.pathname}${location.search}`;

  /** The first change is a step that the back button takes back; those after it take its place. */
  function keep() {
    const next = hash();
    const isOurs = location.hash.startsWith(MARK);
    if (next === location.hash || (!next && !isOurs)) return;
    if (next && !isOurs) history.pushState({ whatIf: true }, "", next);
    else history.replaceState(next ? { whatIf: true } : null, "", next || plain());
  }

  /** The number that an address gives an input, or a text that says why it is none. */
  function read(name, text) {
    const leaf = inputs.get(name);
    const said = `“${name.slice(0, 40)}”`;
    if (leaf === undefined) return `${said} is no number of this page.`;
    if (!/^-?\d{1,20}(\.\d{1,20})?(e-?\d{1,3})?$/i.test(text)) return `What the address gives for ${said} is not a number.`;
    const value = Number(text);
    return allowed(leaf, value) ? { leaf, value } : `What the address gives for ${said} is beyond what it can be.`;
  }

  /** Whether an input can be so much. */
  function allowed(leaf, value) {
    const { least, most } = graph.nodes[leaf];
    if (!Number.isFinite(value) || Math.abs(value) >= table.limit) return false;
    return (least === null || value >= Number(least)) && (most === null || value <= Number(most));
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** Take the numbers of an address in the place of all others. */
  function takeAddress() {
    for (const leaf of Object.keys(given)) put(leaf, null);
    notes.length = 0;
    if (location.hash.length > LONGEST) notes.push("The address is too long to be one of this book; the page shows the record.");
    else if (location.hash.startsWith(MARK)) takeParts(location.hash.slice(MARK.length).split("&").map(decoded));
    follow();
  }

  function takeParts([edition, ...parts]) {
    if (edition !== FrontierPage.edition) notes.push(`The link was made in another edition, “${edition.slice(0, 20)}”; this is ${FrontierPage.edition}.`);
    const refused = [];
    for (const part of parts.filter((each) => each && !each.startsWith("at="))) {
      const [name, ...value] = part.split("=");
      const found = read(name, value.join("="));
      if (typeof found === "string") refused.push(found);
      else put(found.leaf, found.value);
    }
    notes.push(...refused.slice(0, 2));
    if (refused.length > 2) notes.push(`So are ${refused.length - 2} more.`);
    const place = parts.find((part) => part.startsWith("at="));
    if (place) document.getElementById(place.slice(3))?.scrollIntoView();
  }

  addEventListener("hashchange", () => {
    if (!graph) {
      if (location.hash.startsWith(MARK)) load();
      return;
    }
    const isPlace = location.hash && !location.hash.startsWith(MARK);
    // A link within the page leads on, and the numbers stay as they are.
    if (isPlace && Object.keys(given).length) history.replaceState({ whatIf: true }, "", `${hash()}&at=${location.hash.slice(1)}`);
    else if (!isPlace) {
      takeAddress();
      tell(sumOf());
    }
  });

  // Printing prints the record.

  let kept = null;
  function recordForPaper(isPrinting) {
    if (!graph || isPrinting === Boolean(kept)) return;
    const numbersNow = kept ?? { ...given };
    if (isPrinting) kept = { ...given };
    else kept = null;
    for (const leaf of Object.keys(numbersNow)) put(leaf, isPrinting ? null : numbersNow[leaf]);
    follow();
  }
  addEventListener("beforeprint", () => recordForPaper(true));
  addEventListener("afterprint", () => recordForPaper(false));
  matchMedia("print").addEventListener("change", ({ matches }) => recordForPaper(matches));

  // Loading.

  function fetchScript(file) {
    return new Promise((resolve, reject) => {
      const element = make("script");
      element.src = `${new URL(file, script.src)}?v=${script.dataset.version}`;
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  }

  let loading = null;
  function load() {
    loading ??= Promise.all(FILES.slice(0, 3).map(fetchScript)).then(begin).then(() => fetchScript(FILES[3])).catch(() => null);
    return loading;
  }

  // What has drawings follow is fetched when a number may be about to change; a page that cannot have it says so.
  let following = null;
  let isWithoutFollowing = false;
  function loadFollowing() {
    if (!article.querySelector(FOLLOWS)) return;
    following ??= fetchScript("following.js").catch(() => {
      isWithoutFollowing = true;
      if (graph) tellCharts();
    });
  }

  function begin() {
    if (!FrontierGraph.supported) return;
    const unpacked = FrontierGraph.unpack(FrontierPage);
    table = FrontierWords;
    keys = unpacked.keys;
    names = Object.fromEntries(Object.entries(keys).map(([key, node]) => [node, key]));
    graph = unpacked;
    record = reading = FrontierGraph.read(graph, table);
    for (const [node, leaf] of Object.entries(graph.nodes)) {
      if (leaf.address) inputs.set(leaf.address, node);
    }
    for (const element of shownFigures()) {
      const number = numberOf(element);
      if (!number) continue;
      numbers.push(number);
      enlist(number, [number.node]);
      if (!isDate(number) && isInput(number.node) && element.matches(".figure, .what-if-invitation *")) element.classList.add("can-change");
    }
    for (const element of article.querySelectorAll(".claim[data-claim]")) {
      const claim = claimOf(element);
      if (!claim) continue;
      claims.push(claim);
      enlist(claim, nodesOf(graph.claims[claim.id]));
    }
    const start = document.querySelector(".bd-header-article .header-article-items__start");
    if (start) start.after(bar);
    else document.body.append(bar);
    document.body.append(status, own, yours);
    if (location.hash.startsWith(MARK)) {
      takeAddress();
      tell(sumOf());
    }
  }

  const isInput = (node) => inputs.get(graph.nodes[node].address) === node;

  /** The nodes on which a claim may rest: what it compares, and what its sentences name. */
  function nodesOf(claim) {
    const within = (condition) => {
      const members = condition.every ?? condition.some ?? [condition.not ?? condition.stated].filter((part) => part);
      return "left" in condition ? [condition.left, condition.right] : members.flatMap(within);
    };
    const compared = claim.branches.flatMap(({ when }) => within(when));
    return [...compared, ...Object.values(claim.places).flatMap(({ figure }) => figure ?? [])];
  }

  globalThis.FrontierLive = {
    load, prepare, put, settle, reset, allowed, isInput, holding,
    get graph() { return graph; },
    get table() { return table; },
    get keys() { return keys; },
    get record() { return record; },
    get reading() { return reading; },
    given, make,
  };

  const interested = (event) => {
    if (!(event.target instanceof Element) || !event.target.closest(".figure[data-figure]")) return;
    load().then(loadFollowing);
  };
  for (const name of ["pointerover", "focusin", "pointerdown"]) document.addEventListener(name, interested, { passive: true });
  if (location.hash.startsWith(MARK)) load();
  else if ("requestIdleCallback" in globalThis) requestIdleCallback(load, { timeout: 4000 });
  else setTimeout(load, 1500);
})();

// Has a drawing follow a reader's numbers: points, lines, bars, ranges and brackets move, and so does what is told of them.
//
// It knows places and operations, and no more of a number than the page's graph says. A drawing with "data-follows" says of
// each mark which figures its place rests on (data-x, data-y; of a point and its signs its own) and how its axes make
// places of values (data-across, in per cent; data-down, in pixels): where nothing stands, the way from there to one, the
// least and the most place. The axes keep their scale; what has no place on them stands at the edge with a sign. Where a
// chart cannot follow, live.js says so, which also fetches this script.
(() => {
  "use strict";
  const article = document.querySelector(".bd-article");
  if (!article) return;
  const LINE = 15; // pixels: from one line of words to the next, as theme.py has it
  const BESIDE = 2; // pixels that a value keeps from the edge of the picture
  const ASCENT = 11.5; // above the base line of words
  const FROM_BAR = 7; // and a bracket from the end of a bar
  const FEW = 3; // marks of one name that are told one by one
  const SENTENCE = "claim"; // in place of a wording: the words of a claim
  const YOURS = " with your numbers";
  const RECORD = "The drawing shows the record; its words and its table follow your numbers.";
  const HOLLOW = "What rests on your numbers is hollow here.";
  const BEYOND = {
    bar: "A bar whose value has » or « reaches beyond the picture: its value says how far.",
    point: "A triangle at the edge stands for a point that lies beyond the picture: point at it, or see the table.",
    line: "A line that would lie beyond the picture is left out; its words stand at the edge.",
  };
  const [NEAR, FAR] = [2, 8]; // lines up or down that words may go to be clear of others; the far ones with a line to their place
  const LEADER = /^(M[^A-Z]+L[^A-Z,]+,)(-?[\d.]+)$/; // the path of a thin line to words
  const PLACED = "[data-x], [data-y], circle[data-figure], svg[data-beside]";
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const HEADS = { up: "M0,-6L5,3H-5Z", down: "M0,6L5,-3H-5Z", left: "M-6,0L3,5V-5Z", right: "M6,0L-3,5V-5Z" };

  const share = (element, name) => parseFloat(element.getAttribute(name));
  const between = (least, value, most) => Math.min(Math.max(value, least), most);

  // What was changed of a drawing, and the way back.

  class Changes {
    constructor() {
      this.kept = new Map();
      this.added = [];
    }

    keep(element) {
      if (this.kept.has(element)) return;
      const attributes = [...element.attributes].map(({ name, value }) => [name, value]);
      this.kept.set(element, { attributes, inside: [...element.childNodes] });
    }

    set(element, attributes) {
      this.keep(element);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }

    write(element, ...inside) {
      this.keep(element);
      element.replaceChildren(...inside);
    }

    hide(element) {
      this.set(element, { visibility: "hidden" });
    }

    /** A new element before another one. */
    add(before, name, attributes, ...inside) {
      const element = made(name, attributes, ...inside);
      before.before(element);
      this.added.push(element);
      return element;
    }

    /** The same point over all words: those that had room there stay where they are. */
    raise(shape) {
      const names = ["cx", "cy", "r", "class"];
      const element = made("circle", Object.fromEntries(names.map((name) => [name, shape.getAttribute(name)])));
      element.classList.replace("is-moved", "is-raised");
      shape.ownerSVGElement.append(element);
      this.added.push(element);
    }

    undo() {
      for (const element of this.added) element.remove();
      for (const [element, { attributes, inside }] of this.kept) {
        const names = new Set(attributes.map(([name]) => name));
        for (const { name } of [...element.attributes]) if (!names.has(name)) element.removeAttribute(name);
        for (const [name, value] of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
        if (inside.some((node, place) => node !== element.childNodes[place])) element.replaceChildren(...inside);
      }
      this.kept.clear();
      this.added.length = 0;
    }
  }

  function made(name, attributes, ...inside) {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [each, value] of Object.entries(attributes)) element.setAttribute(each, value);
    element.append(...inside);
    return element;
  }

  // Axes: the places of values.

  /** The axis on which an element stands: "across", in per cent, or "down", in pixels; null where there is none. */
  function axisOf(element, name) {
    const told = element.closest(`[data-${name}]`)?.dataset[name].split(" ");
    if (!told) return null;
    const [nought, step, least, most] = told.map(Number);
    const isLog = told.length > 4;
    return { least, most, place: (value) => nought + step * (isLog ? Math.log(Math.max(value, 0)) : value) };
  }

  /** What a drawing is drawn with: a reader's numbers and the record, by the keys of figures. */
  class Numbers {
    constructor({ record, reading, given }) {
      Object.assign(this, { record, reading, given, keys: FrontierLive.keys });
    }

    isOwn(key) {
      const node = this.keys[key];
      return node !== undefined && this.record.leaves(node).some((leaf) => Object.hasOwn(this.given, leaf));
    }

    value(key) {
      return this.reading.value(this.keys[key]);
    }

    was(key) {
      return this.record.value(this.keys[key]);
    }

    words(key, wording = "plain") {
      return this.reading.words(this.keys[key], wording);
    }

    /** A part of some words: a text, a figure in a wording, or a claim, as a heading says it. */
    said(part, reading = this.reading) {
      if (!Array.isArray(part)) return part;
      const [key, wording] = part;
      if (wording === SENTENCE) return (reading.claim(key).text ?? "").replace(/\.$/, "");
      return reading.words(this.keys[key], wording).replaceAll(" ", "\u00a0");
    }

    /** The ends of its range, where they can be drawn. */
    ends(key) {
      const ends = this.reading.interval(this.keys[key]);
      return ends && ends.every(Number.isFinite) && ends[1] > ends[0] ? ends : [];
    }

    /** Whether a bound lies on the side on which the record has it. */
    hasSameSide(key) {
      const node = this.keys[key];
      return this.reading.qualifier(node) === this.record.qualifier(node);
    }

    /** How far a mark of a figure moves on an axis that holds it; and whether it would have to go further. */
    move(axis, key) {
      if (!axis || !key || !this.isOwn(key)) return { by: 0, wanted: null, isBeyond: false };
      const wanted = axis.place(this.value(key));
      const isBeyond = !(wanted >= axis.least - 0.01 && wanted <= axis.most + 0.01);
      const held = Number.isNaN(wanted) ? axis.most : between(axis.least, wanted, axis.most);
      return { by: held - axis.place(this.was(key)), wanted, isBeyond };
    }
  }

  // One drawing.

  class Drawing {
    constructor(element) {
      this.element = element;
      this.changes = new Changes();
      this.across = axisOf(element, "across");
      this.down = axisOf(element, "down");
      this.width = 0; // in pixels, where it is seen
    }

    all(selector) {
      return [...this.element.querySelectorAll(selector)];
    }

    /** The keys of all figures that its marks and its words rest on. */
    get keys() {
      this.found ??= new Set(this.all("[data-figure], [data-x], [data-y], [data-said], [data-through]").flatMap(keysOf))
      return this.found;
    }

    undo() {
      this.changes.undo();
    }

    /** Draw it with other numbers; tells what of it does not fit: "bar" or "point". */
    redraw(numbers) {
      this.numbers = numbers;
      this.beyond = new Set();
      this.all("path[data-through]").forEach((path) => this.bend(path));
      this.all(PLACED).forEach((element) => this.shift(element));
      this.all("[data-crossing]").forEach((element) => this.shiftToCrossing(element));
      this.all("[data-said]").forEach((element) => this.say(element));
      this.all("circle[data-figure]").forEach((dot) => this.mark(dot));
      this.all("rect[data-figure]").forEach((rect) => this.stretch(rect));
      this.all("line[data-figure]").forEach((arrow) => this.retell(arrow));
      this.all("[data-right-of]").forEach((element) => this.setAside(element));
      this.spread();
      this.clear();
      return this.beyond;
    }

    // Lines.

    /** The places of a path with a reader's numbers, in its own view; those of a curve from the left. */
    placesOf(path) {
      const wide = widthOf(path);
      const drawn = drawnPlaces(path, this.changes);
      const places = path.dataset.through.split(" ").map((pair, at) => {
        const [x, y] = pair.split(",");
        const [isAcross, isDown] = [x, y].map((key) => Boolean(key) && this.numbers.isOwn(key));
        const right = isAcross ? (this.across.place(this.numbers.value(x)) * wide) / 100 : drawn[at].x;
        const down = isDown ? this.down.place(this.numbers.value(y)) : drawn[at].y;
        return { x: right, y: down, isOwn: isAcross || isDown, keys: [y, x] };
      });
      return path.dataset.line ? places : places.sort((one, other) => one.x - other.x);
    }

    /** Lead a line through other places. Over time a stretch at them is dashed, as towards whatever nobody measured. */
    bend(path) {
      path.places = this.placesOf(path);
      if (!path.places.some(({ isOwn }) => isOwn)) return;
      const edges = this.across ? [this.across.least, this.across.most] : [0, 100];
      const [left, right] = edges.map((edge) => (edge * widthOf(path)) / 100);
      const stretches = path.places.slice(1).map((to, at) => {
        const from = path.places[at];
        return { isOwn: Boolean(path.dataset.line) && (from.isOwn || to.isOwn), ends: cut([from, to], left, right, this.down) };
      });
      const through = (isOwn) => stretches.filter((each) => each.isOwn === isOwn && each.ends).map(({ ends }) => `M${ends.map(spot).join("L")}`).join("");
      const own = Object.fromEntries(["class", "stroke-width", "vector-effect"].map((name) => [name, path.getAttribute(name)]));
      this.changes.set(path, { d: through(false) || "M0,0" });
      if (through(true)) this.changes.add(path, "path", { ...own, d: through(true) }).classList.add("dashed");
      if (this.across) this.pointOut(path);
    }

    /** A reader's own place on a curve, where none of its points stands. */
    pointOut(path) {
      const isEmpty = ({ keys: [key] }) => !this.element.querySelector(`circle[data-figure="${key}"]`);
      const isIn = ({ x, y }) => cut([{ x, y }, { x, y }], ...[this.across.least, this.across.most].map((edge) => (edge * widthOf(path)) / 100), this.down);
      for (const place of path.places.filter((each) => each.isOwn && isEmpty(each) && isIn(each))) {
        const at = { cx: `${(100 * place.x) / widthOf(path)}%`, cy: place.y };
        const title = made("title", {}, `${this.valueAt(...place.keys)}${YOURS}`);
        this.changes.add(path.ownerSVGElement.nextSibling, "circle", { class: `${paintOf(path)} hollow is-moved`, ...at, r: 5 }, title);
      }
    }

    // Whatever stands at a place.

    shift(element) {
      const { x, y = ownOf(element), y2 } = element.dataset;
      const across = this.numbers.move(axisOf(element, "across"), x);
      const down = this.numbers.move(this.down, y);
      const other = y2 ? this.numbers.move(this.down, y2) : down;
      if (!across.by && !down.by && !other.by) return;
      // Words between two places move half as far as both together.
      this.moveBy(element, across.by, element.tagName === "text" ? (down.by + other.by) / 2 : down.by);
      if (element.tagName === "line" && (across.isBeyond || down.isBeyond)) {
        this.beyond.add("line");
        this.changes.hide(element);
      }
      if (y2 && element.tagName === "svg") this.lengthen(element.firstChild, other.by - down.by);
    }

    moveBy(element, across, down) {
      const names = { circle: [["cx"], ["cy"]], line: [["x1", "x2"], ["y1", "y2"]] }[element.tagName] ?? [["x"], ["y"]];
      const places = Object.fromEntries([
        ...names[0].map((name) => [name, `${share(element, name) + across}%`]),
        ...names[1].map((name) => [name, share(element, name) + down]),
      ]);
      this.changes.set(element, places);
      if (!across) return;
      for (const line of element.querySelectorAll("tspan[x]")) this.changes.set(line, { x: places.x });
    }

    /** Make the upright of a bracket longer. */
    lengthen(path, by) {
      const d = path.getAttribute("d").replace(/v(-?[\d.]+)/, (_, down) => `v${Number(down) + by}`);
      this.changes.set(path, { d });
    }

    /** What is said where two lines cross moves with the crossing, and is not said where they do not. */
    shiftToCrossing(element) {
      const [was, now] = ["drawn", "places"].map((which) => this.crossing(element.dataset.crossing, which));
      if (!now) this.changes.hide(element);
      else if (was) this.moveBy(element, now.x - was.x, now.y - was.y);
    }

    /** The last place at which two lines cross, in shares of the width and pixels down. */
    crossing(names, which) {
      const lines = names.split("|").map((name) => this.all("path[data-line]").filter((path) => path.dataset.line === name));
      const [one, other] = lines.map((paths) => paths.flatMap((path) => (which === "drawn" ? drawnPlaces(path, this.changes) : path.places)));
      const found = crossings(one, other).at(-1);
      if (!found || !Number.isFinite(found.x) || !Number.isFinite(found.y)) return null;
      return { x: (100 * found.x) / widthOf(lines[0][0]), y: found.y };
    }

    // Words.

    /** Words with figures in them, in lines as long as they were. */
    say(element) {
      const parts = JSON.parse(element.dataset.said);
      const [said, was] = [this.numbers.reading, this.numbers.record].map((reading) => parts.map((part) => this.numbers.said(part, reading)).join(""));
      if (said === was) return;
      const before = linesOf(element);
      let most = Math.max(...before.map((line) => line.length));
      this.writeLines(element, inLines(said, most));
      while (this.isOutside(element) && most > 4) {
        most -= 1;
        this.writeLines(element, inLines(said.replaceAll("\u00a0", " "), most));
      }
      element.classList.add("is-own");
      const longer = (linesOf(element).length - before.length) * LINE;
      if (longer) this.changes.set(element, { y: share(element, "y") - longer * this.part(element) });
    }

    writeLines(element, [first, ...others]) {
      const [x, dx] = ["x", "dx"].map((name) => element.getAttribute(name));
      const more = others.map((line) => made("tspan", { x, ...(dx ? { dx } : {}), dy: LINE }, line));
      this.changes.write(element, first, ...more);
    }

    /** Whether words reach beyond the sides of the drawing. */
    isOutside(words) {
      const { x, width } = this.boxOf(words);
      return x < -BESIDE || x + width > this.width + BESIDE;
    }

    /** What words or a point cover, in pixels. */
    boxOf(shape) {
      if (shape.tagName === "circle") {
        const [x, y, r] = [(share(shape, "cx") * this.width) / 100, share(shape, "cy"), share(shape, "r")];
        return { x: x - r, y: y - r, width: 2 * r, height: 2 * r };
      }
      const width = wideOf(shape);
      const at = (share(shape, "x") * this.width) / 100 + (share(shape, "dx") || 0);
      const x = { end: at - width, middle: at - width / 2 }[shape.getAttribute("text-anchor")] ?? at;
      return { x, y: share(shape, "y") - ASCENT, width, height: LINE * linesOf(shape).length };
    }

    /** Which part of further lines goes above the first: all for words above their place, none below it. */
    part(element) {
      const { y, y2 } = element.dataset;
      if (y2 || !this.down || !y) return 0.5;
      const at = between(this.down.least, this.down.place(this.numbers.value(y)), this.down.most);
      return share(element, "y") < at ? 1 : 0;
    }

    /** What is told of a mark: with a reader's number first, then what the record has. */
    retell(shape) {
      const { figure: key, x } = shape.dataset;
      if (!this.numbers.isOwn(key) && !this.numbers.isOwn(x)) return;
      const title = shape.querySelector("title");
      const [name, told, ...more] = title.textContent.split("\n");
      this.changes.write(title, [name, `${this.valueAt(key, x)}${YOURS}`, `${told} in the record`, ...more].join("\n"));
    }

    valueAt(key, x) {
      return x ? `${this.numbers.words(key)} at ${this.numbers.words(x)}` : this.numbers.words(key);
    }

    // Points.

    mark(dot) {
      const { figure: key, x } = dot.dataset;
      if (!this.numbers.isOwn(key) && !this.numbers.isOwn(x)) return;
      this.changes.keep(dot);
      dot.classList.add("hollow", "is-moved");
      this.retell(dot);
      const down = this.numbers.move(this.down, key);
      const across = this.numbers.move(this.across, x);
      const isBeyond = down.isBeyond || across.isBeyond;
      if (isBeyond) this.setAtEdge(dot, across, down);
      else this.changes.raise(dot);
      for (const sign of this.all(`[data-beside="${key}"]`)) {
        const stays = sign.dataset.sign === "open" && this.numbers.hasSameSide(key) && !isBeyond;
        if (!stays) this.changes.hide(sign);
      }
      const ends = this.numbers.ends(key);
      if (ends.length && !isBeyond) this.drawRange(dot, ends);
    }

    setAtEdge(dot, across, down) {
      this.beyond.add("point");
      this.changes.hide(dot);
      const isAcross = !down.isBeyond;
      const { wanted } = isAcross ? across : down;
      const [less, more] = isAcross ? ["left", "right"] : ["up", "down"];
      const isLess = wanted < (isAcross ? this.across : this.down).least;
      this.changes.add(dot, "svg", { x: dot.getAttribute("cx"), y: dot.getAttribute("cy"), overflow: "visible", class: "beyond" },
        made("path", { class: `${paintOf(dot)} filled`, d: HEADS[isLess ? less : more] }));
    }

    /** A range as a line with ends, within the picture. */
    drawRange(dot, ends) {
      const y = share(dot, "cy");
      const [low, high] = ends.map((end) => between(this.down.least, this.down.place(end), this.down.most) - y);
      this.changes.add(dot, "svg", { x: dot.getAttribute("cx"), y, overflow: "visible", class: "range" },
        made("path", { class: paintOf(dot), "stroke-width": 1.5, d: `M0,${low}V${high}M-4,${low}H4M-4,${high}H4` }));
    }

    /** Words that have moved on to others, or on to a point, go up or down by some lines, and their thin line with them. */
    clear() {
      const isShown = (each) => each.getAttribute("visibility") !== "hidden";
      const boxes = new Map(this.all("text, circle:not(.is-raised)").filter(isShown).map((each) => [each, this.boxOf(each)]));
      const dots = [...boxes].filter(([each]) => each.classList.contains("is-moved")).map(([, box]) => box);
      const hasMoved = (each) => this.changes.kept.has(each) || dots.some((dot) => meets(boxes.get(each), 0, dot));
      const isFree = (each) => each.matches("text:is([data-x], [data-y], [data-crossing]):not([data-column])") && hasMoved(each);
      for (const words of [...boxes.keys()].filter(isFree)) {
        const by = this.wayOut(words, boxes);
        if (!by) continue;
        this.changes.set(words, { y: share(words, "y") + by });
        boxes.set(words, this.boxOf(words));
        this.leaderOf(words).forEach((path) => this.lead(path, by));
      }
    }

    /** How far down words go to be clear of all else, or of other words at least. */
    wayOut(words, boxes) {
      const box = boxes.get(words);
      const high = share(this.element, "height");
      const isWithin = (by) => box.y + by >= 0 && box.y + box.height + by <= high;
      const others = (tags) => [...boxes].filter(([each]) => each !== words && tags.includes(each.tagName)).map(([, other]) => other);
      const isClear = (tags) => (by) => isWithin(by) && !others(tags).some((other) => meets(box, by, other));
      const far = this.leaderOf(words).length ? FAR : NEAR; // without a line to their place words stay beside it
      const ways = [0, ...Array.from({ length: far }, (_, step) => [-(step + 1), step + 1]).flat()].map((step) => step * LINE);
      return ways.find(isClear(["text", "circle"])) ?? ways.find(isClear(["text"]));
    }

    /** The thin line from a point to its words. */
    leaderOf({ dataset: { x, y, crossing } }) {
      const isOf = ({ dataset }) => dataset.x === x && dataset.y === y && dataset.crossing === crossing;
      return this.all("svg[data-x], svg[data-y], svg[data-crossing]").filter(isOf).map((each) => each.firstChild).filter((path) => LEADER.test(path.getAttribute("d")));
    }

    lead(path, by) {
      this.changes.set(path, { d: path.getAttribute("d").replace(LEADER, (_, to, down) => `${to}${Number(down) + by}`) });
    }

    /** The names at the ends of lines keep clear of each other, in their order. */
    spread() {
      const column = this.all("[data-column]");
      if (!column.some((words) => this.changes.kept.has(words))) return;
      const sizes = column.map((words) => LINE * linesOf(words).length + 3);
      const aside = (place) => (LINE * (linesOf(column[place]).length - 1)) / 2 - 4.5;
      const wanted = column.map((words, place) => this.wantedBy(words) ?? share(words, "y") + aside(place));
      const middles = spread(wanted, sizes, 0, this.down.most + 8);
      column.forEach((words, place) => {
        this.changes.set(words, { y: middles[place] - aside(place) });
        const lead = this.all(`[data-sign="leader"][data-y="${words.dataset.y}"]`)[0];
        if (lead) this.changes.set(lead.firstChild, { d: lead.firstChild.getAttribute("d").replace(LEADER, (_, to) => `${to}${middles[place] - wanted[place]}`) });
      });
    }

    /** Where words at the end of a line would stand if they were alone: at its last point, or between two. */
    wantedBy(words) {
      const keys = [words.dataset.y, words.dataset.y2].filter((key) => key);
      const places = keys.map((key) => between(this.down.least, this.down.place(this.numbers.value(key)), this.down.most));
      return places.reduce((sum, place) => sum + place, 0) / places.length;
    }

    // Bars.

    /** A bar and what is drawn of it: all that follows its rectangle up to the next one. One figure may have several bars. */
    partsOf(rect) {
      const parts = this.all("rect[data-figure], [data-beside], [data-value-of]");
      const from = parts.indexOf(rect) + 1;
      const next = parts.findIndex((each, place) => place >= from && each.tagName === "rect");
      const mine = parts.slice(from, next < 0 ? parts.length : next);
      const of = (name) => mine.filter((each) => each.tagName === name);
      return { label: of("text")[0], ranges: of("line"), open: of("svg")[0] };
    }

    stretch(rect) {
      const key = rect.dataset.figure;
      if (!this.numbers.isOwn(key)) return;
      const { label, ranges, open } = this.partsOf(rect);
      const axis = axisOf(rect, "across");
      const said = this.numbers.words(key);
      this.retell(rect);
      this.changes.write(label, said);
      label.classList.add("is-own");
      this.changes.keep(rect);
      rect.classList.add("hollow", "is-moved"); // as whatever nobody measured
      const wanted = axis.place(this.numbers.value(key));
      const isBehind = share(label, "y") > share(rect, "y"); // a value above its bar stays there
      let most = isBehind ? axis.most - this.wide(label) : axis.most;
      if (wanted > most + 0.005 || wanted < axis.least - 0.005) {
        this.changes.write(label, wanted > most ? `» ${said}` : `« ${said}`);
        if (isBehind) most = axis.most - this.wide(label);
        this.beyond.add("bar");
      }
      const held = (place) => between(axis.least, Number.isNaN(place) ? axis.place(0) : place, most);
      const [zero, end] = [axis.place(0), held(wanted)];
      this.changes.set(rect, { x: `${Math.min(end, zero)}%`, width: `${Math.abs(end - zero)}%` });
      const ends = this.numbers.ends(key).map((each) => held(axis.place(each)));
      ranges.forEach((stroke) => this.changes.hide(stroke));
      if (ends.length) this.drawBarRange(rect, ends);
      if (open && this.numbers.hasSameSide(key)) this.changes.set(open, { x: `${end}%` });
      else if (open) this.changes.hide(open);
      if (isBehind) this.changes.set(label, { x: `${Math.max(end, zero, ...ends)}%` });
    }

    /** A range as a paler end of a bar. */
    drawBarRange(rect, [low, high]) {
      const y = share(rect, "y") + share(rect, "height") / 2;
      this.changes.add(rect.nextSibling, "line", { class: `${paintOf(rect)} faint butt range`, "stroke-width": 9, x1: `${low}%`, x2: `${high}%`, y1: y, y2: y });
    }

    /** How much of the width words take with their distance from their place. */
    wide(words) {
      return (100 * (wideOf(words) + share(words, "dx") + BESIDE)) / this.width;
    }

    /** A bracket stands right of the values between its ends, its words right of it. */
    setAside(element) {
      const keys = element.dataset.rightOf.split(" ");
      if (!keys.some((key) => this.numbers.isOwn(key))) return;
      const of = (name) => keys.flatMap((key) => this.all(`[data-${name}="${key}"]`));
      const bars = of("figure").map((rect) => share(rect, "x") + share(rect, "width") + (100 * FROM_BAR) / this.width);
      const values = of("value-of").map((label) => share(label, "x") + this.wide(label));
      const x = Math.max(parseFloat(element.dataset.least), ...bars, ...values);
      this.changes.set(element, { x: `${x}%` });
      for (const line of element.querySelectorAll("tspan[x]")) this.changes.set(line, { x: `${x}%` });
    }
  }

  // How wide words are, without asking the page for its layout, which a number that moves would have made anew every time.

  const fonts = new Map();
  let paper = null;

  function wideOf(words) {
    const [weight, size] = [words.classList.contains("bold") ? 600 : 400, words.getAttribute("font-size") ?? "12.5"];
    const kind = `${weight} ${size}px`;
    if (!fonts.has(kind)) fonts.set(kind, `${kind} ${getComputedStyle(words).fontFamily}`);
    paper ??= document.createElement("canvas").getContext("2d");
    paper.font = fonts.get(kind);
    const tail = words.querySelector(".tail")?.textContent ?? "";
    return Math.max(...linesOf(words).map((line, place, { length }) => paper.measureText(place === length - 1 ? line + tail : line).width));
  }

  /** The figure at whose place a point, or a sign beside it, stands. */
  const ownOf = ({ tagName, dataset }) => dataset.beside ?? (tagName === "circle" ? dataset.figure : undefined);
  const paintOf = (shape) => [...shape.classList].find((name) => name.startsWith("p-"));
  const widthOf = (path) => parseFloat(path.ownerSVGElement.getAttribute("viewBox").split(" ")[2]);
  const meets = (box, by, other) =>
    box.x < other.x + other.width && other.x < box.x + box.width && box.y + by < other.y + other.height && other.y < box.y + by + box.height;
  const spot = ({ x, y }) => `${x},${y}`;
  const linesOf = (words) => [...words.childNodes].filter((node) => !node.classList?.contains("tail")).map((node) => node.textContent);

  /** The places of a path as it was first drawn. */
  function drawnPlaces(path, changes) {
    const kept = changes.kept.get(path)?.attributes.find(([name]) => name === "d")[1];
    return (kept ?? path.getAttribute("d")).slice(1).split("L").map((pair) => pair.split(",").map(Number)).map(([x, y]) => ({ x, y }));
  }

  function keysOf({ dataset }) {
    const said = JSON.parse(dataset.said ?? "[]").filter((part) => Array.isArray(part) && part[1] !== SENTENCE).map(([key]) => key);
    const through = (dataset.through ?? "").split(/[ ,]/);
    return [dataset.figure, dataset.x, dataset.y, dataset.y2, ...said, ...through].filter((key) => key);
  }

  /** A text in lines of so many signs at most; a space that does not break keeps its words together. */
  function inLines(text, most) {
    const lines = [];
    for (const word of text.split(" ").filter((each) => each)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && longer.length <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.map((line) => line.replaceAll("\u00a0", " "));
  }

  /** What of a straight stroke lies within the picture; null where nothing does. */
  function cut([from, to], left, right, { least, most }) {
    if (![from.x, from.y, to.x, to.y].every((place) => !Number.isNaN(place))) return null;
    const far = (place) => between(-1e6, place, 1e6); // a value of nothing has no place on a logarithmic axis
    const [x, y] = [far(from.x), far(from.y)];
    const [wide, high] = [far(to.x) - x, far(to.y) - y];
    let [start, end] = [0, 1];
    for (const [way, room] of [[-wide, x - left], [wide, right - x], [-high, y - least], [high, most - y]]) {
      if (!way && room < -0.01) return null;
      if (way < 0) start = Math.max(start, (room + 0.01) / way);
      if (way > 0) end = Math.min(end, (room + 0.01) / way);
    }
    if (start > end) return null;
    return [start, end].map((part) => ({ x: x + part * wide, y: y + part * high }));
  }

  /** Where two lines of straight stretches cross, from the left; a line that only touches the other crosses nothing. */
  function crossings(one, other) {
    const covers = (line, x) => line.length && line[0].x <= x && x <= line.at(-1).x;
    const shared = [...new Set([...one, ...other].map(({ x }) => x))].filter((x) => covers(one, x) && covers(other, x));
    const distances = shared.sort((a, b) => a - b).map((x) => [x, heightAt(one, x) - heightAt(other, x)]);
    const apart = distances.filter(([, distance]) => distance);
    const found = [];
    apart.slice(1).forEach(([right, after], place) => {
      const [left, before] = apart[place];
      if (!(before * after < 0)) return;
      const touched = distances.find(([at, distance]) => left < at && at < right && !distance);
      const x = touched ? touched[0] : left + ((right - left) * before) / (before - after);
      found.push({ x, y: heightAt(one, x) });
    });
    return found;
  }

  /** How high a line is at a place that it covers. */
  function heightAt(line, x) {
    for (const [place, to] of line.slice(1).entries()) {
      const from = line[place];
      if (from.x <= x && x <= to.x && from.x < to.x) return from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
    }
    return line[0].y;
  }

  /** Where the middles of things in a column come to stand so that none lies on another, as labels.py has it. */
  function spread(middles, heights, low, high) {
    const topOf = ({ members, height, wanted }) => Math.max(Math.min(wanted / members.length, high - height), low);
    const piles = [];
    for (const member of middles.map((_, place) => place).sort((a, b) => middles[a] - middles[b])) {
      let pile = { members: [member], height: heights[member], wanted: middles[member] - heights[member] / 2 };
      while (piles.length && topOf(piles.at(-1)) + piles.at(-1).height > topOf(pile)) {
        const above = piles.pop();
        const wanted = above.wanted + pile.wanted - pile.members.length * above.height;
        pile = { members: [...above.members, ...pile.members], height: above.height + pile.height, wanted };
      }
      piles.push(pile);
    }
    const found = [];
    for (const pile of piles) {
      let top = topOf(pile);
      for (const member of pile.members) {
        found[member] = top + heights[member] / 2;
        top += heights[member];
      }
    }
    return found;
  }

  // One chart.

  function chartOf(figure) {
    const elements = [...figure.querySelectorAll("svg.drawing")];
    if (!elements.length || !elements.every((each) => each.hasAttribute("data-follows"))) return null;
    const picture = figure.querySelector(".chart-drawing");
    return { figure, drawings: elements.map((each) => new Drawing(each)), picture, alt: picture.getAttribute("aria-label"), isOwn: false };
  }

  const charts = [...article.querySelectorAll("figure.chart")].map(chartOf).filter((chart) => chart);
  if (!charts.length) return;

  function tell({ figure }, words) {
    const line = document.createElement("p");
    line.className = "what-if-drawing not-text";
    line.textContent = words;
    figure.querySelector(".chart-stage").after(line);
  }

  /** What has moved, as a listener is told it: each mark, or the first and the last of many of one name. */
  function moved(drawing) {
    const marks = new Map();
    for (const shape of drawing.all("circle:not(.is-raised), rect[data-figure], line[data-figure]")) {
      const told = shape.querySelector("title")?.textContent.split("\n") ?? [];
      const at = told.findIndex((line) => line.endsWith(YOURS));
      if (at < 0) continue;
      const when = shape.tagName === "circle" && !drawing.across ? [told[at + 2]] : [];
      const name = at ? told[0] : "on the curve";
      marks.set(name, [...(marks.get(name) ?? []), `${[name, ...when].join(", ")}: ${told[at].slice(0, -YOURS.length)}`]);
    }
    return [...marks.values()].map((each) => (each.length > FEW ? `${each[0]}, and so on to ${each.at(-1)}` : each.join("; ")));
  }

  /** The alt text with a reader's numbers: the title as it now reads, what has moved, what is pointed out, and the record. */
  function altOf({ figure, alt }, drawing) {
    const title = figure.querySelector(".chart-title").textContent.replace(/^\[[^\]]*\] /, "");
    const own = moved(drawing);
    const said = drawing.all("text.is-own[data-said]").map((words) => linesOf(words).join(" "));
    const told = [...own, ...said.filter((words) => !own.some((each) => each.endsWith(words)))];
    const mine = told.length ? `With your numbers: ${told.join("; ")}. ` : "";
    return `${title}. ${mine}In the record: ${alt}`;
  }

  function follow(chart, detail) {
    const numbers = new Numbers(detail);
    const isOwn = chart.drawings.some(({ keys }) => [...keys].some((key) => numbers.isOwn(key)));
    if (!isOwn && !chart.isOwn) return;
    chart.isOwn = isOwn;
    chart.figure.classList.toggle("is-redrawn", isOwn);
    chart.drawings.forEach((drawing) => drawing.undo());
    chart.picture.setAttribute("aria-label", chart.alt);
    chart.figure.querySelector(".what-if-drawing")?.remove();
    if (isOwn) redraw(chart, numbers);
    chart.figure.dispatchEvent(new CustomEvent("redrawn"));
  }

  function redraw(chart, numbers) {
    const isKnown = (key) => numbers.keys[key] !== undefined;
    const seen = chart.drawings.find(({ width }) => width);
    if (!seen) return;
    if (![...seen.keys].every(isKnown)) {
      tell(chart, RECORD);
      return;
    }
    const beyond = seen.redraw(numbers);
    const hasMoved = seen.element.querySelector(":is(circle, rect).is-moved");
    const said = [...(hasMoved ? [HOLLOW] : []), ...[...beyond].map((kind) => BEYOND[kind])];
    if (said.length) tell(chart, said.join(" "));
    chart.picture.setAttribute("aria-label", altOf(chart, seen));
  }

  // A chart that is near the eye follows at once, the others when the browser has time: a hand that moves a number does not
  // wait for them. On paper all are as the record has them.

  let last = FrontierLive; // fetched when a number may be about to change, or has
  const near = new Set();
  const late = new Set();
  const whenIdle = globalThis.requestIdleCallback ?? ((call) => setTimeout(call, 100));
  let isAwaited = false;

  function catchUp() {
    isAwaited = false;
    const those = [...late];
    late.clear();
    FrontierLive.holding(() => those.forEach((chart) => follow(chart, last)));
  }

  function followAll() {
    for (const chart of charts) {
      if (near.has(chart)) follow(chart, last);
      else late.add(chart);
    }
    if (late.size && !isAwaited) whenIdle(catchUp);
    isAwaited = late.size > 0;
  }

  document.addEventListener("repainted", ({ detail }) => {
    last = detail;
    followAll();
  });
  addEventListener("beforeprint", catchUp);
  matchMedia("print").addEventListener("change", catchUp);

  const ofFigure = new Map(charts.map((chart) => [chart.figure, chart]));
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) near[isIntersecting ? "add" : "delete"](ofFigure.get(target));
    if (late.size) catchUp();
  }, { rootMargin: "50% 0px" });
  for (const figure of ofFigure.keys()) sight.observe(figure);

  // A narrower column leaves less room, or shows the other drawing.
  const drawings = new Map(charts.flatMap((chart) => chart.drawings.map((drawing) => [drawing.element, drawing])));
  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) drawings.get(target).width = contentRect.width;
    followAll();
  });
  for (const element of drawings.keys()) sizes.observe(element);
})();

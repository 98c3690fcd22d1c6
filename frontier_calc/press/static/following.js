// Has the bars of a chart follow a reader's numbers: their lengths, their values, what is told of them, the alt text.
//
// It knows places, and no more of a number than the page's graph says. A drawing with "data-zero" has bars that begin there,
// all on one scale; it keeps its scale, and a bar that would be longer than the picture ends at its edge with a sign. Where
// a chart cannot follow, live.js says so under it.
(() => {
  "use strict";
  const article = document.querySelector(".bd-article");
  if (!article) return;
  const BESIDE = 2; // pixels that a value keeps from the edge of the picture
  const RECORD = "The drawing shows the record; its words and its table follow your numbers.";
  const BEYOND = "A bar whose value has » or « reaches beyond the picture: its value says how far.";

  const share = (element, name) => parseFloat(element.getAttribute(name));
  const textOf = (label) => label.firstChild.data;

  /** A bar and what is drawn of it: all that follows its rectangle up to the next one. One figure may have several bars. */
  function barOf(rect, drawing) {
    const key = rect.dataset.figure;
    const parts = [...drawing.querySelectorAll("rect[data-figure], [data-beside], [data-value-of]")];
    const from = parts.indexOf(rect) + 1;
    const next = parts.findIndex((each, place) => place >= from && each.tagName === "rect");
    const mine = parts.slice(from, next < 0 ? parts.length : next);
    const label = mine.find((each) => each.dataset.valueOf === key);
    if (!label) return null;
    const title = rect.querySelector("title");
    const beside = mine.filter((each) => each.dataset.beside === key);
    const ranges = beside.filter((each) => each.tagName === "line");
    const open = beside.find((each) => each.tagName === "svg");
    const whole = [rect, label, ...beside].map((element) => [element, [...element.attributes].map(({ name, value }) => [name, value])]);
    const kept = { x: rect.getAttribute("x"), width: rect.getAttribute("width"), label: label.getAttribute("x") };
    const tail = label.querySelector(".tail");
    return { key, rect, label, title, kept, ranges, open, whole, tail, tailText: tail?.textContent, text: textOf(label), told: title.textContent };
  }

  function drawingOf(element) {
    const zero = share(element, "data-zero");
    const bars = [...element.querySelectorAll("rect[data-figure]")].map((rect) => barOf(rect, element));
    return { element, zero, bars };
  }

  function chartOf(figure) {
    const elements = [...figure.querySelectorAll("svg.drawing")];
    if (!elements.length || !elements.every((each) => each.hasAttribute("data-zero"))) return null;
    const drawings = elements.map(drawingOf);
    const isClear = ({ bars }) => bars.length && !bars.includes(null);
    if (!drawings.every(isClear)) return null;
    const picture = figure.querySelector(".chart-drawing");
    figure.classList.add("is-following");
    return { figure, drawings, picture, alt: picture.getAttribute("aria-label"), isOwn: false };
  }

  const charts = [...article.querySelectorAll("figure.chart")].map(chartOf).filter((chart) => chart);
  if (!charts.length) return;

  function restore({ drawings, picture, alt }) {
    for (const { label, title, whole, tail, tailText, text, told } of drawings.flatMap(({ bars }) => bars)) {
      for (const [element, attributes] of whole) {
        for (const [name, value] of attributes) element.setAttribute(name, value);
        if (!attributes.some(([name]) => name === "visibility")) element.removeAttribute("visibility");
      }
      if (tail) tail.textContent = tailText;
      label.firstChild.data = text;
      title.textContent = told;
    }
    picture.setAttribute("aria-label", alt);
  }

  /** How long a bar is for each one of value, by the longest: places are rounded, and its place the least. */
  function unitOf({ bars }, { record, node }) {
    const longest = bars.reduce((one, other) => (share(one.rect, "width") >= share(other.rect, "width") ? one : other));
    return share(longest.rect, "width") / Math.abs(record.value(node(longest)));
  }

  /** How far bars may reach: to the left as in the record, to the right as far as leaves room for a value. */
  function edgesOf({ element, bars }, bar) {
    const least = Math.min(...bars.map(({ kept }) => parseFloat(kept.x)));
    const room = element.clientWidth || element.getBoundingClientRect().width;
    const isBehind = share(bar.label, "y") > share(bar.rect, "y"); // a value above its bar stays there
    const words = room && isBehind ? (100 * (bar.label.getComputedTextLength() + share(bar.label, "dx") + BESIDE)) / room : 0;
    return { least, most: 100 - words, isBehind };
  }

  function draw(drawing, bar, now, unit) {
    const { record, reading, node } = now;
    const value = reading.value(node(bar));
    const said = reading.words(node(bar), "plain");
    bar.label.firstChild.data = said;
    bar.label.classList.add("is-own");
    bar.rect.classList.add("hollow"); // as whatever nobody measured
    if (bar.tail) bar.tail.textContent = "";
    bar.title.textContent = [bar.told.split("\n")[0], `${said} with your numbers`, `${bar.text} in the record`].join("\n");
    const wanted = drawing.zero + (Number.isFinite(value) ? value * unit : 0);
    const isBeyond = (edges) => wanted > edges.most + 1e-9 || wanted < edges.least - 1e-9;
    let edges = edgesOf(drawing, bar);
    const isHeld = isBeyond(edges);
    if (isHeld) {
      bar.label.firstChild.data = wanted > edges.most ? `» ${said}` : `« ${said}`;
      edges = edgesOf(drawing, bar);
    }
    const end = Math.max(edges.least, Math.min(edges.most, wanted));
    bar.rect.setAttribute("x", `${Math.min(end, drawing.zero)}%`);
    bar.rect.setAttribute("width", `${Math.abs(end - drawing.zero)}%`);
    const within = (amount) => Math.max(edges.least, Math.min(edges.most, drawing.zero + amount * unit));
    const ends = (reading.interval(node(bar)) ?? []).map(within);
    bar.ranges.forEach((line, place) => {
      if (!ends.length || place < bar.ranges.length - 1) line.setAttribute("visibility", "hidden");
      else ends.forEach((x, side) => line.setAttribute(side ? "x2" : "x1", `${x}%`));
    });
    if (reading.qualifier(node(bar)) === record.qualifier(node(bar))) bar.open?.setAttribute("x", `${end}%`);
    else bar.open?.setAttribute("visibility", "hidden");
    if (edges.isBehind) bar.label.setAttribute("x", `${Math.max(end, drawing.zero, ...ends)}%`);
    return isHeld;
  }

  function tell({ figure }, words) {
    const line = document.createElement("p");
    line.className = "what-if-drawing not-text";
    line.textContent = words;
    figure.querySelector(".chart-stage").after(line);
  }

  /** The alt text with a reader's numbers: the title as it now reads, and each bar with its value. */
  function altOf({ figure, drawings }) {
    const head = figure.querySelector(".chart-title").textContent;
    const bars = drawings[0].bars.map(({ title }) => title.textContent.split("\n").slice(0, 2).join(" "));
    return `${head}. With your numbers: ${bars.join("; ")}.`;
  }

  function follow(chart, detail) {
    const keys = FrontierLive.keys;
    const now = { ...detail, node: ({ key }) => keys[key] };
    const bars = chart.drawings.flatMap((drawing) => drawing.bars);
    const own = new Set(bars.map(({ key }) => key).filter((key) => detail.changed.includes(key)));
    if (!own.size && !chart.isOwn) return;
    chart.isOwn = own.size > 0;
    restore(chart);
    chart.figure.querySelector(".what-if-drawing")?.remove();
    if (own.size) {
      const moved = bars.filter(({ key }) => own.has(key));
      const cannot = bars.some(({ key }) => keys[key] === undefined) || moved.some((bar) => !canDraw(bar, now));
      if (cannot) tell(chart, RECORD);
      else redraw(chart, own, now);
    }
    chart.figure.dispatchEvent(new CustomEvent("redrawn"));
  }

  /** Whether a drawing has what a bar needs: its value in the words that it has, and for a range a stroke of its paint. */
  function canDraw(bar, { record, reading, node }) {
    if (record.words(node(bar), "plain") !== bar.text) return false;
    const stroke = bar.ranges.at(-1);
    return reading.interval(node(bar)) === null || Boolean(stroke && !stroke.classList.contains("p-paper"));
  }

  function redraw(chart, own, now) {
    const units = chart.drawings.map((drawing) => unitOf(drawing, now));
    const held = chart.drawings.flatMap((drawing, place) => {
      const isSeen = drawing.element.getBoundingClientRect().width > 0;
      return drawing.bars.filter(({ key }) => own.has(key)).map((bar) => draw(drawing, bar, now, units[place]) && isSeen);
    });
    if (held.includes(true)) tell(chart, BEYOND);
    chart.picture.setAttribute("aria-label", altOf(chart));
  }

  let last = null;
  const followAll = () => charts.forEach((chart) => follow(chart, last));
  document.addEventListener("repainted", ({ detail }) => {
    last = detail;
    followAll();
  });
  // A narrower column leaves less room, or shows the other drawing.
  addEventListener("resize", () => last && followAll());
})();

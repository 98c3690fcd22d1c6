// Takes a number in hand: in its card, by field, slider and arrow keys; in the text, with a mouse, by dragging it sideways.
// Loaded by live.js, which holds the numbers and has the page follow.
(() => {
  "use strict";
  const live = globalThis.FrontierLive;
  if (!live?.graph) return;
  const { graph, table, record, keys, given, make } = live;

  const FEW = 3; // so many inputs of a figure are told at once
  const THRESHOLD = 4; // pixels: less is a click
  const ACROSS = 400; // pixels: a drag so long goes over the whole range
  const STEPS = 100; // so many at the least has a range whose author says nothing of steps
  const LARGE = 10; // steps at once with the Shift key; fewer where so many go over more than a tenth of the range
  const PAUSE = 800; // milliseconds without a key: the number is typed

  const leafOf = (node) => graph.nodes[node];
  const figureOf = (node) => graph.figures[node];
  const now = (node) => live.reading.value(node);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const isPercent = (node) => leafOf(node).style === "percent";

  /** An input's number in words, as its series is worded; a price of a token for as many as people say. */
  const worded = (node, value) => FrontierGraph.say(table, value * (leafOf(node).scale ?? 1), "", figureOf(node));
  const told = (node, value) => [worded(node, value), leafOf(node).unit].filter((part) => part).join(" ");

  // The unit in which a number is typed: that of its wording in the record, "billion" or "per cent".

  function unitOf(node) {
    const { scale = 1, currency, unit = "" } = leafOf(node);
    if (isPercent(node)) return { factor: 0.01, before: "", after: table.wordings.percent.many.replace("{}", "").trim() };
    const size = Math.abs(record.value(node) * scale);
    const [power, word] = table.scales.find(([least]) => size >= 10 ** least) ?? [0, ""];
    const before = currency ? table.currencies[currency] ?? currency : "";
    return { factor: 10 ** power / scale, before, after: [word, unit].filter((part) => part).join(" ") };
  }

  const typedOf = (node, value) => String(Number((value / unitOf(node).factor).toPrecision(6))).replace("-", "−");

  /** The number that was typed, in the unit beside the field; one that names a scale itself has that. */
  function numberTyped(node, text) {
    const { factor, before } = unitOf(node);
    const plain = text.trim().replace("−", "-").replace(before || "\0", "").replace(/[\s,]/g, "").toLowerCase();
    const scale = table.scales.find(([, word]) => plain.endsWith(word));
    const digits = scale ? plain.slice(0, -scale[1].length) : plain;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(digits)) return NaN;
    return Number(digits) * (scale ? 10 ** scale[0] / (leafOf(node).scale ?? 1) : factor);
  }

  /** A sensible range: from nothing to twice the record, wider where its own range, its limits or what was typed asks. */
  function rangeOf(node, wanted = null) {
    const { least, most, low, high } = leafOf(node);
    const value = record.value(node);
    const ends = wanted ?? [0, 2 * value, low ?? value, high ?? value].map(Number).filter(Number.isFinite);
    let [start, end] = [Math.min(...ends), Math.max(...ends)];
    if (!wanted && (isPercent(node) || value === 0)) end = Math.max(end, Math.min(1, Number(most ?? 1)));
    if (least !== null) start = Math.max(start, Math.min(Number(least), value));
    if (most !== null) end = Math.min(end, Math.max(Number(most), value));
    const typed = now(node);
    [start, end] = [Math.min(start, typed), Math.max(end, typed)];
    return { start, end, step: stepOf(node, end - start) };
  }

  const steps = new Map(); // by node: what the author of a panel says of steps, which holds wherever the number is moved

  /** What one step adds: a 1, a 2 or a 5 with noughts, where nobody says otherwise. */
  function stepOf(node, reach) {
    if (steps.has(node)) return steps.get(node);
    if (leafOf(node).style === "year") return 1;
    const [digits, power] = (reach / STEPS || 0.01).toExponential(9).split("e");
    return Number(`${[5, 2, 1].find((each) => each <= Number(digits))}e${power}`);
  }

  /** The nearest whole number of steps, or the record where it is nearer than half a step: nobody misses it by a hair. */
  function snapped(node, value, step) {
    const round = Number((Math.round(value / step) * step).toPrecision(12));
    const kept = record.value(node);
    return Math.abs(round - kept) < step / 2 ? kept : round;
  }

  /** The number nearest to a wished one that an input can have. */
  function within(node, value) {
    const { least, most } = leafOf(node);
    return Math.min(Math.max(value, least === null ? -Infinity : Number(least)), most === null ? Infinity : Number(most));
  }

  const setText = (element, text) => element.textContent === text || (element.textContent = text);

  // A number to hold: a field in its unit, a slider with the record marked, and the way back.

  let count = 0;
  let later = 0;

  /** In a panel, which gives its ends and says what the record is, it has these below the slider and no field. */
  function control(node, name, panel = null) {
    const ends = panel?.ends ?? null;
    const say = panel?.wording ? (value) => FrontierGraph.say(table, value, panel.wording) : (value) => worded(node, value);
    const { before, after } = unitOf(node);
    const id = `what-if-${(count += 1)}`;
    const field = make("input", "what-if-field");
    const slider = make("input", "what-if-slider");
    const back = make("button", "what-if-undo", panel ? "Back" : "Reset", panel && make("span", "what-if-of", ` to ${panel.record}`));
    const refusal = make("p", "what-if-said");
    const [lowest, highest] = [make("span"), make("span")];
    const mark = make("span", "what-if-record");
    Object.assign(field, { type: "text", inputMode: "decimal", autocomplete: "off", id });
    Object.assign(slider, { type: "range" });
    field.setAttribute("aria-label", [name, before, after].filter((part) => part).join(", "));
    slider.setAttribute("aria-label", name);
    back.type = "button";
    back.setAttribute("aria-label", `${back.textContent}: ${name}`);
    mark.setAttribute("aria-hidden", "true");
    refusal.id = `${id}-said`;
    refusal.setAttribute("role", "status");

    function show() {
      const { start, end } = rangeOf(node, ends);
      const value = now(node);
      Object.assign(slider, { min: start, max: end, step: "any", value });
      slider.setAttribute("aria-valuetext", panel?.wording ? say(value) : told(node, value));
      const share = (record.value(node) - start) / (end - start || 1);
      mark.style.left = `calc(var(--thumb) / 2 + ${share} * (100% - var(--thumb)))`; // where the thumb's middle would be
      if (document.activeElement !== field) field.value = typedOf(node, value);
      setText(lowest, say(start));
      setText(highest, say(end));
      back.hidden = !Object.hasOwn(given, node);
    }

    function take(value) {
      refusal.textContent = "";
      field.removeAttribute("aria-invalid");
      live.put(node, value);
    }

    function refuse(text) {
      refusal.textContent = text;
      field.setAttribute("aria-invalid", "true");
    }

    function typed() {
      const value = numberTyped(node, field.value);
      const { least, most } = leafOf(node);
      clearTimeout(later);
      later = setTimeout(live.settle, PAUSE); // who closes the card without leaving the field has ended as well
      if (live.allowed(node, value)) return take(value);
      if (!Number.isFinite(value)) return refuse("Please type a number.");
      const ends = [least === null ? "" : `at the least ${told(node, Number(least))}`, most === null ? "" : `at the most ${told(node, Number(most))}`];
      return refuse(`It can be ${ends.filter((part) => part).join(" and ") || "no number so large"}.`);
    }

    function stepped(event) {
      const ways = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
      const isAcross = event.key === "ArrowLeft" || event.key === "ArrowRight";
      const way = ways[event.key];
      if (!way || event.ctrlKey || event.metaKey || event.altKey || (event.target === field && isAcross)) return;
      event.preventDefault();
      const { start, end, step } = rangeOf(node, ends);
      const tenth = Math.round((end - start) / step / 10);
      const count = event.shiftKey ? Math.max(2, Math.min(LARGE, tenth)) : 1;
      take(within(node, snapped(node, now(node) + way * count * step, step)));
      field.value = typedOf(node, Object.hasOwn(given, node) ? given[node] : record.value(node));
    }

    field.addEventListener("input", typed);
    field.addEventListener("change", () => {
      if (!field.hasAttribute("aria-invalid")) field.value = typedOf(node, now(node));
      live.settle();
    });
    slider.addEventListener("input", () => take(within(node, snapped(node, Number(slider.value), rangeOf(node, ends).step))));
    slider.addEventListener("change", live.settle);
    // A finger that only scrolls has touched the track on its way: what it moved there goes back.
    let touched = null;
    slider.addEventListener("pointerdown", () => (touched = given[node] ?? null));
    slider.addEventListener("pointercancel", () => {
      take(touched);
      live.settle();
    });
    for (const each of [field, slider]) {
      for (const sign of ["pointerover", "focus"]) each.addEventListener(sign, () => ready(node));
      each.addEventListener("keydown", stepped);
      each.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && live.settle());
    }
    field.addEventListener("keydown", (event) => event.key === "Enter" && live.settle());
    back.addEventListener("click", () => {
      take(null);
      live.settle();
      field.value = typedOf(node, record.value(node));
      (panel ? slider : field).focus();
    });
    const track = make("div", "what-if-track", mark, slider);
    const typing = panel ? null : make("p", "what-if-line", before && make("span", "", before), field, after && make("span", "", after), back);
    const reach = panel && make("p", "what-if-ends", lowest, back, highest);
    show();
    return { element: make("div", "what-if-control", typing, track, reach, refusal), show };
  }

  // A number that may be moved soon is made ready while nothing else is to be done.
  const soon = globalThis.requestIdleCallback ?? setTimeout;
  const ready = (node) => soon(() => live.prepare(node));
  document.addEventListener("pointerover", ({ target }) => {
    const number = target instanceof Element ? target.closest(".can-change") : null;
    if (number) ready(keys[number.dataset.figure]);
  }, { passive: true });

  // The card.

  let open = null; // what the open card shows, to be shown anew when the page follows

  function ofInput(node) {
    const held = control(node, capital(leafOf(node).title));
    const hint = matchMedia("(hover: hover)").matches ? "Or drag the number in the text sideways." : "";
    const section = make("section", "what-if", make("h2", "", "What if it were"), held.element, hint && make("p", "what-if-hint", hint));
    return { section, show: held.show };
  }

  /** The inputs of a figure, the one that moves it most in front; each with what a tenth more of it does. */
  function movers(node) {
    const value = now(node);
    const found = live.reading.leaves(node).filter(live.isInput).map((leaf) => {
      const moved = live.reading.valueWith(node, { [leaf]: now(leaf) * table.moved.times });
      const share = moved / value - 1;
      return { leaf, share: Number.isFinite(share) ? share : 0 };
    });
    return found.sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  }

  // The input that moves a figure most, in the sentences of the table; Python says the same of the record.

  /** A sentence on the input, or the inputs, whose tenth more moves a figure most; empty where none does. */
  function mostMoved(node) {
    const { moved } = table;
    const value = now(node);
    const { style } = figureOf(node);
    if (!graph.nodes[node].op || style === "year" || style === "day" || !value) return "";
    const canMove = (leaf) => {
      const { most, style: kind } = leafOf(leaf);
      return kind !== "year" && kind !== "day" && (most === null || now(leaf) * moved.times <= Number(most));
    };
    const found = movers(node).filter(({ leaf, share }) => canMove(leaf) && Math.abs(share) >= moved.least && Math.abs(share) <= moved.most);
    if (!found.length) return "";
    const { share } = found[0];
    const names = found.filter((each) => Math.abs(each.share - share) <= moved.near).map(({ leaf }) => nameOf(node, leaf));
    if (names.length > moved.few) names.splice(moved.few - 1, names.length, moved.others.replace("{}", names.length - moved.few + 1));
    const way = share < -1 ? "across" : value < 0 ? (share > 0 ? "away" : "back") : share > 0 ? "larger" : "smaller";
    return moved[way].replace("{}", names.join(moved.or)).replace("{}", FrontierGraph.say(table, Math.abs(share), "percent"));
  }

  /** The name of an input, with its period where another input has the same name. */
  function nameOf(node, leaf) {
    const { title, period } = leafOf(leaf);
    const isShared = live.reading.leaves(node).filter((other) => leafOf(other).title === title).length > 1;
    return isShared && period ? `${title} (${period})` : title;
  }

  function effect(share) {
    if (Math.abs(share) < 5e-4) return "A tenth more of it leaves this as it is.";
    const size = FrontierGraph.say(table, Math.abs(share), "percent");
    return `A tenth more of it makes this ${size} ${share > 0 ? "more" : "less"}.`;
  }

  function ofDerived(node) {
    const found = movers(node);
    if (!found.length) return null;
    const shown = found.map(({ leaf, share }) => {
      const { title, period } = leafOf(leaf);
      const name = capital(title);
      const held = control(leaf, period ? `${name}, ${period}` : name);
      const does = make("p", "what-if-effect", effect(share));
      const item = make("li", "", make("p", "what-if-name", name, period && make("small", "", ` ${period}`)), held.element, does);
      return { item, held, does, leaf };
    });
    const items = shown.map(({ item }) => item);
    const first = items.length > FEW + 1 ? FEW : items.length;
    const sentence = () => (found.length > 1 ? mostMoved(node) : ""); // of one alone its own line says it
    const most = make("p", "what-moves-most", sentence());
    const section = make("section", "what-if", make("h2", "", "What moves it"), most, make("ul", "", ...items.slice(0, first)));
    if (first < items.length) {
      section.append(make("details", "", make("summary", "", `${items.length - first} more inputs`), make("ul", "", ...items.slice(first))));
    }
    const show = () => {
      const shares = new Map(movers(node).map(({ leaf, share }) => [leaf, share]));
      for (const { held, does, leaf } of shown) {
        held.show();
        does.textContent = effect(shares.get(leaf));
      }
      most.textContent = sentence();
    };
    return { section, show, most };
  }

  /** What the number is with the reader's own, under the one of the record. */
  function owned(node, number) {
    const line = make("p", "what-if-own-value");
    const wording = number.dataset.wording || "plain";
    const show = () => {
      const isOwn = live.reading.leaves(node).some((leaf) => Object.hasOwn(given, leaf));
      line.hidden = !isOwn;
      const begins = live.isInput(node) ? "Yours, in place of what was said" : "With your numbers";
      line.textContent = isOwn ? `${begins}: ${live.reading.words(node, table.wordings[wording].kind === "date" ? "plain" : wording)}` : "";
    };
    show();
    return { line, show };
  }

  document.addEventListener("told", ({ target: card, detail }) => dress(card, detail.number));

  function dress(card, number) {
    open = null;
    const node = keys[number.dataset.figure];
    if (node === undefined) return;
    const own = owned(node, number);
    card.querySelector(".provenance-head").append(own.line);
    const made = live.isInput(node) ? ofInput(node) : graph.nodes[node].op && ofDerived(node);
    const after = card.querySelector(".provenance-kind");
    if (made?.most) card.querySelector(".provenance-moves")?.remove(); // said by the section, and again after a change
    if (made) after.after(made.section);
    open = { card, show: () => [own, made].forEach((part) => part?.show()) };
  }

  document.addEventListener("repainted", () => open?.card.matches(":popover-open") && open.show());

  // Panels in the text: a slider for each number that its author lets a reader move, between the ends that he gave it.

  /** What a slider's line says in the record, after its name: the number and its unit. */
  function recordOf(line) {
    const [, ...parts] = line.childNodes;
    return parts.map((part) => part.dataset?.record ?? part.textContent).join("").replace(/^:\s*/, "").trim();
  }

  const RATIOS = ["percent", "points", "fold", "times"];

  /** The wording in which a slider's line says the number that is moved, where it says it as a ratio. */
  function ratioOf(line, key) {
    const { figure, wording } = line.querySelector(".figure").dataset;
    return figure === key && RATIOS.includes(wording) ? wording : "";
  }

  const sliders = globalThis.FrontierPage.panels ?? [];
  document.querySelectorAll(".bd-article .panel .panel-slider").forEach((line, place) => {
    const [key, start, end, step] = sliders[place] ?? [];
    const node = keys[key];
    if (node === undefined || !live.isInput(node)) return;
    steps.set(node, step);
    const held = control(node, line.querySelector(".panel-name").textContent, { ends: [start, end], record: recordOf(line), wording: ratioOf(line, key) });
    line.after(held.element);
    document.addEventListener("repainted", held.show);
  });

  // Dragging, with a mouse: a finger scrolls, and changes a number in its card.

  let drag = null;

  document.addEventListener("pointerdown", (event) => {
    const number = event.target instanceof Element ? event.target.closest(".can-change") : null;
    const isPlain = event.pointerType === "mouse" && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!number || !isPlain || event.target.closest(".provenance")) return;
    const node = keys[number.dataset.figure];
    drag = { node, x: event.clientX, start: now(node), range: rangeOf(node), isMoving: false };
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const across = event.clientX - drag.x;
    if (!drag.isMoving && Math.abs(across) < THRESHOLD) return;
    if (!drag.isMoving) begin();
    event.preventDefault();
    const { start, end, step } = drag.range;
    live.put(drag.node, within(drag.node, snapped(drag.node, drag.start + (across / ACROSS) * (end - start), step)));
  });

  function begin() {
    drag.isMoving = true;
    document.documentElement.classList.add("is-dragging");
    document.querySelector(".provenance:popover-open")?.hidePopover();
    getSelection()?.removeAllRanges();
  }

  function end(isTaken, isHeld = false) {
    if (!drag) return;
    const { isMoving, node, start } = drag;
    drag = null;
    document.documentElement.classList.remove("is-dragging");
    if (!isMoving) return;
    if (!isTaken) live.put(node, start);
    live.settle();
    // The click that ends a drag opens nothing; one that was given up ends when the button is let go.
    const swallow = (event) => (event.preventDefault(), event.stopImmediatePropagation());
    document.addEventListener("click", swallow, { capture: true, once: true });
    const forget = () => setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
    if (isHeld) document.addEventListener("pointerup", forget, { once: true });
    else forget();
  }

  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && drag?.isMoving && end(false, true));
  document.addEventListener("dragstart", (event) => event.target instanceof Element && event.target.closest(".can-change") && event.preventDefault());
  document.addEventListener("selectstart", (event) => drag?.isMoving && event.preventDefault());

  // A card that was opened before this script came is dressed now.
  const waiting = document.querySelector(".provenance:popover-open");
  const owner = document.querySelector(".figure[aria-expanded=true]");
  if (waiting && owner) dress(waiting, owner);
})();

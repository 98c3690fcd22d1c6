// A reader's headline: what was understood, what is open, and the same number restated. Without scripts the page has
// worked examples. All words and numbers come from the build, in answers.js; Python answers alike.
(() => {
  "use strict";
  const place = document.querySelector(".translate-your-own");
  const lent = globalThis.FrontierTranslate;
  if (!place || !lent || !globalThis.FrontierGraph?.supported || !globalThis.FrontierHeadlines) return;

  const { texts, table, forms } = lent;
  const reader = FrontierHeadlines.reader(forms, table);
  const has = (object, key) => Object.hasOwn(object, key);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const fill = (text, ...parts) => text.replace(/\{\}/g, () => parts.shift() ?? "");

  /* The graph, with the reader's number in place of the stand-in. */

  const nodes = Object.fromEntries(Object.entries(lent.graph.nodes).map(([key, node]) => {
    if (Array.isArray(node)) return [key, { op: node[0], of: node.slice(1) }];
    return [key, { ...lent.graph.usual, ...node }];
  }));
  const figures = Object.fromEntries(Object.entries(lent.graph.figures).map(([key, [style, currency, dated]]) =>
    [key, { style, currency, dates: { dated } }]));

  const plain = FrontierGraph.read({ nodes, figures, claims: {} }, table);
  const kindOf = (told) => told.unit || "count";

  /** How often a sum comes in a year; 0 for one that has no time. */
  function timesOf(told) {
    if (told.unit !== "money") return 0;
    if (told.per || told.sort === "pace" || told.period) return lent.times_of[told.per || told.period || "year"];
    return told.years ? 1 / told.years : 0;
  }

  const isYearly = (told) => told.unit === "money" && Boolean(told.per || told.sort === "pace");

  function readingOf(told) {
    const made = lent.made[kindOf(told)];
    const isSpan = told.high !== null;
    const value = isSpan ? (told.low + told.high) / 2 : told.low;
    const [low, high] = isSpan ? [told.low, told.high] : [null, null];
    const own = { ...nodes[made.sum], value, low, high, is_span: isSpan, qualifier: told.bound };
    const times = { ...nodes[lent.times], value: timesOf(told) || 1 };
    const rate = nodes[has(lent.rates, told.currency) ? lent.rates[told.currency] : lent.rates.USD];
    const inOwn = [made.sum, ...Object.values(made.rows)].filter((key) => figures[key].currency);
    const renamed = Object.fromEntries(inOwn.map((key) => [key, { ...figures[key], currency: told.currency }]));
    const graph = {
      nodes: { ...nodes, [made.sum]: own, [lent.times]: times, [lent.rate]: rate },
      figures: { ...figures, ...renamed },
      claims: {},
    };
    return FrontierGraph.read(graph, table);
  }

  /* What is said. */

  const numberWords = (value) =>
    FrontierGraph.read({ nodes, figures, claims: {} }, table, { [lent.times]: value }).words(lent.times);

  function said(told, reading) {
    let text = reading.words(lent.made[kindOf(told)].sum);
    if (told.unit === "power") text = fill(texts.power, text);
    else if (told.noun) text = fill(texts.counted, text, `${told.often} ${told.noun}`.trim());
    return has(texts.spans, told.per) ? fill(texts.spans[told.per], text) : text;
  }

  function sentence(told, reading) {
    return [
      said(told, reading),
      told.years !== null && fill(texts.term, numberWords(told.years)),
      texts.sorts[told.sort],
      texts.periods[told.period],
      texts.channels[told.channel],
    ].filter(Boolean).join("; ");
  }

  function notes(told) {
    const found = [];
    if (told.aside.length) found.push(fill(texts.aside, told.aside.join(", ")));
    if (told.is_plan) found.push(texts.is_plan);
    if (told.unit !== "money") return found;
    if (!has(lent.rates, told.currency)) return [...found, texts.no_rate];
    if (told.currency === "EUR") {
      const key = lent.rates.EUR;
      found.push(fill(texts.rate, plain.words(key), plain.words(key, "dated")));
    }
    return found;
  }

  /** A ratio and what it is of: "double the whole programme", "about a quarter of it". */
  function part(reading, key, name) {
    const isWhole = reading.value(key) >= table.wordings.multiple.ranges[0].least;
    return isWhole ? fill(texts.whole, reading.words(key, "multiple"), name)
      : fill(texts.part, reading.words(key, "fraction"), name);
  }

  function restated(told, reading) {
    const { rows } = lent.made[kindOf(told)];
    const alive = lent.population && [plain.words(lent.population[0]), lent.population[1]];
    const row = (name, ...more) => has(rows, name) && fill(texts.rows[name], reading.words(rows[name]), ...more);
    const isSaid = (name) => name === (told.per || (told.sort === "pace" ? "year" : "")) || name === told.period
      || (name === "year" && told.period && !told.years);
    const spread = timesOf(told) > 0 ? ["year", "month", "day", "second"].filter((name) => !isSaid(name)) : [];
    const [person, household] = isYearly(told) ? ["person_year", "households"] : ["person", "household"];
    const isPeople = told.unit === "count" && told.noun && !lent.no_people.includes(told.noun);
    return [
      ...spread.map((name) => row(name)),
      told.unit === "money" && alive && row(person, ...alive),
      isPeople && alive && fill(texts.rows.people, part(reading, rows.person, ""), ...alive).replace("  ", " "),
      told.unit === "money" && has(lent.rates, told.currency) && row(household),
    ].filter(Boolean);
  }

  /** One landmark above the number and one below it: of each side the nearest. */
  function landmarks(told, reading) {
    if (told.low < 0) return [texts.negative];
    const at = isYearly(told) ? 1 : 0;
    const kind = kindOf(told);
    const near = lent.landmarks[kind]
      .map(([name, unit], row) => ({ name, unit, key: lent.made[kind].landmarks[row][at] }))
      .filter(({ unit }) => kind === "power" || unit === told.currency || (unit === "USD" && has(lent.rates, told.currency)))
      .map((mark) => ({ ...mark, ratio: reading.value(mark.key) }));
    if (!near.length) return [texts.no_landmark];
    const nearest = (marks, isNearer) => marks.reduce((best, mark) => (best && !isNearer(mark, best) ? best : mark), null);
    const above = nearest(near.filter(({ ratio }) => ratio < 1), (a, b) => a.ratio > b.ratio);
    const below = nearest(near.filter(({ ratio }) => ratio >= 1), (a, b) => a.ratio < b.ratio);
    const frame = at ? texts.a_year_of_it : texts.all_of_it;
    const found = [above, below].filter(Boolean).map(({ key, name }) => fill(frame, part(reading, key, name)));
    return above && below ? found : [...found, texts.one_landmark];
  }

  /** The ruler on which a number is compared; empty where it is on none. */
  function rulerOf(told) {
    if (told.unit === "power") return "power";
    if (told.unit === "count") {
      const often = `${told.often} users`;
      if (has(lent.compared, often)) return often;
      return lent.staff.includes(told.noun) ? "staff" : "";
    }
    const name = forms.in_books.includes(told.sort) ? `${told.sort} ${told.period}` : told.sort;
    return has(lent.compared, name) && (!told.per || told.sort === "pace") ? name : "";
  }

  function compared(told, reading) {
    if (told.low < 0) return [];
    const ruler = rulerOf(told);
    const isForeign = told.unit === "money" && !has(lent.rates, told.currency);
    if (!ruler || isForeign) return told.unit === "money" && !told.sort ? [texts.no_ruler] : [];
    const at = isYearly(told) ? 1 : 0;
    const keys = lent.made[kindOf(told)].compared[ruler] ?? [];
    const rows = lent.compared[ruler]
      .map(([name, figure, channel], row) => ({ name, figure, channel, key: keys[row][at] }))
      .filter(({ channel }) => !told.channel || !channel || channel === told.channel);
    if (!rows.length) return [texts.no_compared];
    const found = rows.map(({ name, figure, key }) => {
      const number = plain.words(figure);
      const words = told.unit === "power" ? fill(texts.power, number) : number;
      return fill(texts.told, part(reading, key, name), words, plain.words(figure, "dated"));
    });
    const isMixed = told.open.includes("channel") && rows.some(({ channel }) => channel);
    return isMixed ? [...found, texts.any_channel] : found;
  }

  /** What is said of a number that is understood, as far as it goes. */
  function answer(told) {
    const reading = readingOf(told);
    const isKnown = Boolean(told.unit);
    return {
      understood: sentence(told, reading),
      notes: notes(told),
      restated: isKnown ? restated(told, reading) : [],
      landmarks: isKnown ? landmarks(told, reading) : [],
      compared: isKnown ? compared(told, reading) : [],
    };
  }

  /* What the reader answers. */

  const SETS = {
    unit: (told, [, , unit, currency, noun, power]) => {
      const scaled = (end) => (end === null ? null : Number(`${end}e${power}`));
      return { ...told, asked: "", unit, currency, noun, low: scaled(told.low), high: scaled(told.high) };
    },
    currency: (told, [currency]) => ({ ...told, currency }),
    bound: (told, [which]) => ({ ...told, bound: which === "could" ? told.could : which }),
    sort: (told, [sort]) => ({ ...told, sort }),
    period: (told, [period]) => ({ ...told, period }),
    term: (told, [years]) => ({ ...told, years: Number(years) }),
    channel: (told, [channel]) => ({ ...told, channel }),
    users: (told, [often]) => ({ ...told, often }),
  };
  SETS.counts = SETS.unit;

  function choicesOf(name, told) {
    if (name === "pick") return told.choices.map((words, at) => [String(at), words]);
    if (name === "sort") return Object.entries(texts.sorts);
    if (name !== "bound") return texts.choices[name];
    const labels = { could: table.qualifiers[told.could] + told.words, exactly: told.words };
    return texts.choices.bound.map(([value, label]) => [value, fill(label, labels[value])]);
  }

  const PICKS = ["which", "from_to"];

  /** What is asked first, or what is open: by the name of the question. */
  function questionsOf(told) {
    if (PICKS.includes(told.asked)) return ["pick"];
    if (told.asked) return told.asked === "unit" ? ["unit"] : [];
    return told.open;
  }

  /** A headline with the reader's answers: what is known by then, and the questions in the order of their asking. */
  function settled(headline, answers) {
    const first = reader.understand(headline);
    const questions = [];
    let told = first;
    if (PICKS.includes(first.asked)) {
      questions.push({ name: "pick", choices: choicesOf("pick", first) });
      if (questions[0].choices.some(([value]) => value === answers.pick)) {
        told = reader.understand(headline, Number(answers.pick));
      }
    }
    for (let open = questionsOf(told); open.length;) {
      const name = open.find((each) => !questions.some((asked) => asked.name === each));
      if (!name) break;
      const choices = choicesOf(name, told);
      const chosen = choices.find(([value]) => value === answers[name]);
      questions.push({ name, choices });
      if (chosen) told = SETS[name](told, chosen);
      if (chosen) told = { ...told, open: [...told.open.filter((each) => each === "bound"), ...reader.openOf(told)] };
      open = questionsOf(told);
    }
    return { told, questions };
  }

  /* The form. */

  function make(tag, attributes, ...inside) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside.filter(Boolean));
    return element;
  }

  const field = make("textarea", { id: "translate-headline", rows: "2", spellcheck: "false", "aria-describedby": "translate-hint" });
  const status = make("p", { class: "translate-status", role: "status", "aria-live": "polite" });
  const asked = make("div", { class: "translate-questions" });
  const result = make("div", { class: "translate-answer" });
  const form = make(
    "form", { class: "translate-form not-text" },
    make("label", { for: field.id }, texts.title),
    field,
    make("p", { id: "translate-hint", class: "translate-hint" }, texts.hint),
    make("p", { class: "translate-buttons" }, make("button", { type: "submit" }, texts.button),
      make("button", { type: "reset" }, texts.clear)),
    status, asked, result,
  );
  let answers = {};

  function radio(name, value, label, isChosen) {
    const input = make("input", { type: "radio", name: `translate-${name}`, value, id: `translate-${name}-${value || "open"}` });
    input.checked = isChosen;
    return make("label", {}, input, " ", label);
  }

  function question({ name, choices }) {
    const known = choices.some(([value]) => value === answers[name]);
    const isNeeded = name === "pick" || name === "unit" || name === "counts";
    return make(
      "fieldset", { "data-question": name },
      make("legend", {}, texts.questions[name]),
      ...choices.map(([value, label]) => radio(name, value, label, value === answers[name])),
      !isNeeded && radio(name, "", texts.says_nothing, !known),
    );
  }

  function refusal(told) {
    return fill(texts.asked[told.asked], told.words && `“${told.words}”`);
  }

  function section(name, rows) {
    if (!rows.length) return null;
    return make("section", {}, make("h2", {}, texts.answers[name]),
      make("ul", {}, ...rows.map((row) => make("li", {}, capital(row)))));
  }

  function linkTo() {
    const copy = make("button", { type: "button", class: "translate-copy" }, texts.copy);
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        copy.textContent = texts.copied;
      } catch { /* a browser that does not let it: the link itself is there */ }
    });
    return make("p", { class: "translate-link" }, make("a", { href: location.hash }, texts.link), " ", copy);
  }

  /** Say it anew, and leave the reader where he is. */
  function show() {
    const focused = document.activeElement?.id;
    const { told, questions } = settled(field.value, answers);
    const kept = questions.map(({ name }) => name);
    answers = Object.fromEntries(Object.entries(answers).filter(([name]) => kept.includes(name)));
    asked.replaceChildren(...questions.map(question));
    remember();
    if (told.asked) {
      status.textContent = refusal(told);
      result.replaceChildren();
    } else {
      const said = answer(told);
      status.textContent = [`${texts.understood}: ${said.understood}.`, ...said.notes].join(" ");
      const sections = Object.keys(texts.answers).map((name) => section(name, said[name]));
      result.replaceChildren(...sections.filter(Boolean), linkTo());
    }
    if (focused?.startsWith("translate-")) document.getElementById(focused)?.focus();
  }

  /* The address: the headline and the answers, after the sign for a place on the page. */

  function remember() {
    const told = new URLSearchParams({ headline: field.value.slice(0, forms.longest), ...answers });
    history.replaceState(null, "", field.value ? `#${told}` : location.pathname + location.search);
  }

  function recall() {
    const told = new URLSearchParams(location.hash.slice(1));
    if (!told.has("headline")) return;
    field.value = told.get("headline");
    answers = Object.fromEntries([...told].filter(([name]) => has(texts.questions, name)));
    show();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answers = {};
    show();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    field.value = "";
    answers = {};
    for (const part of [status, asked, result]) part.replaceChildren();
    remember();
    field.focus();
  });
  form.addEventListener("change", ({ target }) => {
    if (target.type !== "radio") return;
    answers = { ...answers, [target.name.replace("translate-", "")]: target.value };
    show();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  addEventListener("hashchange", recall);

  (place.closest("section section") ?? place).before(form);
  recall();
  globalThis.FrontierTranslated = { settled, answer };
})();

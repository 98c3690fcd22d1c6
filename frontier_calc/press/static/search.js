// What a search shows of a page: its prose, and neither its list of contents nor its code. Above the pages, the sections
// and the figures in which most of the words that were asked for are found.
(() => {
  "use strict";
  const NOT_SHOWN = "#jb-print-docs-body, .cell_input, details, table, figure, .side-note, .note-mark, .not-text";
  // A word such as "constructor" is looked up like any other: the index holds its words, and nothing that objects inherit
  // but the one question that Sphinx asks of it.
  const plain = Object.assign(Object.create(null), { hasOwnProperty: Object.prototype.hasOwnProperty });
  for (const part of [Search._index?.terms, Search._index?.titleterms]) {
    if (part) Object.setPrototypeOf(part, plain);
  }
  const textOf = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(NOT_SHOWN).forEach((part) => part.remove());
    return textOf(page.documentElement.outerHTML, anchor);
  };

  const MOST = 6; // sections, and figures
  const SMALL = new Set("a an and at by for how in is it many much of on or the to was what which who".split(" "));
  const wordsOf = (said) => (said.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").match(/[\p{L}\p{N}]+/gu) || []);
  const stem = (word) => (word.length > 4 ? word.replace(/(es|s|ing|ed)$/, "") : word);

  const ENOUGH = 0.6; // of the words that were asked for

  /** How well a thing answers: a word of its title weighs more than one of its text; nothing where too many are missing. */
  function weight(asked, thing) {
    const title = wordsOf(`${thing.page} ${thing.title}`);
    const all = [...title, ...wordsOf(thing.words)];
    const has = (words, word) => words.some((other) => other.startsWith(word));
    const found = asked.filter((word) => has(all, word));
    if (found.length < ENOUGH * asked.length) return 0;
    const inTitle = found.filter((word) => has(title, word));
    // Of two that have the words, the shorter is about them.
    return 100 * found.length + 10 * inTitle.length - Math.min(all.length, 400) / 400;
  }

  function best(asked, things) {
    const weighed = things.map((thing) => [weight(asked, thing), thing]).filter(([heavy]) => heavy > 0);
    return weighed.sort(([one], [other]) => other - one).slice(0, MOST).map(([, thing]) => thing);
  }

  function listed(heading, things) {
    const list = document.createElement("ul");
    for (const thing of things) {
      const link = document.createElement("a");
      link.href = thing.link;
      link.textContent = thing.title;
      const more = document.createElement("span");
      more.textContent = [thing.value, thing.title === thing.page ? "" : thing.page].filter(Boolean).join(" · ");
      const item = document.createElement("li");
      item.append(link, more);
      list.append(item);
    }
    const title = document.createElement("h2");
    title.textContent = heading;
    const part = document.createElement("section");
    part.className = "found";
    part.append(title, list);
    return part;
  }

  const query = new URLSearchParams(location.search).get("q") || "";
  const asked = wordsOf(query).filter((word) => !SMALL.has(word)).map(stem);
  const results = document.getElementById("search-results");
  if (!window.findable || !results || !asked.length) return;
  for (const [heading, things] of [["Sections", window.findable.sections], ["Figures", window.findable.figures]]) {
    const found = best(asked, things);
    if (found.length) results.before(listed(heading, found));
  }
})();

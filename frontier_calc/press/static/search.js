// What a search shows of a page: its prose, and neither its list of contents nor its code.
(() => {
  "use strict";
  const NOT_SHOWN = "#jb-print-docs-body, .cell_input, details.hide > summary, .not-text";
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
})();

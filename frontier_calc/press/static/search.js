// What a search shows of a page: its prose, and neither its list of contents nor its code.
(() => {
  "use strict";
  const NOT_SHOWN = "#jb-print-docs-body, .cell_input, details.hide > summary, .not-text";
  const textOf = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(NOT_SHOWN).forEach((part) => part.remove());
    return textOf(page.documentElement.outerHTML, anchor);
  };
})();

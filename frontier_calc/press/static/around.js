// What stands around a page and can be operated: its colours, the search, the lists at its sides, what scrolls sideways.
// It does what the theme's script did, which had the whole page laid out again after every change, its folded parts too.
(() => {
  "use strict";
  const page = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const remember = (storage, name, value) => {
    try {
      globalThis[storage].setItem(name, value);
    } catch {
      // a reader may forbid pages to keep anything
    }
  };
  const remembered = (storage, name) => {
    try {
      return globalThis[storage].getItem(name);
    } catch {
      return null;
    }
  };

  // Colours: day, night, or as the reader's system has it; theme.js has set what was chosen before.
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function show(mode) {
    const theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
    if (page.dataset.mode !== mode) page.dataset.mode = mode;
    if (page.dataset.theme !== theme) page.dataset.theme = theme; // whatever is set again is styled again
    all(".dropdown-menu").forEach((menu) => menu.classList.toggle("dropdown-menu-dark", theme === "dark"));
  }

  function nextMode() {
    const modes = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const mode = modes[(modes.indexOf(page.dataset.mode) + 1) % modes.length];
    show(mode);
    remember("localStorage", "mode", mode);
  }

  // The search: its field is shown and has the focus, or goes away again.
  function searchField() {
    const forms = all("form.bd-search");
    const form = forms.length > 1 ? forms.find((each) => !each.closest(".search-button__search-container")) : forms[0];
    return form?.querySelector("input");
  }

  function toggleSearch() {
    const field = searchField();
    const wrapper = document.querySelector(".search-button__wrapper");
    if (!field) return;
    if (wrapper?.contains(field)) wrapper.classList.toggle("show");
    if (document.activeElement === field) return field.blur();
    field.focus();
    field.select();
    field.scrollIntoView({ block: "center" });
  }

  function beginSearch() {
    const isApple = /^(Mac|iPhone)/.test(navigator.platform);
    if (isApple) all(".search-button__kbd-shortcut .kbd-shortcut__modifier:first-child").forEach((key) => (key.textContent = "⌘"));
    all(".search-button__button, .search-button__overlay").forEach((each) => each.addEventListener("click", toggleSearch));
    addEventListener("keydown", (event) => {
      const [wanted, other] = isApple ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
      const isAsked = wanted && !other && !event.shiftKey && !event.altKey && /^k$/i.test(event.key);
      if (isAsked) event.preventDefault();
      if (isAsked || (event.key === "Escape" && document.activeElement === searchField())) toggleSearch();
    }, true);
  }

  // The lists at the sides, which a narrow page draws out; Escape puts them back, and the focus on their button.
  function beginList(button, box, list) {
    if (!button || !box || !list) return;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      box.checked = !box.checked;
      if (box.checked) setTimeout(() => list.querySelector("a, button")?.focus(), 100); // once it is drawn out
    });
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      box.checked = false;
      button.focus();
    });
    box.addEventListener("change", () => box.checked || button.focus());
  }

  // The list of chapters stands where it was left, or so that the chapter which is read can be seen.
  function placeChapters(list) {
    const kept = parseInt(remembered("sessionStorage", "sidebar-scroll-top"), 10);
    const read = all(".bd-docs-nav .active").at(-1)?.getBoundingClientRect();
    if (!Number.isNaN(kept)) list.scrollTop = kept;
    else if (read && read.y > innerHeight / 2) list.scrollTop = read.y - list.getBoundingClientRect().y - list.clientHeight / 4;
    addEventListener("pagehide", () => remember("sessionStorage", "sidebar-scroll-top", list.scrollTop));
  }

  // What is wider than its place is a stop of the Tab key, so that arrows can scroll it; asked when it has a size, not before.
  function watchScrolling() {
    const watch = new ResizeObserver((entries) => {
      const found = entries.map(({ target }) => [target, target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight]);
      for (const [target, scrolls] of found) {
        if (scrolls) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
    });
    all("pre, .cell_output > .output").forEach((each) => watch.observe(each));
  }

  function begin() {
    show(page.dataset.mode);
    dark.addEventListener("change", () => show(page.dataset.mode));
    all(".theme-switch-button").forEach((button) => button.addEventListener("click", nextMode));
    beginSearch();
    for (const side of ["primary", "secondary"]) {
      beginList(...[`.${side}-toggle`, `#pst-${side}-sidebar-checkbox`, `.bd-sidebar-${side}`].map((each) => document.querySelector(each)));
    }
    const chapters = document.querySelector("div.bd-sidebar");
    if (chapters && document.querySelector(".bd-docs-nav")) placeChapters(chapters);
    addEventListener("activate.bs.scrollspy", () => {
      all(".bd-toc-nav a").forEach((link) => link.parentElement.classList.toggle("active", link.classList.contains("active")));
    });
    watchScrolling();
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
})();

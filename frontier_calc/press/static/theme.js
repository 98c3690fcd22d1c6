// Before the first paint: which colours the reader chose, and that scripts run.
(() => {
  "use strict";
  const page = document.documentElement;
  const kept = (name) => {
    try {
      return localStorage.getItem(name) || "";
    } catch {
      return ""; // a reader may forbid pages to keep anything
    }
  };
  page.classList.add("has-scripts");
  page.dataset.mode = kept("mode");
  page.dataset.theme = kept("theme");
  // A page opened from a folder may not fetch a font ahead; it reads it with its style sheet.
  if (location.protocol !== "file:") {
    const font = document.createElement("link");
    Object.assign(font, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: document.currentScript.dataset.font });
    document.head.append(font);
  }
})();

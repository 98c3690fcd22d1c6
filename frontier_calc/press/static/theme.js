// Before the first paint: which colours the reader chose or has, and that scripts run. What the theme sets later is the
// same, so that the page is not styled twice.
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
  const mode = kept("mode") || "auto";
  const theirs = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  page.dataset.mode = mode;
  page.dataset.theme = mode === "auto" ? theirs : mode;
  // A page opened from a folder may not fetch a font ahead; it reads it with its style sheet.
  if (location.protocol !== "file:") {
    const font = document.createElement("link");
    Object.assign(font, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: document.currentScript.dataset.font });
    document.head.append(font);
  }
})();

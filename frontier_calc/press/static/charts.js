// Draws each chart live over its static picture, in the width and the colours of the page, once it comes near.
(() => {
  "use strict";
  // The drawing for a phone is stretched up to the width in which the other one has room for its words.
  const ROOM = 700;
  const forced = window.matchMedia("(forced-colors: active)");
  const nightly = window.matchMedia("(prefers-color-scheme: dark)");

  // Where the reader's system forces its colours, its ground decides, and not the page's switch.
  const isDark = () => (forced.matches ? nightly.matches : document.documentElement.dataset.theme === "dark");

  // The bundle is nearly a megabyte: a page loads it when the first chart comes near, and not before.
  let loading;
  function load(address) {
    loading ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} did not load`));
      document.head.append(script);
    });
    return loading;
  }

  // The element in which a figure's live drawing stands, made once.
  function stage(figure) {
    let live = figure.querySelector(".chart-live");
    if (!live) {
      live = document.createElement("div");
      live.className = "chart-live";
      figure.prepend(live);
    }
    return live;
  }

  // The specification that fits the width of the page, in the colours of the page.
  function fitting({ spec, narrow, dark }, wide) {
    const config = { ...(isDark() ? dark : spec.config), background: "transparent" };
    const drawing = wide < ROOM ? narrow : spec;
    const width = Math.max(narrow.width, Math.min(wide, spec.width));
    return { ...drawing, width, config };
  }

  async function draw(figure) {
    const wide = figure.clientWidth;
    if (!wide) return;
    const source = figure.querySelector("script.chart-spec");
    await load(source.dataset.bundle);
    figure.view?.finalize();
    const spec = fitting(JSON.parse(source.textContent), wide);
    // Its styles stand in the site's own sheet: the page's policy lets none be put into the page.
    const plain = { defaultStyle: false, tooltip: { disableDefaultStyle: true } };
    const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, ...plain };
    const { view } = await vegaEmbed(stage(figure), spec, options);
    figure.view = view;
    figure.classList.add("is-live");
  }

  async function show(figure) {
    try {
      await draw(figure);
    } catch (error) {
      console.warn("The static picture stays:", error);
    }
  }

  function redraw() {
    for (const figure of document.querySelectorAll("figure.chart.is-live")) show(figure);
  }

  // Draw what comes near.
  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        show(target);
      }
    },
    { rootMargin: "600px 0px" },
  );
  for (const figure of document.querySelectorAll("figure.chart")) near.observe(figure);

  // Draw again when the width or the colours change.
  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 200);
  });
  forced.addEventListener("change", redraw);
  nightly.addEventListener("change", redraw);
  const colours = new MutationObserver(redraw);
  colours.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
})();

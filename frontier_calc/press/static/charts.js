// Draws each chart live over its static picture, in the width and the colours of the page, once it comes near.
(() => {
  "use strict";
  // The drawing for a phone is stretched up to the width in which the other one has room for its words.
  const ROOM = 700;
  const isDark = () => document.documentElement.dataset.theme === "dark";

  // The bundle is nearly a megabyte: a page loads it when the first chart comes near, and not before.
  let bundle;
  const vega = (address) =>
    (bundle ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} did not load`));
      document.head.append(script);
    }));

  async function draw(figure) {
    const source = figure.querySelector("script.chart-spec");
    const { spec, narrow, dark } = JSON.parse(source.textContent);
    const wide = figure.clientWidth;
    if (!wide) return;
    await vega(source.dataset.bundle);
    let live = figure.querySelector(".chart-live");
    if (!live) {
      live = document.createElement("div");
      live.className = "chart-live";
      figure.prepend(live);
    }
    const config = { ...(isDark() ? dark : spec.config), background: "transparent" };
    const fit = { ...(wide < ROOM ? narrow : spec), width: Math.max(narrow.width, Math.min(wide, spec.width)), config };
    figure.view?.finalize();
    const { view } = await vegaEmbed(live, fit, { mode: "vega-lite", renderer: "svg", actions: false, ast: true });
    figure.view = view;
    figure.classList.add("is-live");
  }

  const show = (figure) => draw(figure).catch((error) => console.warn("The static picture stays:", error));
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
  const drawn = () => document.querySelectorAll("figure.chart.is-live").forEach(show);

  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawn, 200);
  });
  new MutationObserver(drawn).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  document.querySelectorAll("figure.chart").forEach((figure) => near.observe(figure));
})();

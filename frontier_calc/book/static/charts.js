// Draws each chart live over its static picture, in the width and the colours of the page, once it comes near.
(() => {
  "use strict";
  const NARROW = 520;
  const isDark = () => document.documentElement.dataset.theme === "dark";

  const lines = (text, width) => {
    const found = [""];
    for (const word of [].concat(text).join(" ").split(" ")) {
      const last = found.length - 1;
      if (found[last] && (found[last] + " " + word).length > width) found.push(word);
      else found[last] = found[last] ? found[last] + " " + word : word;
    }
    return found;
  };

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

  // Texts that the picture has wrapped are wrapped anew: a line that goes on ends with a space.
  const rewrapped = (texts, width) =>
    texts
      .reduce((found, text) => (found.at(-1)?.endsWith(" ") ? [...found.slice(0, -1), found.at(-1) + text] : [...found, text]), [])
      .flatMap((text) => lines(text, width));

  // On a phone a bar has no room for words beside it: they stand in lines of their own above it.
  function stacked(spec, room) {
    const rows = [];
    let group = "";
    let at = 0;
    for (const row of (spec.layer[0].data || spec.data).values) {
      if (row.group && row.group !== group) rows.push({ heading: (group = row.group), at: (at += 26) });
      const label = lines(`${row.name}: ${row.words}`, room / 6.2);
      rows.push({ ...row, label, top: at + 18, at: (at += 16 + 14 * label.length) });
    }
    const having = (field) => ({ values: rows.filter((row) => field in row) });
    const y = { field: "at", type: "quantitative", scale: null, axis: null };
    const across = ({ yOffset, ...encoding }) => ({ ...encoding, y });
    const [bar] = spec.layer.filter(({ mark }) => mark.type === "bar");
    const ranges = spec.layer.filter(({ mark }) => mark.type === "rule");
    bar.encoding.x.axis.titleX = 0;
    const words = (field, place, fontWeight) => ({
      data: having(field),
      mark: { type: "text", align: "left", baseline: "middle", lineHeight: 14, fontWeight },
      encoding: { x: { value: 0 }, y: { ...y, field: place }, text: { field } },
    });
    spec.data = having("value");
    spec.height = at + 12;
    spec.layer = [
      { ...bar, data: having("value"), mark: { ...bar.mark, orient: "horizontal", size: 9 }, encoding: across(bar.encoding) },
      ...ranges.map((range) => ({ ...range, data: having("low"), encoding: across(range.encoding) })),
      words("label", "top", 400),
      words("heading", "at", 650),
    ];
  }

  // The texts fill the width that there is, and on a phone the axis has fewer marks.
  function fitted(spec, width) {
    const fit = structuredClone(spec);
    fit.width = width;
    fit.autosize = { type: "fit-x", contains: "padding" };
    const narrow = width < NARROW;
    fit.title.text = rewrapped(fit.title.text, width / 8.8);
    fit.title.subtitle = rewrapped(fit.title.subtitle, width / 6.7);
    for (const { encoding } of fit.layer) {
      const axis = encoding?.x?.axis;
      if (!axis) continue;
      if (Array.isArray(axis.title)) axis.title = rewrapped(axis.title, width / 6.2);
      if (narrow && axis.tickCount?.step) axis.tickCount.step *= 2;
      else if (narrow) axis.tickCount = Math.min(axis.tickCount, 4);
    }
    if (narrow && fit.layer.some(({ mark }) => mark.type === "bar")) stacked(fit, width - 24);
    return fit;
  }

  async function draw(figure) {
    const source = figure.querySelector("script.chart-spec");
    const { spec, dark } = JSON.parse(source.textContent);
    const wide = figure.clientWidth;
    if (!wide) return;
    await vega(source.dataset.bundle);
    let live = figure.querySelector(".chart-live");
    if (!live) {
      live = document.createElement("div");
      live.className = "chart-live";
      figure.prepend(live);
    }
    const fit = fitted(spec, Math.min(wide, 760));
    if (isDark()) fit.config = dark;
    fit.config.background = "transparent";
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

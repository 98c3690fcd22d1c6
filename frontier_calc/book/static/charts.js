// Draws each chart live over its static picture, in the width and the colours of the page.
(() => {
  "use strict";
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

  // A phone is narrower than the picture: titles and sources are wrapped anew.
  function fitted(spec, width) {
    const fit = structuredClone(spec);
    fit.width = width;
    fit.autosize = { type: "fit-x", contains: "padding" };
    if (width < 600) {
      const room = width - 60;
      fit.title.text = lines(fit.title.text, room / 8);
      fit.title.subtitle = fit.title.subtitle.flatMap((text) => lines(text, room / 6.4));
      for (const layer of fit.layer) {
        const axis = layer.encoding && layer.encoding.x && layer.encoding.x.axis;
        if (!axis) continue;
        if (Array.isArray(axis.title)) axis.title = axis.title.flatMap((text) => lines(text, room / 6));
        if (axis.tickCount > 3) axis.tickCount = 3;
      }
    }
    return fit;
  }

  async function draw(figure) {
    const { spec, dark } = JSON.parse(figure.querySelector("script.chart-spec").textContent);
    const wide = figure.clientWidth;
    if (!wide) return;
    let live = figure.querySelector(".chart-live");
    if (!live) {
      live = document.createElement("div");
      live.className = "chart-live";
      figure.prepend(live);
    }
    const fit = fitted(spec, Math.min(wide, 760));
    if (isDark()) fit.config = dark;
    else fit.config.background = "transparent";
    if (figure.view) figure.view.finalize();
    const { view } = await vegaEmbed(live, fit, { mode: "vega-lite", renderer: "svg", actions: false, ast: true });
    figure.view = view;
    figure.classList.add("is-live");
  }

  const drawAll = () => {
    for (const figure of document.querySelectorAll("figure.chart")) {
      draw(figure).catch((error) => console.warn("The static picture stays:", error));
    }
  };

  let width = window.innerWidth;
  let waiting = 0;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, 200);
  });
  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  drawAll();
})();

// Lets a reader ask a chart: the nearest point under a pointer, and every point by the keys, says its value, its date and
// its sources, and opens its card. The drawing itself is part of the page and needs no script.
(() => {
  "use strict";
  const COLUMNS = ["wide", "narrow"]; // a drawing for each; the page shows the one that fits

  function make(tag, name, ...inside) {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...inside);
    return element;
  }

  // Points.

  // Where a shape is asked: a point in its middle, a bar at its end, an arrow half way. Across in shares of the drawing, as
  // the shape itself has it, so that the place stays right in any width.
  function placeOf(shape) {
    const number = (name) => parseFloat(shape.getAttribute(name) || "0");
    if (shape.tagName === "circle") return [number("cx"), number("cy")];
    if (shape.tagName === "rect") return [number("x") + number("width"), number("y") + number("height") / 2];
    return [(number("x1") + number("x2")) / 2, (number("y1") + number("y2")) / 2];
  }

  // A link over the point: the number of the table below, which has its card and its row in the ledger sheet.
  function pointOf(shape, figure) {
    const key = shape.dataset.figure;
    const number = figure.querySelector(`.chart-data .figure[data-figure="${key}"]`);
    if (!number) return null;
    const told = shape.querySelector("title").textContent.split("\n");
    const link = make("a", "figure", number.textContent);
    Object.assign(link.dataset, number.dataset);
    link.href = number.getAttribute("href") || `#${figure.id}`;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-label", told.join(", "));
    const point = { link, shape, told };
    place(point);
    return point;
  }

  function place({ link, shape }) {
    const [x, y] = placeOf(shape);
    link.style.left = `${x}%`;
    link.style.top = `${y}px`;
  }

  /** Where a drawing follows a reader's numbers, so does what is asked of it. */
  function askAnew(point) {
    point.told = point.shape.querySelector("title").textContent.split("\n");
    point.link.setAttribute("aria-label", point.told.join(", "));
    place(point);
  }

  function pointsOf(figure, column) {
    const shapes = figure.querySelectorAll(`.drawing.${column} [data-figure]`);
    return [...shapes].map((shape) => pointOf(shape, figure)).filter((point) => point);
  }

  // How far a pointer is from a shape: nothing where it is on it. A bar is asked in the whole of its row.
  function distance(shape, x, y) {
    const { left, top, right, bottom } = shape.getBoundingClientRect();
    const across = Math.max(left - x, 0, x - right);
    const down = Math.max(top - y, 0, y - bottom);
    return shape.tagName === "rect" ? Math.hypot(across / 20, down) : Math.hypot(across, down);
  }

  function nearest(points, x, y) {
    let found = null;
    let least = Infinity;
    for (const point of points) {
      const far = distance(point.shape, x, y);
      if (far < least) [found, least] = [point, far];
    }
    return found;
  }

  // One chart.

  function enliven(figure) {
    const stage = figure.querySelector(".chart-stage");
    const tip = make("div", "chart-tip");
    tip.setAttribute("aria-hidden", "true");
    tip.hidden = true;
    let shown = null;

    function hide() {
      shown?.link.classList.remove("is-near");
      shown = null;
      tip.hidden = true;
    }

    function show(point) {
      if (point === shown) return;
      hide();
      if (!point || document.querySelector(".provenance:popover-open")) return; // a card tells more
      shown = point;
      point.link.classList.add("is-near");
      tip.replaceChildren(...point.told.map((line) => make("span", "", line)));
      tip.hidden = false;
      const { offsetLeft, offsetTop } = point.link;
      const across = offsetLeft + 9 + 14;
      const fits = across + tip.offsetWidth <= stage.clientWidth;
      tip.style.left = `${fits ? across : Math.max(0, offsetLeft + 9 - 14 - tip.offsetWidth)}px`;
      tip.style.top = `${offsetTop + 9 - tip.offsetHeight - 10}px`;
    }

    const drawn = COLUMNS.map((column) => {
      const points = pointsOf(figure, column);
      const layer = make("div", `chart-points ${column}`, ...points.map(({ link }) => link));
      walkable(points);
      return { layer, points };
    }).filter(({ points }) => points.length);
    if (!drawn.length) return;
    stage.append(...drawn.map(({ layer }) => layer), tip);
    stage.classList.add("can-ask");
    const seen = () => drawn.find(({ layer }) => layer.offsetParent !== null)?.points || [];

    figure.addEventListener("redrawn", () => {
      hide();
      drawn.forEach(({ points }) => points.forEach(askAnew));
    });

    let waiting = 0;
    stage.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") return; // a finger scrolls; its tap opens the card
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => show(nearest(seen(), event.clientX, event.clientY)));
    });
    stage.addEventListener("pointerleave", () => {
      cancelAnimationFrame(waiting);
      hide();
    });
    stage.addEventListener("focusin", (event) => show(seen().find(({ link }) => link === event.target)));
    stage.addEventListener("focusout", hide);
    stage.addEventListener("click", (event) => {
      if (event.target.closest(".provenance, a")) return;
      const point = nearest(seen(), event.clientX, event.clientY);
      if (!point) return;
      point.link.click(); // the card of a number opens at a click on it
      hide();
    });
  }

  // One stop of the Tab key for a chart; the arrows go from point to point.
  function walkable(points) {
    const links = points.map(({ link }) => link);
    links.forEach((link, at) => {
      link.tabIndex = at ? -1 : 0;
      link.addEventListener("keydown", (event) => {
        const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
        const next = links[steps[event.key]];
        if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        link.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      });
    });
  }

  // The row below a chart.

  function attend(figure) {
    const unfolded = () => figure.querySelectorAll(".chart-tools > details[open]");
    figure.querySelector(".chart-link")?.addEventListener("click", () => unfolded().forEach((part) => (part.open = false)));
    // The page knows where it was opened; the citation then says so.
    if (location.protocol !== "https:") return;
    const here = `${location.origin}${location.pathname}#${figure.id}`;
    for (const told of figure.querySelectorAll(".citation")) {
      told.textContent = told.textContent.replaceAll(told.dataset.address, here);
    }
  }

  for (const figure of document.querySelectorAll("figure.chart")) {
    enliven(figure);
    attend(figure);
  }
})();

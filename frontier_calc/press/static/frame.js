// What moves in the frame of a page: the menus of its head, the names of its buttons, the place in the list of contents,
// and the way back to the top. It does what Bootstrap's script did for the theme, which is twenty times as long.
(() => {
  "use strict";

  // Menus: a button opens the list beside it; a press elsewhere, the tab key and Escape close it, arrows walk in it.
  const TOGGLES = '[data-bs-toggle="dropdown"]';
  const menuOf = (toggle) => toggle.parentElement.querySelector(".dropdown-menu");
  const isOpen = (toggle) => toggle.classList.contains("show");

  function setOpen(toggle, open) {
    for (const part of [toggle, menuOf(toggle)]) part.classList.toggle("show", open);
    toggle.setAttribute("aria-expanded", String(open));
    if (open) placeMenu(toggle, menuOf(toggle));
  }

  /** Below its button, from the button's left edge or as near to it as the window has room. */
  function placeMenu(toggle, menu) {
    Object.assign(menu.style, { inset: "0px auto auto 0px", margin: "0px", position: "absolute", transform: "none" });
    const button = toggle.getBoundingClientRect(), at = menu.getBoundingClientRect();
    const right = Math.min(button.left, document.documentElement.clientWidth - at.width);
    menu.style.transform = `translate(${Math.round(Math.max(0, right) - at.left)}px, ${Math.round(button.bottom + 2 - at.top)}px)`;
  }

  function closeOthers(inside) {
    for (const toggle of document.querySelectorAll(`${TOGGLES}.show`)) {
      if (!inside?.(toggle)) setOpen(toggle, false);
    }
  }

  function walk(toggle, key, from) {
    setOpen(toggle, true);
    const items = [...menuOf(toggle).querySelectorAll(".dropdown-item")];
    const at = items.indexOf(from), down = key === "ArrowDown";
    const next = at < 0 ? (down ? 0 : items.length - 1) : Math.min(Math.max(at + (down ? 1 : -1), 0), items.length - 1);
    items[next]?.focus();
  }

  document.addEventListener("click", (event) => {
    const toggle = event.target.closest(TOGGLES);
    closeOthers((other) => other === toggle);
    if (!toggle) return;
    setOpen(toggle, !isOpen(toggle));
    toggle.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    // On a phone a touch beside all buttons is no click.
    if (event.button !== 2) closeOthers((toggle) => toggle.parentElement.contains(event.target));
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Tab") closeOthers((toggle) => toggle.parentElement.contains(event.target));
  });
  document.addEventListener("keydown", (event) => {
    const toggle = event.target.closest?.(`${TOGGLES}, .dropdown-menu`)?.parentElement.querySelector(TOGGLES);
    if (!toggle) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      walk(toggle, event.key, event.target);
    } else if (event.key === "Escape" && isOpen(toggle)) {
      setOpen(toggle, false);
      toggle.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  // Names: what a button is for, shown beside it while it is pointed at or has the focus.
  const SHOW = 500, HIDE = 100, FADE = 150; // milliseconds
  const GAP = 6; // pixels between a button and its name
  let count = 0;

  /** Where a name's left and top edges are if it stands on one side of its button. */
  const SIDES = {
    top: (of, w, h) => [of.left + (of.width - w) / 2, of.top - GAP - h],
    right: (of, w, h) => [of.right + GAP, of.top + (of.height - h) / 2],
    bottom: (of, w, h) => [of.left + (of.width - w) / 2, of.bottom + GAP],
    left: (of, w, h) => [of.left - GAP - w, of.top + (of.height - h) / 2],
  };

  function placeTip(tip, button, wished) {
    tip.dataset.popperPlacement = wished; // which leaves room for the arrow
    const of = button.getBoundingClientRect(), { offsetWidth: w, offsetHeight: h } = tip;
    const { clientWidth: wide, clientHeight: high } = document.documentElement;
    const fits = (side) => {
      const [left, top] = SIDES[side](of, w, h);
      return left >= 0 && top >= 0 && left + w <= wide && top + h <= high;
    };
    const side = [wished, "top", "right", "bottom", "left"].find(fits) || wished;
    const across = side === "top" || side === "bottom";
    let [left, top] = SIDES[side](of, w, h);
    left = Math.min(Math.max(left, 0), wide - w);
    tip.dataset.popperPlacement = side;
    tip.style.transform = `translate(${Math.floor(left + scrollX)}px, ${Math.round(top + scrollY)}px)`;
    const arrow = tip.firstElementChild;
    const shift = across ? of.left + of.width / 2 - left - arrow.offsetWidth / 2 : (h - arrow.offsetHeight) / 2;
    Object.assign(arrow.style, { left: across ? "0px" : "", top: across ? "" : "0px" });
    arrow.style.transform = across ? `translate(${Math.round(shift)}px, 0px)` : `translate(0px, ${Math.round(shift)}px)`;
  }

  function tipOf(words) {
    const tip = document.createElement("div");
    tip.className = "tooltip bs-tooltip-auto fade";
    tip.id = `tooltip-${++count}`;
    tip.setAttribute("role", "tooltip");
    Object.assign(tip.style, { position: "absolute", inset: "0px auto auto 0px", margin: "0px" });
    for (const [part, said] of [["tooltip-arrow", ""], ["tooltip-inner", words]]) {
      const inner = document.createElement("div");
      inner.className = part;
      inner.textContent = said;
      tip.append(inner);
    }
    tip.firstElementChild.style.position = "absolute"; // the arrow takes no room
    return tip;
  }

  function nameOnDemand(button) {
    const words = button.title;
    if (!words) return;
    if (!button.getAttribute("aria-label") && !button.textContent.trim()) button.setAttribute("aria-label", words);
    button.removeAttribute("title"); // the browser would show it as well
    const why = new Set();
    let tip = null, timer = 0;

    function show() {
      if (tip) return;
      tip = tipOf(words);
      document.body.append(tip);
      button.setAttribute("aria-describedby", tip.id);
      placeTip(tip, button, button.dataset.bsPlacement || "top");
      tip.classList.add("show");
    }
    function hide() {
      const old = tip;
      tip = null;
      old?.classList.remove("show");
      button.removeAttribute("aria-describedby");
      setTimeout(() => old?.remove(), FADE);
    }
    function change(reason, holds) {
      why[holds ? "add" : "delete"](reason);
      clearTimeout(timer);
      timer = why.size ? setTimeout(show, SHOW) : setTimeout(hide, HIDE);
    }
    button.addEventListener("mouseenter", () => change("pointed at", true));
    button.addEventListener("mouseleave", () => change("pointed at", false));
    button.addEventListener("focusin", () => change("focus", true));
    button.addEventListener("focusout", () => change("focus", false));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && tip) hide();
    });
  }

  // The list of contents: the section that is read is marked, and so are those that it is part of.
  function followReading(list) {
    const links = new Map();
    for (const link of list.querySelectorAll("a[href]")) {
      const section = link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (section && section.checkVisibility()) links.set(section, link);
    }
    let current = null, last = 0, lastTop = 0;

    function clear(part) {
      for (const one of [part, ...part.querySelectorAll(".active")]) if (one.matches("a, nav")) one.classList.remove("active");
    }
    function mark(section) {
      lastTop = section.offsetTop;
      const link = links.get(section);
      if (link === current) return;
      clear(list);
      current = link;
      link.classList.add("active");
      for (let within = link.closest(".nav"); within && list.contains(within); within = within.parentElement.closest(".nav")) {
        within.parentElement.querySelector(":scope > .nav-link")?.classList.add("active");
      }
      document.body.dispatchEvent(new Event("activate.bs.scrollspy", { bubbles: true })); // the theme marks the lines
    }
    function seen(entries) {
      const now = document.documentElement.scrollTop, down = now >= last;
      last = now;
      for (const entry of entries) {
        if (!entry.isIntersecting) {
          current = null;
          clear(links.get(entry.target));
          continue;
        }
        const lower = entry.target.offsetTop >= lastTop;
        if (down === lower) mark(entry.target);
        if (down && lower && !now) return;
      }
    }
    const margin = document.body.dataset.bsRootMargin || "0px 0px -25%";
    const observer = new IntersectionObserver(seen, { rootMargin: margin, threshold: [0.1, 0.5, 1] });
    for (const section of links.keys()) observer.observe(section);
  }

  // Back to the top: offered to who scrolls up.
  function offerTheTop(button) {
    const head = document.querySelector(".bd-header")?.getBoundingClientRect().bottom || 0;
    let last = scrollY;
    button.addEventListener("click", () => scrollTo(0, 0));
    addEventListener("scroll", () => {
      button.style.display = last > scrollY && scrollY > head ? "block" : "none";
      last = scrollY;
    });
  }

  function begin() {
    document.querySelectorAll('[data-bs-toggle="tooltip"]').forEach(nameOnDemand);
    const button = document.getElementById("pst-back-to-top");
    if (button) offerTheTop(button);
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
  addEventListener("load", () => {
    const list = document.querySelector(document.body.dataset.bsTarget || ".bd-toc-nav");
    if (list) followReading(list);
  });
})();

// Narrows the table of every figure, by words, by chapter and by tag, and the lists of sources and the points of the
// reconciliation, by words. The table is folded, page by page. Without scripts the whole of them is simply there.
(() => {
  "use strict";
  const table = document.querySelector("table.every-figure");
  const lists = [...document.querySelectorAll("ol.sources")];
  const folds = [...document.querySelectorAll("details.points")];
  const [first, what] = table ? [table.parentElement, "figures"] : lists.length ? [lists[0], "sources"] : [folds[0]?.closest(".cell") ?? folds[0], "points"];
  if (!first) return;
  const rows = [...document.querySelectorAll(":is(.every-figure, .points) tr[id], ol.sources > li")]
    .map((row) => ({ row, text: row.textContent.toLowerCase() }));
  // What is put away does not count: each source keeps the number that it has in the whole list.
  for (const list of lists) [...list.children].forEach((source, at) => { source.value = list.start + at; });

  function named(text, control) {
    const field = document.createElement("div"), label = document.createElement("label");
    control.id = label.htmlFor = `filter-${text.toLowerCase()}`;
    label.textContent = text;
    field.append(label, control);
    return field;
  }

  function choice(all, options) {
    const select = document.createElement("select");
    select.append(new Option(all, ""), ...options.map(([value, text]) => new Option(text, value)));
    return select;
  }

  const words = document.createElement("input");
  words.type = "search";
  const groups = table ? [...table.tBodies] : [];
  const chapter = choice("all", groups.map((group) => [group.dataset.chapter, group.rows[0].textContent]));
  const tag = choice("all", [...new Set(rows.map(({ row }) => row.dataset.tag))].map((name) => [name, name]));
  const left = document.createElement("output");
  left.setAttribute("aria-live", "polite");

  const form = document.createElement("form");
  form.className = "filter not-text";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", table ? "Filter the table of figures" : `Filter the ${what}`);
  form.append(named("Words", words));
  if (table) form.append(named("Chapter", chapter), named("Tag", tag));
  form.append(left);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    narrow();
    toTheFirst();
  });
  first.before(form);

  // A page of the table is a line that unfolds its figures.
  function unfold(group, open) {
    group.classList.toggle("is-open", open);
    group.rows[0].querySelector("button").setAttribute("aria-expanded", String(open));
  }

  for (const group of groups) {
    const head = group.rows[0].cells[0];
    const button = document.createElement("button");
    const count = document.createElement("span");
    button.type = "button";
    button.textContent = head.textContent;
    count.className = "count";
    count.textContent = `, ${group.rows.length - 1} figures`;
    head.replaceChildren(button);
    button.append(count);
    button.addEventListener("click", () => unfold(group, !group.classList.contains("is-open")));
  }

  function narrow() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of rows) {
      const fits = (!chapter.value || row.parentElement.dataset.chapter === chapter.value)
        && (!tag.value || row.dataset.tag === tag.value)
        && wanted.every((word) => text.includes(word));
      row.hidden = !fits;
      count += fits;
    }
    for (const group of groups) {
      group.hidden = ![...group.rows].some((row) => row.id && !row.hidden);
      unfold(group, Boolean(wanted.length || chapter.value || tag.value));
    }
    for (const fold of folds) {
      const some = fold.querySelector("tr[id]:not([hidden])");
      fold.hidden = !some;
      fold.open = Boolean(some && wanted.length);
    }
    left.value = `${count} of ${rows.length} ${what}`;
  }

  // What is left begins under the form, which stays in sight: whoever asks from far down is led to it.
  function toTheFirst() {
    const under = parseFloat(getComputedStyle(form).top) + form.offsetHeight;
    const beyond = first.getBoundingClientRect().top - under;
    if (beyond < -1) scrollBy({ top: beyond, behavior: "instant" });
  }

  // A link to what is folded unfolds it, and one to what the filter has put away brings all of it back.
  function arrive() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || row.checkVisibility()) return;
    if (row.hidden) {
      form.reset();
      narrow();
    }
    const fold = row.closest("details");
    if (fold) fold.open = true;
    if (table) unfold(row.parentElement, true);
    row.scrollIntoView();
  }

  addEventListener("hashchange", arrive);
  narrow();
  arrive();
})();

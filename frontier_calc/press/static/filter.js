// Narrows the table of every figure: by words, by chapter, by tag. Without scripts the whole table is simply there.
(() => {
  "use strict";
  const table = document.querySelector("table.every-figure");
  if (!table) return;
  const rows = [...table.querySelectorAll("tr[id]")].map((row) => ({ row, text: row.textContent.toLowerCase() }));
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
  const groups = [...table.tBodies];
  const chapter = choice("all", groups.map((group) => [group.dataset.chapter, group.rows[0].textContent]));
  const tag = choice("all", [...new Set(rows.map(({ row }) => row.dataset.tag))].map((name) => [name, name]));
  const left = document.createElement("output");
  left.setAttribute("aria-live", "polite");

  const form = document.createElement("form");
  form.className = "filter not-text";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Filter the table of figures");
  form.append(named("Words", words), named("Chapter", chapter), named("Tag", tag), left);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", narrow);
  table.parentElement.before(form);

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
    for (const group of groups) group.hidden = ![...group.rows].some((row) => row.id && !row.hidden);
    left.value = `${count} of ${rows.length} figures`;
  }

  // A link to a figure that the filter has put away brings the whole table back.
  function arrive() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.hidden) return;
    form.reset();
    narrow();
    row.scrollIntoView();
  }

  addEventListener("hashchange", arrive);
  narrow();
})();

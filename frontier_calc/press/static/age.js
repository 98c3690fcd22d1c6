// Says at the top of a page how old it is on the reader's day, and which of its forecasts have come due since.
(() => {
  "use strict";
  const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
  const number = (n) => NUMBERS[n] || String(n);
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const some = (n, unit) => (n === 1 ? `${unit === "hour" ? "an" : "a"} ${unit}` : `${number(n)} ${unit}s`);

  const day = (text) => {
    const [year, month, date] = text.split("-").map(Number);
    return new Date(year, month - 1, date);
  };

  // "seven weeks", "almost six months", "over a year": whole units, with a word for what they leave out.
  function age(from, to) {
    const days = Math.round((to - from) / 86400000);
    if (days < 60) return some(Math.round(days / 7), "week");
    const months = days / 30.44;
    const [length, unit] = months < 11.7 ? [months, "month"] : [months / 12, "year"];
    const near = Math.round(length);
    const slack = unit === "year" ? 0.04 : 0.12;
    if (Math.abs(length - near) <= slack) return some(near, unit);
    const up = Math.ceil(length);
    return up - length < 0.3 ? `almost ${some(up, unit)}` : `over ${some(up - 1, unit)}`;
  }

  function verdict(due, all) {
    if (all === 1) return due ? "Its one forecast has come due since" : "Its one forecast has not come due yet";
    if (!due) return `None of its ${number(all)} forecasts has come due yet`;
    if (due === all) return `${all === 2 ? "Both" : `All ${number(all)}`} of its forecasts have come due since`;
    return `${capital(number(due))} of its ${number(all)} forecasts ${due === 1 ? "has" : "have"} come due since`;
  }

  class EditionAge extends HTMLElement {
    connectedCallback() {
      const now = new Date();
      const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
      const read = day(this.dataset.asOf);
      if (today - read < 42 * 86400000 || this.firstChild) return;
      const forecasts = JSON.parse(this.dataset.forecasts);
      const due = forecasts.filter((forecast) => day(forecast.end) < today);
      this.setAttribute("role", "note");
      const known = this.dataset.brief === undefined ? `This page tells what was known on ${this.dataset.read},` : "That was";
      this.append(`${known} ${age(read, today)} ago.`);
      if (!forecasts.length) return;
      this.append(` ${verdict(due.length, forecasts.length)}${due.length ? ": " : "."}`);
      due.forEach((forecast, at) => {
        const what = document.createElement(forecast.to ? "a" : "span");
        if (forecast.to) what.href = forecast.to;
        what.textContent = forecast.what;
        this.append(what, at < due.length - 1 ? "; " : ".");
      });
    }
  }
  customElements.define("edition-age", EditionAge);
})();

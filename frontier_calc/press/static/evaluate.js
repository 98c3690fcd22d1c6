/* The browser's evaluator: the same graph, the same words as in Python.
 *
 * FrontierGraph.evaluate(graph, key, given): the value of a figure; `given` puts other values in place of leaves.
 * FrontierGraph.words(table, value, currency, qualifier, style): a number in words, by the table of words.json.
 */
(() => {
  const sum = (terms) => {
    // Exact partial sums (Shewchuk), as math.fsum: so that both evaluators agree to the last bit.
    const partials = [];
    for (let x of terms) {
      let kept = 0;
      for (let y of partials) {
        if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
        const high = x + y;
        const low = y - (high - x);
        if (low) partials[kept++] = low;
        x = high;
      }
      partials.length = kept;
      partials.push(x);
    }
    return partials.reduce((a, b) => a + b, 0);
  };

  const OPERATIONS = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "×": (a, b) => a * b,
    "÷": (a, b) => a / b,
    "^": (a, b) => a ** b,
    ln: Math.log,
    exp: Math.exp,
    min: Math.min,
    max: Math.max,
    sum: (...terms) => sum(terms),
    choose: (a, b, larger, otherwise) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : a > b ? larger : otherwise),
    days: (start, end) => end - start,
  };

  function evaluate(graph, key, given = {}) {
    const done = new Map();
    const value = (key) => {
      if (!done.has(key)) {
        const node = graph.nodes[key];
        const made = node.op ? OPERATIONS[node.op](...node.of.map(value)) : key in given ? given[key] : node.value ?? NaN;
        done.set(key, made);
      }
      return done.get(key);
    };
    return value(key);
  }

  /* A number as sign, digits and the power of ten of its first digit: rounding on decimal digits, as in Python. */
  function decimal(value) {
    const [mantissa, exponent] = Math.abs(value).toExponential().split("e");
    return { negative: value < 0, digits: mantissa.replace(".", ""), power: Number(exponent) };
  }

  function round(number, keep, qualifier) {
    const { negative, digits } = number;
    if (digits.length <= keep) return number;
    const rest = digits.slice(keep);
    const last = Number(digits[keep - 1]);
    const half = rest[0] === "5" && /^50*$/.test(rest);
    const some = /[1-9]/.test(rest);
    const away = { over: negative && some, under: !negative && some, "up to": !negative && some };
    const up = qualifier in away ? away[qualifier] : half ? last % 2 === 1 : rest[0] >= "5";
    let whole = BigInt(digits.slice(0, keep)) + (up ? 1n : 0n);
    let text = whole.toString();
    let power = number.power;
    if (text.length > keep) power += 1;
    text = text.replace(/0+$/, "") || "0";
    return { negative, digits: text, power };
  }

  function rounded(table, value, digits, qualifier = "exactly") {
    return round(round(decimal(value), table.digits.noise, "exactly"), digits, qualifier);
  }

  function plainText({ digits, power }, scale, cents) {
    const places = power - scale;
    let whole = "0";
    let part = "";
    if (places >= 0) {
      const padded = digits.padEnd(places + 1, "0");
      whole = padded.slice(0, places + 1);
      part = padded.slice(places + 1);
    } else {
      part = "0".repeat(-places - 1) + digits;
    }
    if (cents && part) part = part.padEnd(2, "0");
    whole = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return part ? `${whole}.${part}` : whole;
  }

  function outside(table, value) {
    return Number.isNaN(value) ? table.unknown : Number.isFinite(value) ? "" : table.unbounded;
  }

  function phrase(table, value, currency, qualifier, digits) {
    if (outside(table, value)) return outside(table, value);
    // Tens of dollars take a fourth digit, so that their cents are right.
    const cents = currency in table.currencies && digits === undefined && Math.abs(value) >= 10 && Math.abs(value) < 100;
    const keep = digits ?? table.digits.plain + cents;
    const number = value === 0 ? { negative: false, digits: "0", power: 0 } : rounded(table, value, keep, qualifier);
    const [scale, word] = table.scales.find(([power]) => value !== 0 && number.power >= power) ?? [0, ""];
    const symbol = table.currencies[currency] ?? "";
    const text = plainText(number, scale, symbol && !word);
    return `${table.qualifiers[qualifier]}${number.negative ? table.minus : ""}${symbol}${text}${word && ` ${word}`}`;
  }

  function percent(table, value, qualifier) {
    if (outside(table, value)) return outside(table, value);
    const size = value ? Math.floor(Math.log10(Math.abs(value) * 100)) + 1 : 1;
    const digits = value ? Math.max(table.digits.percent, size) : 1;
    const number = value === 0 ? { negative: false, digits: "0", power: 0 } : rounded(table, value * 100, digits, qualifier);
    return `${table.qualifiers[qualifier]}${number.negative ? table.minus : ""}${plainText(number, 0, false)} per cent`;
  }

  function words(table, value, currency = "", qualifier = "exactly", style = "plain") {
    if (style === "year") return outside(table, value) || table.years[qualifier].replace("{}", value.toFixed(0));
    return style === "percent" ? percent(table, value, qualifier) : phrase(table, value, currency, qualifier);
  }

  globalThis.FrontierGraph = { evaluate, words };
})();

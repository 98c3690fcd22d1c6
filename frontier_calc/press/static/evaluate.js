/* The browser's evaluator: the same graph, the same words and the same claims as in Python.
 *
 *   const reading = FrontierGraph.read(graph, table, { [leafKey]: 4e10 }, before);
 *   reading.value(key)           the number
 *   reading.tag(key)             reported, estimated, projected, illustrative, or "" for an exact constant
 *   reading.interval(key)        [low, high], or null where nothing underneath has a range
 *   reading.qualifier(key)       exactly, about, over, under or up to
 *   reading.words(key, "fold")   the figure in one of its wordings
 *   reading.claim(id)            which sentence is the true one, and its words
 *
 * `graph` is what frontier_calc/press/export.py writes, or what `FrontierGraph.unpack` makes of the smaller one of a page
 * (frontier_calc/press/live.py); `table` is frontier_calc/words.json: no threshold and no word is typed here. A number put
 * in place of a leaf is an assumption: illustrative, exact, and without a range. `before` is another reading of the same
 * graph: what rests on none of the numbers in which the two differ is taken from there.
 *
 * A plain script, for pages opened as files too; it evaluates no text as code. Rounding is the browser's own,
 * Intl.NumberFormat on decimal text; FrontierGraph.supported is false in a browser that cannot round to a side.
 */
(() => {
  "use strict";

  /* ---------------------------------------------------------------- Operations */

  /** The sum without a loss, after Shewchuk and as Python's math.fsum: both agree to the last bit. */
  function exactSum(...terms) {
    const plain = terms.reduce((total, term) => total + term, 0);
    if (!Number.isFinite(plain)) return plain;
    const partials = [];
    for (const term of terms) addPartial(partials, term);
    return roundPartials(partials);
  }

  /** Add a term to partial sums that do not overlap. */
  function addPartial(partials, term) {
    let rest = term;
    let kept = 0;
    for (const partial of [...partials]) {
      const [larger, smaller] = Math.abs(rest) < Math.abs(partial) ? [partial, rest] : [rest, partial];
      const high = larger + smaller;
      const low = smaller - (high - larger);
      if (low !== 0) {
        partials[kept] = low;
        kept += 1;
      }
      rest = high;
    }
    partials.length = kept;
    partials.push(rest);
  }

  /** The one number nearest to the sum of the partials; a middle goes to the even digit. */
  function roundPartials(partials) {
    let total = partials.pop() ?? 0;
    while (partials.length) {
      const before = total;
      const next = partials.pop();
      total = before + next;
      const lost = next - (total - before);
      if (lost === 0) continue;
      const following = partials.at(-1) ?? 0;
      if (lost * following > 0) {
        // What was lost is half a last digit, and more of the same sign follows: round away from the middle.
        const twice = lost * 2;
        const further = total + twice;
        if (twice === further - total) total = further;
      }
      break;
    }
    return total;
  }

  /** A power as IEEE 754 has it: one to any power is one, where JavaScript says that it is no number. */
  function power(base, exponent) {
    if (base === 1) return 1;
    if (base === -1 && Math.abs(exponent) === Infinity) return 1;
    return base ** exponent;
  }

  function choose(a, b, ifLarger, otherwise) {
    if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
    return a > b ? ifLarger : otherwise;
  }

  const OPERATIONS = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "×": (a, b) => a * b,
    "÷": (a, b) => a / b,
    "^": power,
    ln: Math.log,
    exp: Math.exp,
    min: Math.min,
    max: Math.max,
    sum: exactSum,
    choose,
    days: (start, end) => end - start,
  };

  const RELATIONS = {
    ">": (a, b) => a > b,
    ">=": (a, b) => a >= b,
    "<": (a, b) => a < b,
    "<=": (a, b) => a <= b,
  };

  /* ---------------------------------------------------------------- Ranges: interval arithmetic */

  /** The smaller and the larger of two numbers; one that is none is left out. */
  function smaller(a, b) {
    if (Number.isNaN(a)) return b;
    return b < a ? b : a;
  }

  function larger(a, b) {
    if (Number.isNaN(a)) return b;
    return b > a ? b : a;
  }

  function hull(...candidates) {
    return [candidates.reduce(smaller), candidates.reduce(larger)];
  }

  /** a × b, where nothing times something without limit is nothing. */
  function product(a, b) {
    const isNothing = (a === 0 && Math.abs(b) === Infinity) || (b === 0 && Math.abs(a) === Infinity);
    return isNothing ? 0 : a * b;
  }

  function multiplyRanges([aLow, aHigh], [bLow, bHigh]) {
    return hull(product(aLow, bLow), product(aLow, bHigh), product(aHigh, bLow), product(aHigh, bHigh));
  }

  /** a ÷ b: without limit on either side where b may be above and below nothing. */
  function divideRanges([aLow, aHigh], [bLow, bHigh]) {
    if (bLow < 0 && bHigh > 0) return [-Infinity, Infinity];
    // A divisor that ends at nothing comes there from its own side.
    const below = bHigh === 0 && bLow < 0 ? -0 : bHigh;
    const above = bLow === 0 ? 0 : bLow;
    return hull(aLow / above, aLow / below, aHigh / above, aHigh / below);
  }

  /** a to the power of b: for a negative base only where the exponent is one whole number. */
  function powerRanges([aLow, aHigh], [bLow, bHigh]) {
    const isWhole = bLow === bHigh && Number.isInteger(bLow);
    const lowest = isWhole || aHigh < 0 ? aLow : larger(aLow, 0);
    const [low, high] = hull(power(lowest, bLow), power(lowest, bHigh), power(aHigh, bLow), power(aHigh, bHigh));
    const isAcross = lowest < 0 && aHigh > 0;
    const isEven = bLow % 2 === 0;
    if (isAcross && bLow < 0) return [isEven ? low : -Infinity, Infinity];
    if (isAcross && isEven && bLow > 0) return [0, high];
    return [low, high];
  }

  function logarithmRange([low, high]) {
    return [Math.log(high >= 0 ? larger(low, 0) : low), Math.log(high)];
  }

  /** `larger` where a > b is sure, `otherwise` where it cannot be, and both together where it is open. */
  function chooseRange(a, b, ifLarger, otherwise) {
    if ([...a, ...b].some(Number.isNaN)) return [NaN, NaN];
    if (a[0] > b[1]) return ifLarger;
    if (a[1] <= b[0]) return otherwise;
    return hull(ifLarger[0], otherwise[0], ifLarger[1], otherwise[1]);
  }

  /** An operation that may be applied to the low ends and to the high ends. */
  function endByEnd(operation) {
    return (...terms) => [operation(...terms.map(([low]) => low)), operation(...terms.map(([, high]) => high))];
  }

  function subtractRanges([aLow, aHigh], [bLow, bHigh]) {
    return [aLow - bHigh, aHigh - bLow];
  }

  const RANGES = {
    "+": endByEnd(OPERATIONS["+"]),
    "-": subtractRanges,
    "×": multiplyRanges,
    "÷": divideRanges,
    "^": powerRanges,
    ln: logarithmRange,
    exp: endByEnd(Math.exp),
    min: endByEnd(Math.min),
    max: endByEnd(Math.max),
    sum: endByEnd(exactSum),
    choose: chooseRange,
    days: (start, end) => subtractRanges(end, start),
  };

  /* ---------------------------------------------------------------- Numbers as digits */

  const formatters = new Map();

  /** A formatter of decimal text; made once, since making one is slow. */
  function formatter(digits, roundingMode, useGrouping) {
    const name = `${digits} ${roundingMode} ${useGrouping}`;
    if (!formatters.has(name)) {
      const options = { maximumSignificantDigits: digits, roundingMode, useGrouping };
      formatters.set(name, new Intl.NumberFormat("en", options));
    }
    return formatters.get(name);
  }

  const MOST_DIGITS = 21; // the most that Intl keeps

  /**
   * A number to so many significant digits, as decimal text; a one-sided figure is rounded to its own side.
   * @param {number} value a finite number
   */
  function rounded(table, value, digits, qualifier = "exactly") {
    if (value === 0) return "0";
    // As text, so that the decimal digits are rounded and not the binary ones: 2.345 is a middle.
    const withoutNoise = formatter(table.digits.noise, "halfEven", false).format(String(value));
    return formatter(digits, table.rounding[qualifier] ?? "halfEven", false).format(withoutNoise);
  }

  /** The power of ten of the first digit of a decimal text. */
  function exponentOf(text) {
    return Number(Number(text).toExponential().split("e")[1]);
  }

  /** Decimal text without its sign, moved by a power of ten, with commas between the thousands. */
  function grouped(text, moved) {
    return formatter(MOST_DIGITS, "halfEven", true).format(`${text.replace("-", "")}e${moved}`);
  }

  /** The nearest whole number; a middle goes to the even one, as in Python. */
  function nearestWhole(value) {
    const below = Math.floor(value);
    const part = value - below;
    if (part === 0.5) return below % 2 === 0 ? below : below + 1;
    return part < 0.5 ? below : below + 1;
  }

  /* ---------------------------------------------------------------- Words for a number */

  /** A text of the table with its {} filled, in order. */
  function fill(text, ...parts) {
    const rest = [...parts];
    return text.replace(/\{\}/g, () => rest.shift());
  }

  /** The words for what is no number, or one without limit; an empty text for all others. */
  function outside(table, value) {
    if (Number.isNaN(value)) return table.unknown;
    return Math.abs(value) >= table.limit ? table.unbounded : "";
  }

  /** What stands before a number: its qualifier, and the word for less than nothing. */
  function signed(table, number, text, qualifier) {
    const minus = number.startsWith("-") ? table.minus : "";
    return `${table.qualifiers[qualifier]}${minus}${text}`;
  }

  function symbolOf(table, currency) {
    if (!currency) return "";
    if (Object.hasOwn(table.currencies, currency)) return table.currencies[currency];
    return fill(table.without_symbol, currency);
  }

  function scaleOf(table, number) {
    const exponent = exponentOf(number);
    const found = number === "0" ? undefined : table.scales.find(([least]) => exponent >= least);
    return found ?? [0, ""];
  }

  function plainDigits(table, value, currency) {
    const size = Math.abs(value);
    const hasCents = currency && table.cents.least <= size && size < table.cents.below;
    return hasCents ? table.cents.digits : table.digits.plain;
  }

  /** $2.2 as people write it: $2.20. */
  function withCents(text) {
    return text.at(-2) === "." ? `${text}0` : text;
  }

  function phrase(table, value, currency, qualifier, digits = plainDigits(table, value, currency)) {
    if (outside(table, value)) return outside(table, value);
    const number = rounded(table, value, digits, qualifier);
    const [exponent, word] = scaleOf(table, number);
    let text = grouped(number, -exponent);
    if (word) text = `${text} ${word}`;
    else if (currency) text = withCents(text);
    return signed(table, number, symbolOf(table, currency) + text, qualifier);
  }

  function rough(table, value, currency, qualifier) {
    const { rough: digits, noise } = table.digits;
    const hides = Number.isFinite(value) && rounded(table, value, digits) !== rounded(table, value, noise);
    const hedged = qualifier === "exactly" && hides ? "about" : qualifier;
    return phrase(table, value, currency, hedged, digits);
  }

  function count(table, value, qualifier) {
    const least = qualifier === "exactly" ? 0 : 1;
    if (Number.isInteger(value) && least <= value && value < table.integers.length) {
      return table.qualifiers[qualifier] + table.integers[value];
    }
    return phrase(table, value, "", qualifier);
  }

  function hundredths(table, value, qualifier, wording) {
    if (outside(table, value)) return outside(table, value);
    const beforeThePoint = exponentOf(rounded(table, value, table.digits.noise)) + 3;
    const digits = Math.min(Math.max(table.digits.percent, beforeThePoint), table.digits.noise);
    const number = rounded(table, value, digits, qualifier);
    const text = grouped(number, 2);
    return signed(table, number, fill(text === "1" ? wording.one : wording.many, text), qualifier);
  }

  function percent(table, value, qualifier) {
    return hundredths(table, value, qualifier, table.wordings.percent);
  }

  function points(table, value, qualifier) {
    return hundredths(table, value, qualifier, table.wordings.points);
  }

  /** What to put before a word for `target` when it stands for `value`; null where it cannot stand for it. */
  function before(table, value, target, qualifier) {
    const off = value / target - 1;
    const isNear = Math.abs(off) <= table.near.about;
    if (!isNear) return null;
    if (Object.hasOwn(table.rounding, qualifier)) {
      const isTrue = qualifier === "over" ? off >= -table.near.side : off <= table.near.side;
      return isTrue ? table.qualifiers[qualifier] : null;
    }
    const isSaidOutright = qualifier === "exactly" && Math.abs(off) <= table.near.same;
    return isSaidOutright ? "" : table.qualifiers.about;
  }

  function oneIn(table, value, qualifier) {
    const wording = table.wordings.one_in;
    if (wording.above < value && value <= wording.most) {
      const part = nearestWhole(1 / value);
      const put = part < table.parts.length ? before(table, value, 1 / part, qualifier) : null;
      if (put !== null) return put + fill(wording.text, table.parts[part]);
    }
    return percent(table, value, qualifier);
  }

  function fraction(table, value, qualifier) {
    const wording = table.wordings.fraction;
    const isBound = Object.hasOwn(table.rounding, qualifier);
    let nearest = null;
    for (const share of value > wording.most ? [] : wording.shares) {
      const target = share.top / share.bottom;
      const put = isBound && !share.bounds ? null : before(table, value, target, qualifier);
      const off = Math.abs(value / target - 1);
      if (put !== null && (nearest === null || off < nearest.off)) nearest = { share, put, off };
    }
    if (nearest === null) return percent(table, value, qualifier);
    const put = nearest.put === table.qualifiers.about ? nearest.share.hedge : nearest.put;
    return put + nearest.share.word;
  }

  function times(table, value, qualifier) {
    if (outside(table, value)) return outside(table, value);
    const wording = table.wordings.times;
    const isOne = (text) => Math.abs(Number(text)) === 1;
    let number = rounded(table, value, table.digits.rough, qualifier);
    if (isOne(number)) number = rounded(table, value, table.digits.near_one, qualifier);
    const text = isOne(number)
      ? signed(table, number, wording.one, qualifier)
      : phrase(table, Number(number), "", qualifier);
    return fill(wording.text, text);
  }

  function fold(table, value, qualifier) {
    const wording = table.wordings.fold;
    if (wording.least <= value && value <= wording.most) {
      const nearest = nearestWhole(value);
      const put = before(table, value, nearest, qualifier);
      if (put !== null) return put + fill(wording.text, table.integers[nearest]);
    }
    return times(table, value, qualifier);
  }

  function multiple(table, value, qualifier) {
    const isBound = Object.hasOwn(table.rounding, qualifier);
    const row = table.wordings.multiple.ranges.find(({ least, below }) => least <= value && value < below);
    if (isBound || row === undefined) return times(table, value, qualifier);
    return row.hedged ? row.word : table.qualifiers[qualifier] + row.word;
  }

  function ordersWords(table, whole) {
    const wording = table.wordings.orders;
    return fill(whole === 1 ? wording.one : wording.many, table.integers[whole]);
  }

  function ordersBound(table, value, size, qualifier) {
    const side = value >= 1 ? qualifier : table.flips[qualifier];
    const last = table.integers.length - 1;
    const whole = side === "over"
      ? Math.min(Math.floor(size + table.near.side), last)
      : Math.max(Math.ceil(size - table.near.side), 1);
    if (whole < 1 || whole > last) return times(table, value, qualifier);
    return table.qualifiers[side] + ordersWords(table, whole);
  }

  function orders(table, value, qualifier) {
    if (!(value > 0 && value < Infinity)) return times(table, value, qualifier);
    const size = Math.abs(Math.log10(value));
    if (Object.hasOwn(table.rounding, qualifier)) return ordersBound(table, value, size, qualifier);
    const wording = table.wordings.orders;
    if (size < wording.least) return wording.less;
    const last = table.integers.length - 1;
    if (size > last + wording.near) return table.qualifiers.over + ordersWords(table, last);
    const whole = nearestWhole(size);
    const off = Math.abs(size - whole);
    if (off > wording.near) {
      const below = Math.floor(size);
      return fill(wording.between, table.integers[below], table.integers[below + 1]);
    }
    const isSaidOutright = qualifier === "exactly" && off < wording.same;
    return (isSaidOutright ? "" : table.qualifiers.about) + ordersWords(table, whole);
  }

  function year(table, value, qualifier) {
    const whole = () => BigInt(nearestWhole(value)).toString();
    return outside(table, value) || fill(table.usual.year[qualifier], whole());
  }

  function day(table, value) {
    if (outside(table, value)) return outside(table, value);
    const { first, last, unix } = table.usual.day;
    if (value < first || value >= last + 1) return table.unbounded;
    const milliseconds = (Math.floor(value) - unix) * 86400000;
    const date = new Date(milliseconds);
    return `${date.getUTCDate()} ${table.months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  }

  const USUAL = { percent, year, day };

  /** A number as its series is usually worded. */
  function amount(table, { style, currency }, value, qualifier) {
    if (Object.hasOwn(USUAL, style)) return USUAL[style](table, value, qualifier);
    return phrase(table, value, currency, qualifier);
  }

  function span(table, low, high, word) {
    let first = word(low);
    const last = word(high);
    if (first === last) return last;
    const unit = fill(table.wordings.percent.many, "");
    if (first.endsWith(unit) && last.endsWith(unit)) first = first.slice(0, -unit.length);
    return fill(table.wordings.span.text, first, last);
  }

  /* Wordings for which the value and the qualifier are enough. */
  const OF_VALUE = { percent, points, fraction, one_in: oneIn, fold, times, multiple, orders, count };

  /* ---------------------------------------------------------------- Where a result can lie
   *
   * As frontier_calc/ranges.py has it, step by step: an input that comes once is taken as a whole, by interval
   * arithmetic; inputs that come more than once are sampled: at their ends, on a grid, and ever closer around what
   * was found.
   */

  const SAMPLES = 400;
  const MOST_SAMPLED = 10;
  const ROUNDS = 10;
  const NOT_SO_FAR = 1e3;
  const FAR = 1e6;
  const WAY_OUT = [0, NOT_SO_FAR, FAR, Infinity];
  const FARTHEST = 2; // the place on it at which it is farthest out, short of infinity
  const SAME = 1e-9;

  /** Equal but for binary noise, as Python's math.isclose. */
  function isClose(a, b) {
    if (a === b) return true;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
    return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  }

  const least = (values) => values.reduce((a, b) => (b < a ? b : a));
  const greatest = (values) => values.reduce((a, b) => (b > a ? b : a));

  /** So many points on each of several axes, that about as many as SAMPLES are looked at; within limits. */
  function pointsAnAxis(axes, fewest, most) {
    return Math.max(fewest, Math.min(most, Math.trunc(SAMPLES ** (1 / Math.max(axes, 1)))));
  }

  /** Numbers from one to another, evenly. */
  function evenly(start, end, points) {
    const step = (end - start) / (points - 1);
    return Array.from({ length: points }, (_, place) => (place === points - 1 ? end : start + step * place));
  }

  /** Where an input is looked at: its ends, and points between them; out to far away where an end is infinite. */
  function coordinates([low, high], value, points) {
    if (Number.isFinite(low) && Number.isFinite(high)) return evenly(low, high, points);
    const size = Math.abs(value) || 1;
    let steps = [0, 0.125, 0.25, 0.5, 1, 2, 4, 8, 32, NOT_SO_FAR, FAR, Infinity];
    if (points < 5) steps = WAY_OUT;
    else if (points < steps.length) steps = [0, 0.25, 1, 4, NOT_SO_FAR, FAR, Infinity];
    if (Number.isFinite(low)) return steps.map((step) => low + size * step);
    if (Number.isFinite(high)) return steps.map((step) => high - size * step).reverse();
    const below = steps.map((step) => value - size * step).reverse();
    return [...below, ...steps.slice(1).map((step) => value + size * step)];
  }

  /** Points between the neighbours of one coordinate. */
  function betweenNeighbours(axis, at, points) {
    const left = axis[Math.max(at - 1, 0)];
    const right = axis[Math.min(at + 1, axis.length - 1)];
    return Number.isFinite(left) && Number.isFinite(right) ? evenly(left, right, points) : [axis[at]];
  }

  /** Every point of a grid, the last axis running fastest. */
  function gridOf(axes) {
    return axes.reduce((points, axis) => points.flatMap((point) => axis.map((at) => [...point, at])), [[]]);
  }

  /** The place on each axis of a point of the grid, from its number; and back. */
  function placeOf(number, axes) {
    let rest = number;
    const places = [];
    for (const axis of [...axes].reverse()) {
      places.unshift(rest % axis.length);
      rest = Math.floor(rest / axis.length);
    }
    return places;
  }

  function numberOfPlace(places, axes) {
    return places.reduce((number, place, axis) => number * axes[axis].length + place, 0);
  }

  function placeOfLeast(values) {
    return values.reduce((best, value, place) => (value < values[best] ? place : best), 0);
  }

  /** True where a result falls in steps that do not shrink, on a way out of which infinity itself tells nothing. */
  function fallsWithoutLimit(near, far, farther) {
    const last = far - farther;
    const before = near - far;
    return last > 1e-12 * Math.abs(farther) && !(last < before / 2);
  }

  /** The lowest value at the points of some ways; not a number where there is none. */
  function lowestOnWays(ways, valueAt) {
    const found = ways.map((way) => {
      const values = way.map(valueAt);
      const goesOn = placeOfLeast(values) === FARTHEST && fallsWithoutLimit(...values.slice(0, FARTHEST + 1));
      return goesOn ? -Infinity : least(values);
    });
    const best = least(found);
    return best === Infinity ? NaN : best;
  }

  /** The step back from the farthest point of a way to infinity; 0 for every other point. */
  function inwardsFrom(axis, at) {
    if (axis.at(-1) === Infinity && at === axis.length - 2) return -1;
    return axis[0] === -Infinity && at === 1 ? 1 : 0;
  }

  /** True where the lowest value of a grid lies as far out as was looked, and was still falling there. */
  function goesOn(axes, values, places) {
    const inwards = places.map((at, axis) => inwardsFrom(axes[axis], at));
    if (!inwards.some((step) => step !== 0)) return false;
    // All inputs that are far out go there together: alone, each would start beside others that are there already.
    const way = [2, 1, 0].map((back) => places.map((at, axis) => at + back * inwards[axis]));
    return fallsWithoutLimit(...way.map((point) => values[numberOfPlace(point, axes)]));
  }

  /**
   * The lowest value of a function of several inputs, each on an axis.
   * @param {function(number[]): number} valueAt infinite where there is no value
   */
  function lowest(valueAt, boxes, middles) {
    let axes = boxes.map((box, place) => coordinates(box, middles[place], pointsAnAxis(boxes.length, 2, 33)));
    let values = gridOf(axes).map(valueAt);
    let places = placeOf(placeOfLeast(values), axes);
    let best = least(values);
    if (Math.abs(best) === Infinity) return best < 0 ? best : NaN;
    if (goesOn(axes, values, places)) return -Infinity;
    const isCorner = places.every((at, axis) => at === 0 || at === axes[axis].length - 1);
    if (isCorner) return best;
    const closer = pointsAnAxis(boxes.length, 3, 9);
    for (let round = 0; round < ROUNDS; round += 1) {
      axes = axes.map((axis, direction) => betweenNeighbours(axis, places[direction], closer));
      values = gridOf(axes).map(valueAt);
      places = placeOf(placeOfLeast(values), axes);
      best = Math.min(best, least(values));
    }
    return best;
  }

  /* ---------------------------------------------------------------- Figures */

  /** A number of the exported graph: JSON has no infinity, so it comes as a text, and what is not known as null. */
  function numberOf(value) {
    return value === null ? NaN : Number(value);
  }

  /** False where one part is false; else open where one is open. */
  function every(truths) {
    if (truths.includes(false)) return false;
    return truths.includes(null) ? null : true;
  }

  function not(truth) {
    return truth === null ? null : !truth;
  }

  /** The comparisons in a condition, one by one. */
  function comparisonsOf(condition) {
    const part = condition.not ?? condition.stated;
    const members = condition.every ?? condition.some ?? (part ? [part] : null);
    if (members) return members.flatMap(comparisonsOf);
    return "given" in condition ? [] : [condition];
  }

  /** The keys of the leaves for which two readings have been given different numbers. */
  function differing(given, before) {
    const keys = [...Object.keys(given), ...Object.keys(before)];
    const put = (from, key) => (Object.hasOwn(from, key) ? from[key] : undefined);
    return new Set(keys.filter((key) => !Object.is(put(given, key), put(before, key))));
  }

  /** A point on the line between two others: 0 is the first, 1 the second. */
  function pointOn(line, at) {
    return Object.fromEntries(Object.entries(line).map(([key, [start, end]]) => [key, start + (end - start) * at]));
  }

  /** The numbers of a graph, their ranges and qualifiers, when other numbers stand in place of some leaves. */
  class Calculation {
    constructor(graph, table, given, before = null) {
      this.graph = graph;
      this.table = table;
      this.given = given;
      this.before = before;
      this.changed = before ? differing(given, before.given) : null;
      this.made = before ? before.made : new Map(); // nodes that no figure has: the differences that claims compare
      this.shapes = before ? before.shapes : new Map(); // the steps and leaves of nodes, which no number changes
      this.known = new Map(); // what was worked out, by what it is and of which node
    }

    /** What `make` makes, made once; taken from the reading before where nothing underneath has changed since. */
    once(what, key, make) {
      const name = `${what} ${key}`;
      if (!this.known.has(name)) {
        const found = this.before && !this.isTouched(key) ? this.before.once(what, key, make) : make();
        this.known.set(name, found);
      }
      return this.known.get(name);
    }

    /** True where a node rests on a number that is another one than in the reading before. */
    isTouched(key) {
      return this.leaves(key).some((leaf) => this.changed.has(leaf));
    }

    /** What `make` makes of the shape of a node, made once for all readings of the graph. */
    shape(what, key, make) {
      const name = `${what} ${key}`;
      if (!this.shapes.has(name)) this.shapes.set(name, make());
      return this.shapes.get(name);
    }

    node(key) {
      return this.made.get(key) ?? this.graph.nodes[key];
    }

    /** A leaf as it counts here: a number put in its place is an assumption. */
    leaf(key) {
      return this.once("leaf", key, () => this.countedLeaf(key));
    }

    countedLeaf(key) {
      const leaf = this.node(key);
      if (Object.hasOwn(this.given, key)) {
        const value = this.given[key];
        return { ...leaf, value, low: null, high: null, tag: "illustrative", qualifier: "exactly", is_span: false };
      }
      return { ...leaf, value: numberOf(leaf.value) };
    }

    /** The nodes of a derivation, each once, in an order in which they can be worked out; itself the last. */
    steps(key) {
      return this.shape("steps", key, () => this.stepsOf(key));
    }

    stepsOf(key) {
      const found = new Set();
      const visit = (node) => {
        if (found.has(node)) return;
        this.node(node).of?.forEach(visit);
        found.add(node);
      };
      visit(key);
      return [...found];
    }

    /** The number of a node, with other numbers in place of some leaves. */
    valueWith(key, other) {
      const values = new Map();
      for (const step of this.steps(key)) {
        const { op, of } = this.node(step);
        if (op) values.set(step, OPERATIONS[op](...of.map((argument) => values.get(argument))));
        else values.set(step, Object.hasOwn(other, step) ? other[step] : this.leaf(step).value);
      }
      return values.get(key);
    }

    /** The range of a node by interval arithmetic, with ranges in place of some leaves; points are worked out as numbers. */
    rangeWith(key, given) {
      const ranges = new Map();
      const points = new Map();
      for (const step of this.steps(key)) {
        const { op, of } = this.node(step);
        if (!op) {
          const [low, high] = given[step] ?? [this.leaf(step).value, this.leaf(step).value];
          if (low === high || Number.isNaN(low)) points.set(step, low);
          else ranges.set(step, [low, high]);
        } else if (of.every((argument) => points.has(argument))) {
          points.set(step, OPERATIONS[op](...of.map((argument) => points.get(argument))));
        } else {
          const rangeOf = (node) => (points.has(node) ? [points.get(node), points.get(node)] : ranges.get(node));
          ranges.set(step, RANGES[op](...of.map(rangeOf)));
        }
      }
      return points.has(key) ? [points.get(key), points.get(key)] : ranges.get(key);
    }

    /** The number of a figure. */
    value(key) {
      return this.once("value", key, () => this.valueWith(key, {}));
    }

    /** The keys of the distinct leaves underneath, in the order in which they came in. */
    leaves(key) {
      return this.shape("leaves", key, () => this.steps(key).filter((step) => !this.node(step).op));
    }

    /** How often each leaf comes in, on whatever way. */
    uses(key) {
      return this.shape("uses", key, () => this.usesOf(key));
    }

    usesOf(key) {
      const times = Object.fromEntries(this.steps(key).map((step) => [step, 0]));
      times[key] = 1;
      for (const step of [...this.steps(key)].reverse()) {
        for (const argument of this.node(step).of ?? []) times[argument] += times[step];
      }
      return times;
    }

    /** The weakest tag underneath; exact constants carry none. */
    tag(key) {
      const order = Object.keys(this.table.tags).filter((tag) => tag);
      const places = this.leaves(key).map((leaf) => order.indexOf(this.leaf(leaf).tag));
      return order[Math.max(...places)] ?? "";
    }

    /** True for what rests on something that was not known; 0 ÷ 0 is known, and no number. */
    isUnknown(key) {
      return Number.isNaN(this.value(key)) && this.leaves(key).some((leaf) => Number.isNaN(this.leaf(leaf).value));
    }

    /** The two ends between which a leaf lies: its range, or its value twice. */
    ends(key) {
      const { value, low, high } = this.leaf(key);
      return [low === null ? value : numberOf(low), high === null ? value : numberOf(high)];
    }

    /** The side to which a leaf's qualifier leaves it open: floor, ceil or undefined. */
    side(key) {
      return this.table.rounding[this.leaf(key).qualifier];
    }

    /** From `low` to `high`, and on from there to where a one-sided bound lets the leaf lie. */
    withinBound(key, [low, high]) {
      const { value, least: floor, most: ceiling } = this.leaf(key);
      if (this.side(key) === "floor") return [low, ceiling === null ? Infinity : Math.max(numberOf(ceiling), high)];
      if (this.side(key) !== "ceil") return [low, high];
      const nothing = value <= 0 ? -Infinity : 0;
      return [floor === null ? nothing : Math.min(numberOf(floor), low), high];
    }

    /** The lowest and highest value that the ranges underneath allow; null where nothing has a range. */
    interval(key) {
      return this.once("interval", key, () => this.intervalOf(key));
    }

    intervalOf(key) {
      const ranged = this.leaves(key).filter((leaf) => this.leaf(leaf).low !== null || this.leaf(leaf).high !== null);
      return this.aroundTheMiddle(key, Object.fromEntries(ranged.map((leaf) => [leaf, this.ends(leaf)])));
    }

    /** Where a result can lie if ranges and one-sided bounds are taken at their word; null where there are none. */
    reach(key) {
      const boxes = this.leaves(key).map((leaf) => [leaf, this.withinBound(leaf, this.ends(leaf))]);
      return this.aroundTheMiddle(key, Object.fromEntries(boxes.filter(([, [low, high]]) => low < high)));
    }

    aroundTheMiddle(key, box) {
      if (Object.keys(box).length === 0) return null;
      const middle = this.value(key);
      if (Number.isNaN(middle)) return null;
      const [low, high] = this.extremes(key, box);
      // An end of which nothing was found is without limit: what is not known must not decide anything.
      return [
        Number.isNaN(low) ? -Infinity : Math.min(low, middle),
        Number.isNaN(high) ? Infinity : Math.max(high, middle),
      ];
    }

    /** The lowest and the highest value over a box: a range for each leaf that is open. */
    extremes(key, box) {
      const uses = this.uses(key);
      const repeated = this.leaves(key).filter((leaf) => Object.hasOwn(box, leaf) && uses[leaf] > 1);
      if (repeated.length === 0) return this.rangeWith(key, box);
      const [low, high] = this.searched(key, box, repeated);
      const poles = this.poles(key, box);
      return [least([low, ...poles]), greatest([high, ...poles])];
    }

    /** The same, searched over the leaves that come more than once. */
    searched(key, box, repeated) {
      const rangeAt = (point) => {
        const put = repeated.map((leaf, place) => [leaf, [point[place], point[place]]]);
        return this.rangeWith(key, { ...box, ...Object.fromEntries(put) });
      };
      const orInfinite = (value) => (Number.isNaN(value) ? Infinity : value);
      const lowAt = (point) => orInfinite(rangeAt(point)[0]);
      const highAt = (point) => orInfinite(-rangeAt(point)[1]);
      if (repeated.length > MOST_SAMPLED) {
        const ways = [true, false].map((upwards) => this.way(key, box, repeated, upwards));
        return [lowestOnWays(ways, lowAt), -lowestOnWays(ways, highAt)];
      }
      const boxes = repeated.map((leaf) => box[leaf]);
      const middles = repeated.map((leaf) => this.leaf(leaf).value);
      return [lowest(lowAt, boxes, middles), -lowest(highAt, boxes, middles)];
    }

    /** Points from the numbers of leaves to the ends at which the result is higher, or lower; far out where they are. */
    way(key, box, repeated, upwards) {
      const lines = repeated.map((leaf) => {
        const [low, high] = box[leaf];
        const end = this.direction(key, leaf) >= 0 === upwards ? high : low;
        const { value } = this.leaf(leaf);
        if (Number.isFinite(end)) return [value, end, end, end];
        const size = Math.sign(end) * (Math.abs(value) || 1);
        return WAY_OUT.map((step) => value + size * step);
      });
      return WAY_OUT.map((_, place) => lines.map((line) => line[place]));
    }

    /** Minus or plus infinity, for each side of a place in the box where a divisor is nothing. */
    poles(key, box) {
      const found = [];
      for (const divisor of this.divisors(key)) {
        const leaves = this.leaves(divisor).filter((leaf) => Object.hasOwn(box, leaf));
        const line = this.lineAcross(divisor, leaves, box);
        if (line === null) continue;
        const root = this.root(divisor, line);
        for (const side of [-1, 1]) {
          const near = this.valueWith(key, pointOn(line, root + side * 1e-6));
          const nearer = this.valueWith(key, pointOn(line, root + side * 1e-9));
          const grows = Math.abs(nearer) === Infinity || Math.abs(nearer) > 100 * Math.abs(near);
          if (grows) found.push(nearer < 0 ? -Infinity : Infinity);
        }
      }
      return found;
    }

    /** What is divided by, anywhere in a derivation, also by a negative power. */
    divisors(key) {
      const found = [];
      for (const step of this.steps(key)) {
        const { op, of } = this.node(step);
        if (op === "÷") found.push(of[1]);
        if (op === "^" && this.value(of[1]) < 0) found.push(of[0]);
      }
      return found;
    }

    /** For each leaf two coordinates: at the first the node is below nothing, at the second above; or null. */
    lineAcross(key, leaves, box) {
      if (leaves.length === 0 || leaves.length > MOST_SAMPLED) return null;
      const points = pointsAnAxis(leaves.length, 2, 17);
      const axes = leaves.map((leaf) => coordinates(box[leaf], this.leaf(leaf).value, points).filter(Number.isFinite));
      const grid = gridOf(axes);
      if (grid.length === 0) return null;
      const valueAt = (point) => {
        const put = leaves.map((leaf, place) => [leaf, [point[place], point[place]]]);
        return this.rangeWith(key, Object.fromEntries(put))[0];
      };
      const values = grid.map(valueAt);
      const low = grid[placeOfLeast(values.map((value) => (Number.isNaN(value) ? Infinity : value)))];
      const high = grid[placeOfLeast(values.map((value) => (Number.isNaN(value) ? Infinity : -value)))];
      if (!(valueAt(low) < 0 && valueAt(high) > 0)) return null;
      return Object.fromEntries(leaves.map((leaf, place) => [leaf, [low[place], high[place]]]));
    }

    /** Where on such a line the node passes through nothing. */
    root(key, line) {
      let below = 0;
      let above = 1;
      for (let round = 0; round < 60; round += 1) {
        const middle = (below + above) / 2;
        if (this.valueWith(key, pointOn(line, middle)) < 0) below = middle;
        else above = middle;
      }
      return (below + above) / 2;
    }

    /** The result when a leaf is a little less, and a little more. */
    nudged(key, leaf) {
      const { value } = this.leaf(leaf);
      const step = Math.abs(value) * 0.01 || 0.01;
      return [value - step, value + step].map((put) => this.valueWith(key, { [leaf]: put }));
    }

    /** 1 if the result rises with the leaf, -1 if it falls, 0 if it does not move. */
    direction(key, leaf) {
      const [below, above] = this.nudged(key, leaf);
      if (isClose(above, below)) return 0;
      return above > below ? 1 : -1;
    }

    /** True if the result is another one when the leaf is a little less, or a little more. */
    moves(key, leaf) {
      return this.nudged(key, leaf).some((value) => !isClose(value, this.value(key)));
    }

    /** True where a leaf stands for others near it. */
    isRough(key) {
      return this.leaf(key).qualifier === "about" || this.leaf(key).is_span;
    }

    /** The qualifier of a result: what is true of it if each "over" is that or more, and each "under" that or less. */
    qualifier(key) {
      return this.once("qualifier", key, () => this.qualifierOf(key));
    }

    qualifierOf(key) {
      const leaves = this.leaves(key);
      if (!this.node(key).op) return this.isRough(key) ? "about" : this.leaf(key).qualifier;
      const leansOnRough = leaves.some((leaf) => this.isRough(leaf) && this.moves(key, leaf));
      return leansOnRough ? "about" : this.boundedSide(key, leaves.filter((leaf) => this.side(leaf)));
    }

    /** On which side of its value the bounds let a result lie; "about" for both. */
    boundedSide(key, bounded) {
      if (bounded.length === 0) return "exactly";
      const value = this.value(key);
      const boundOf = (leaf) => this.withinBound(leaf, [this.leaf(leaf).value, this.leaf(leaf).value]);
      const box = Object.fromEntries(bounded.map((leaf) => [leaf, boundOf(leaf)]));
      const [low, high] = this.extremes(key, box);
      const slack = SAME * Math.abs(value);
      const isLess = !(low >= value - slack); // so that what is no number is both
      const isMore = !(high <= value + slack);
      if (isLess && isMore) return "about";
      if (isMore) return "over";
      if (!isLess) return "exactly";
      const moving = bounded.filter((leaf) => this.moves(key, leaf));
      return moving.every((leaf) => this.leaf(leaf).qualifier === "up to") ? "up to" : "under";
    }
  }

  /** What the figures and the claims of a graph say. */
  class Reading extends Calculation {
    /**
     * Whether a condition is true, false or, as null, left open.
     * @param {boolean} heedsBounds false inside "stated": there ranges may leave it open, one-sided bounds may not
     */
    judged(condition, heedsBounds = true) {
      if (condition.every) return every(condition.every.map((part) => this.judged(part, heedsBounds)));
      if (condition.some) return not(every(condition.some.map((part) => not(this.judged(part, heedsBounds)))));
      if (condition.not) return not(this.judged(condition.not, heedsBounds));
      if (condition.stated) return this.judged(condition.stated, false);
      if ("given" in condition) return condition.given;
      return this.compared(condition, heedsBounds);
    }

    /** Whether the difference of two figures stands in the relation to nothing, wherever it is allowed to lie. */
    compared({ left, relation, right }, heedsBounds) {
      const difference = `${left} - ${right}`;
      this.made.set(difference, { op: "-", of: [left, right] });
      const where = heedsBounds ? this.reach(difference) : this.interval(difference);
      const test = RELATIONS[relation];
      if (where === null) return test(this.value(left), this.value(right));
      const [atItsLowest, atItsHighest] = where.map((end) => test(end, 0));
      return atItsLowest === atItsHighest ? atItsLowest : null;
    }

    /** The verdict on a claim and the template that is said; null where none is. */
    outcome(claim) {
      for (const [place, { when, template }] of claim.branches.entries()) {
        const figures = comparisonsOf(when).flatMap(({ left, right }) => [left, right]);
        const missing = figures.filter((key) => this.tag(key) !== "" && Number.isNaN(this.value(key)));
        if (missing.some((key) => this.isUnknown(key))) return ["unknown", null];
        if (missing.length) return ["undefined", null];
        const truth = this.judged(when);
        if (truth === null) return ["overlap", claim.overlap];
        if (truth) return [place === 0 ? "holds" : "when", template];
      }
      return ["otherwise", claim.otherwise];
    }

    /**
     * The sentence of a claim that is true: its verdict, its words, and its parts, a figure's with key and style.
     * The words are null where the author wrote no sentence for what has become true.
     */
    claim(address) {
      const claim = this.graph.claims[address];
      const [verdict, template] = this.outcome(claim);
      if (verdict === "unknown" || verdict === "undefined") {
        return { verdict, text: this.table[verdict], parts: [{ text: this.table[verdict] }] };
      }
      if (template === null) return { verdict, text: null, parts: [] };
      const parts = template.split(/\{([^{}]+)\}/).map((piece, place) => {
        const isText = place % 2 === 0; // split keeps what the braces hold at every second place
        return isText ? { text: piece } : this.place(claim.places[piece]);
      });
      const spoken = parts.filter((part) => part.text !== "");
      return { verdict, text: spoken.map((part) => part.text).join(""), parts: spoken };
    }

    place({ figure, style, text }) {
      return figure === null ? { text } : { text: this.words(figure, style), figure, style };
    }

    /** A figure in one of its wordings. Throws an Error for a wording that does not exist. */
    words(key, style = "plain") {
      const { table } = this;
      const figure = this.graph.figures[key];
      if (!Object.hasOwn(table.wordings, style)) throw new Error(`no wording ${style}`);
      if (table.wordings[style].kind === "date") return this.isUnknown(key) ? table.unknown : figure.dates[style];
      const value = this.value(key);
      if (Number.isNaN(value)) return this.isUnknown(key) ? table.unknown : table.undefined;
      const qualifier = this.qualifier(key);
      if (Object.hasOwn(OF_VALUE, style)) return OF_VALUE[style](table, value, qualifier);
      if (style === "rough") return rough(table, value, figure.currency, qualifier);
      if (style === "span" || this.hasNoPoint(key)) return this.spanOf(key);
      return amount(table, figure, value, style === "bare" ? "exactly" : qualifier);
    }

    /** True where something underneath was told as a range: its middle is nobody's number. */
    hasNoPoint(key) {
      return this.leaves(key).some((leaf) => this.leaf(leaf).is_span);
    }

    /** The range of a figure in words, or its number where it has none. */
    spanOf(key) {
      const figure = this.graph.figures[key];
      const interval = this.interval(key);
      if (interval === null) return amount(this.table, figure, this.value(key), this.qualifier(key));
      return span(this.table, ...interval, (end) => amount(this.table, figure, end, "exactly"));
    }
  }

  /* ---------------------------------------------------------------- The graph of a page */

  /* What a leaf is where the graph of a page says nothing else: as frontier_calc/press/live.py leaves it out. */
  const LEAF = { low: null, high: null, is_span: false, least: null, most: null, tag: "", qualifier: "exactly", style: "plain", currency: "" };

  function unpackNode(node) {
    if (!Array.isArray(node)) return { ...LEAF, ...node };
    const [op, ...of] = node;
    return { op, of: of.map(String) };
  }

  function unpackCondition([first, ...rest]) {
    if (first === "every" || first === "some") return { [first]: rest.map(unpackCondition) };
    if (first === "not" || first === "stated") return { [first]: unpackCondition(rest[0]) };
    if (first === "given") return { given: rest[0] };
    return { left: String(first), relation: rest[0], right: String(rest[1]) };
  }

  function unpackClaim(claim, keys) {
    const places = Object.entries(claim.places ?? {}).map(([path, place]) => {
      if (typeof place === "string") return [path, { figure: null, text: place }];
      return [path, { figure: keys[place[0]], style: place[1] ?? "plain" }];
    });
    return {
      branches: claim.branches.map(([when, template]) => ({ when: unpackCondition(when), template })),
      otherwise: claim.otherwise ?? null,
      overlap: claim.overlap ?? null,
      places: Object.fromEntries(places),
    };
  }

  /**
   * The graph of a page as a reading needs it, and `keys`: for each figure's own key the number of its node, under which
   * the graph knows it.
   */
  function unpack(page) {
    const figures = Object.entries(page.figures);
    const keys = Object.fromEntries(figures.map(([key, [node]]) => [key, String(node)]));
    const told = figures.map(([, [node, style, currency = "", dates = {}]]) => [node, { style: style || "plain", currency, dates }]);
    // An input has words although no sentence may name it.
    const inputs = page.nodes.map(({ style = "plain", currency = "" }, place) => [place, { style, currency, dates: {} }]);
    const claims = Object.entries(page.claims).map(([id, claim]) => [id, unpackClaim(claim, keys)]);
    return {
      keys,
      nodes: Object.fromEntries(page.nodes.map((node, place) => [place, unpackNode(node)])),
      figures: Object.fromEntries([...inputs.filter(([place]) => page.nodes[place].tag), ...told]),
      claims: Object.fromEntries(claims),
    };
  }

  /** Whether this browser rounds decimal text to a side. */
  const supported = formatter(3, "floor", false).format("0.2599999999999999999") === "0.259";

  globalThis.FrontierGraph = {
    supported,
    unpack,
    /** A number by itself in one of the wordings of ratios, or as an amount of a figure's kind. */
    say: (table, value, wording, figure = null) =>
      figure ? amount(table, figure, value, "exactly") : OF_VALUE[wording](table, value, "exactly"),
    read: (graph, table, given = {}, before = null) => new Reading(graph, table, given, before),
  };
})();

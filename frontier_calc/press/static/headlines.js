/* What a headline states, and what has to be asked: as frontier_calc/press/headlines.py and understanding.py have it.
 *
 *   const reader = FrontierHeadlines.reader(forms, table);
 *   reader.read(text)              every number that a headline states, in its order
 *   reader.understand(text, pick)  the one that is meant, and what is open about it
 *
 * `forms` is frontier_calc/headlines.json, `table` is frontier_calc/words.json: no word and no pattern is typed here.
 * Patterns know ASCII letters only, in both languages; numbers stay decimal text until they are complete.
 */
(() => {
  "use strict";

  const has = (object, key) => Object.hasOwn(object, key);

  /** Words as alternatives of a pattern, the longest first; a stable sort, as Python's. */
  const alternation = (words) => [...words].sort((a, b) => b.length - a.length).join("|");

  /** A decimal number as text, times a power of ten. */
  const scaled = (digits, power) => Number(`${digits}e${power}`);

  function reader(forms, table) {
    const qualifiers = Object.entries(forms.bounds).flatMap(([bound, phrases]) => phrases.map((each) => [each, bound]));
    const spelled = new Map(table.integers.map((word, number) => [word, number]).filter(([, number]) => number));
    for (const [word, number] of Object.entries(forms.tens)) spelled.set(word, number);
    const byLength = [...qualifiers].sort(([a], [b]) => b.length - a.length);

    function phrase(text) {
      if (forms.signs_of_bounds.includes(text)) return `(?<![^\\s(])${text}`;
      return `\\b${text.replaceAll("_", "[- ]")}(?!\\w)`;
    }

    const WORDS = {
      codes: alternation(forms.codes),
      spelled: alternation(spelled.keys()),
      names: alternation(Object.keys(forms.names).map((name) => `${name.replaceAll(" ", "\\s")}s?`)),
      grown: alternation(Object.keys(forms.grown)),
      spans: alternation(Object.keys(forms.spans)),
      adverbs: alternation(Object.keys(forms.adverbs)),
      phrases: byLength.map(([text]) => phrase(text)).join("|"),
      fillers: alternation(forms.fillers),
      ups: alternation(forms.ups),
      downs: alternation(forms.downs),
      verbs: alternation([...forms.ups, ...forms.downs]),
      months: alternation([...table.months, ...forms.months.map((month) => `${month}\\.?`)]),
    };

    /** A pattern of the table, in three uses: found anywhere, found at one place, found everywhere. */
    function compiled(pattern, flags = "i") {
      const source = pattern.replace(/\{([a-z]+)\}/g, (_, name) => WORDS[name]);
      const anywhere = new RegExp(source, flags);
      const here = new RegExp(source, `${flags}y`);
      return {
        search: (text) => anywhere.exec(text),
        match(text, start) {
          here.lastIndex = start;
          return here.exec(text);
        },
        all: (text) => [...text.matchAll(new RegExp(source, `${flags}g`))],
        full: (text) => new RegExp(`^(?:${source})$`, flags).test(text),
      };
    }

    const compiledAll = (patterns) =>
      Object.fromEntries(Object.entries(patterns).map(([name, pattern]) => [name, compiled(pattern)]));

    const F = compiledAll(forms.patterns);
    const U = compiledAll(forms.understanding);
    const SORTS = compiledAll(forms.sorts);
    const NEAR = Object.fromEntries(Object.entries(forms.near).map(([sort, places]) => [sort, compiledAll(places)]));
    const MAY = compiled(forms.exactly.may, "");
    const SPACE = new RegExp(forms.space, "g");
    const INVISIBLE = new RegExp(forms.invisible, "g");
    const endOf = (match) => match.index + match[0].length;
    const blank = (text) => " ".repeat(text.length);

    /** A headline on one line, without what nobody sees. */
    const cleaned = (text) => text.replace(INVISIBLE, "").replace(SPACE, " ").replace(/^ +| +$/g, "");
    const isPlan = (text) => F.planned.search(text) !== null || MAY.search(text) !== null;

    /* Amounts. `digits` and `power` are the number as it stands there; `scale` the power of its scale word, or null. */

    function isDate(text, match) {
      const parts = match.groups;
      if (parts.currency || parts.scale || parts.counts || parts.name || parts.word) return false;
      const around = F.dated_before.search(text.slice(0, match.index)) ?? F.dated_after.match(text, endOf(match));
      return around !== null && parts.digits.length <= 2;
    }

    function digitsOf({ digits, word }) {
      if (digits) return digits.replaceAll(",", "");
      const text = word.toLowerCase();
      if (text.startsWith("half")) return "0.5";
      return String(spelled.get(text) ?? 1);
    }

    function currencyOf({ currency, name }) {
      const sign = (currency ?? "").trim().toUpperCase();
      if (sign) return has(forms.signs, sign) ? forms.signs[sign] : sign;
      const text = (name ?? "").toLowerCase();
      const singular = text.endsWith("s") ? text.slice(0, -1) : text;
      if (has(forms.names, singular)) return forms.names[singular];
      const code = text.toUpperCase();
      return has(forms.signs, code) ? forms.signs[code] : code;
    }

    function amountOf(match) {
      const parts = match.groups;
      const minus = parts.minus || parts.inside ? "-" : "";
      const said = (parts.counts ?? "").replace(/[ -]/g, "").toLowerCase();
      const unit = said.replace(/s+$/, "");
      let counts = said;
      let power = 0;
      if (has(forms.multiples, unit)) [counts, power] = forms.multiples[unit];
      else if (has(forms.counted, said)) counts = forms.counted[said];
      else if (!parts.currency && !parts.name && !parts.scale && !parts.counts && F.year.full(match[0])) counts = "year";
      const scale = parts.scale ? forms.scales[parts.scale.replace(/[ -]/g, "").toLowerCase()] : null;
      const digits = minus + digitsOf(parts);
      return { digits, power, currency: currencyOf(parts), scale, counts, per: "", which: "" };
    }

    /** The amount with the span of time, the tokens or the users behind it, and where that ends. */
    function withSpan(amount, text, end) {
      const tokens = F.tokens.match(text, end);
      const users = F.users.match(text, end);
      const per = F.per.match(text, end);
      if (tokens) return [{ ...amount, per: "token", which: (tokens.groups.which ?? "").toLowerCase() }, endOf(tokens)];
      if (users) return [{ ...amount, which: users.groups.which.toLowerCase() }, endOf(users)];
      if (!per) return [amount, end];
      const { span, adverb } = per.groups;
      const time = span ? forms.spans[span.toLowerCase()] : forms.adverbs[adverb.toLowerCase()];
      return [{ ...amount, per: time }, endOf(per)];
    }

    function amountsOf(text) {
      const found = [];
      for (const match of F.amount.all(text)) {
        const isSecond = found.length > 0 && found.at(-1).end === match.index - 1;
        const isName = F.named.search(text.slice(0, match.index)) !== null && !isSecond;
        if (isName || isDate(text, match)) continue;
        const [amount, end] = withSpan(amountOf(match), text, endOf(match));
        found.push({ amount, start: match.index, end, more: Boolean(match.groups.more) });
      }
      return found;
    }

    /* Bounds, ranges and growth. */

    function qualifierOf(said) {
      const typed = said.replace(/[ -]/g, "_");
      return qualifiers.find(([text]) => new RegExp(`^(?:${text})$`).test(typed))[1];
    }

    function boundOf(before, behind, more) {
      const found = F.before.search(before);
      if (found) {
        const said = found.groups.phrase.toLowerCase();
        const denied = F.denied.search(before.slice(0, found.index)) !== null;
        return { qualifier: qualifierOf(said), said, denied };
      }
      const last = F.behind.match(behind, 0);
      if (last) {
        const [qualifier] = Object.entries(last.groups).find(([, text]) => text !== undefined);
        return { qualifier, said: last[0].trim().toLowerCase(), denied: false };
      }
      return { qualifier: more ? "over" : "exactly", said: more ? "+" : "", denied: false };
    }

    function isStartOfGrowth(text, before, first, later) {
      const grown = F.up.search(before) ?? F.down.search(before) ?? F.growth.search(before);
      const joined = text.slice(first.end, later.start).trim().toLowerCase();
      return Boolean(F.from.search(before) && grown && joined === "to");
    }

    function isRange(text, before, first, later) {
      const joined = text.slice(first.end, later.start);
      if (!F.to.full(joined)) return false;
      if (joined.toLowerCase().includes("and")) return F.between.search(before) !== null;
      return !isStartOfGrowth(text, before, first, later);
    }

    /** An end of a range, with what the other one alone says. */
    function sharing(one, other) {
      const isBare = one.counts === "" || one.counts === "year";
      return {
        ...one,
        currency: one.currency || other.currency,
        scale: one.scale ?? other.scale,
        counts: isBare && other.counts ? other.counts : one.counts,
        per: one.per || other.per,
        which: one.which || other.which,
      };
    }

    function rangeOf(text, before, first, later) {
      const bound = boundOf(before, text.slice(later.end), false);
      return {
        amount: sharing(first.amount, later.amount),
        high: sharing(later.amount, first.amount),
        words: text.slice(first.start, later.end),
        ...bound,
        qualifier: "about",
        growth: null,
        start: first.start,
        end: later.end,
      };
    }

    function singleOf(text, before, found) {
      const { amount, start, end, more } = found;
      const words = text.slice(start, end).trim();
      const bound = boundOf(before, text.slice(end), more);
      const changed = F.changed_by.search(before);
      let growth = null;
      if (amount.counts === "times") growth = valueOf(amount, 0);
      else if (amount.counts === "percent" && changed) {
        const share = scaled(amount.digits, -2);
        growth = F.down.full(changed.groups.verb) ? 1 - share : 1 + share;
      }
      return { amount, high: null, words, ...bound, growth, start, end };
    }

    function growthsOf(text) {
      return F.growth.all(text).map((match) => {
        const { grown, fold } = match.groups;
        const digits = grown ? forms.grown[grown.toLowerCase()] : String(spelled.get(fold.toLowerCase()));
        const bound = boundOf(text.slice(0, match.index), text.slice(endOf(match)), false);
        const amount = { digits, power: 0, currency: "", scale: null, counts: "times", per: "", which: "" };
        const words = `${bound.said} ${match[0].toLowerCase()}`.trim();
        return { amount, high: null, words, ...bound, growth: Number(digits), start: match.index, end: endOf(match) };
      });
    }

    const valueOf = ({ digits, power, scale }, without = scale ?? 0) => scaled(digits, power + without);

    /** All that a headline states, in its order. */
    function read(headline) {
      const text = F.day.all(cleaned(headline)).reduce(
        (rest, match) => rest.slice(0, match.index) + blank(match[0]) + rest.slice(endOf(match)),
        cleaned(headline),
      );
      const found = new Map(growthsOf(text).map((stated) => [stated.start, stated]));
      const amounts = amountsOf(text);
      let end = 0;
      while (amounts.length) {
        let first = amounts.shift();
        const before = text.slice(end, first.start);
        const later = amounts[0];
        if (later && isRange(text, before, first, later)) {
          found.set(first.start, rangeOf(text, before, first, later));
          first = amounts.shift();
        } else if (!(later && isStartOfGrowth(text, before, first, later))) {
          found.set(first.start, singleOf(text, before, first));
        }
        end = first.end;
      }
      return [...found.values()].sort((a, b) => a.start - b.start);
    }

    /* What is sure, and what is asked. */

    const NOTHING = {
      asked: "", words: "", choices: [], low: null, high: null, bound: "exactly", could: "", unit: "", currency: "", noun: "", per: "",
      often: "", years: null, sort: "", period: "", channel: "", is_plan: false, open: [], aside: [],
    };
    const asking = (asked, more = {}) => ({ ...NOTHING, asked, ...more });
    const wordsOf = (stated) => stated.map(({ words }) => words);

    function formOf(text) {
      if (!text) return "empty";
      if (text.length > forms.longest) return "long";
      if (U.comma.search(text)) return "comma";
      return U.dot.search(text) ? "dot" : "";
    }

    /** The years over which a headline spreads its number, and the headline without them. */
    function termOf(text) {
      const found = U.term.search(text);
      if (!found) return [null, text];
      const parts = found.groups;
      const count = (parts.count_before ?? parts.count ?? "1").toLowerCase();
      const unit = (parts.unit_before ?? parts.unit).toLowerCase().replace(/s+$/, "");
      if (parts.count === undefined && parts.count_before === undefined && unit !== "decade") return [null, text];
      const number = count === "a" || count === "an" ? 1 : spelled.get(count) ?? Number(count);
      const years = { year: number, decade: number * 10, month: number / 12 }[unit];
      const moved = [F.up, F.down, F.growth].some((form) => form.search(text));
      const without = text.slice(0, found.index) + blank(found[0]) + text.slice(endOf(found));
      return [moved ? null : years, without];
    }

    function saysWhat({ amount, high, end }, text) {
      const says = (each) => each.currency || each.counts || each.which || each.scale !== null;
      return Boolean(says(amount) || says(high ?? amount) || U.noun.match(text, end));
    }

    /** The numbers that say what they count, without those that only stand beside one. */
    function candidatesOf(stated, text) {
      const plain = stated.filter(({ growth, amount }) => growth === null && amount.counts !== "percent");
      const own = plain.filter((each) => saysWhat(each, text));
      return own.filter((each, place) => place === 0 || !U.at.search(text.slice(own[place - 1].end, each.start)));
    }

    function withoutNumber(stated, text) {
      if (U.vague.search(text)) return asking("vague");
      if (U.share.search(text)) return asking("share");
      const bare = stated.filter(({ growth, amount }) => growth === null && amount.counts !== "percent");
      if (bare.length === 1) {
        const told = toldOf(bare[0], text, null, wordsOf(stated.filter((each) => each !== bare[0])));
        return { ...told, asked: refusalOf(bare[0], text) || sizeOf(told) || "unit" };
      }
      if (bare.length) return asking("which", { choices: wordsOf(bare) });
      if (stated.some(({ growth }) => growth !== null)) return asking("growth", { words: stated[0].words });
      if (!stated.length) return asking("none");
      const changed = U.more_than_before.match(text, stated[0].end);
      return asking(changed ? "growth" : "share", { words: stated[0].words });
    }

    function checked(one, text, told, pick) {
      const refused = refusalOf(one, text);
      if (refused === "from_to") return endOfRange(one, told, pick);
      const asked = refused || sizeOf(told);
      return asked ? asking(asked, { words: one.words }) : told;
    }

    /** From 9 to 14: it is for the reader to say which of them is meant. */
    function endOfRange(one, told, pick) {
      const joint = /\s*(?:[-–—]|\bto\b)\s*/.exec(one.words);
      const choices = joint ? [one.words.slice(0, joint.index), one.words.slice(endOf(joint))] : [one.words];
      if (told.high === null || (pick !== 0 && pick !== 1)) return asking("from_to", { words: one.words, choices });
      const low = pick === 0 ? told.low : told.high;
      return { ...told, words: choices[pick], low, high: null, bound: "exactly" };
    }

    function refusalOf(one, text) {
      const before = text.slice(0, one.start);
      const bound = F.before.search(before);
      const bare = bound ? before.slice(0, bound.index) : before;
      if (one.denied) return "denied";
      if (one.high !== null && F.from.search(before)) return "from_to";
      if (U.part_of.search(bare) || U.multiple_of.search(bare)) return "part_of";
      if (U.change_before.search(before) || U.change_behind.match(text, one.end)) return "difference";
      if (U.more_than_before.match(text, one.end)) return "difference";
      const isPrice = one.amount.per === "token" || (!one.amount.per && U.price.match(text, one.end));
      return isPrice ? "price" : "";
    }

    function sizeOf({ low, high }) {
      if (low === 0 && !high) return "nothing";
      const ends = [low, high].filter((end) => end !== null);
      return ends.some((end) => !Number.isFinite(end) || Math.abs(end) >= table.limit) ? "huge" : "";
    }

    function unitOf({ currency, counts, which }, hasNoun) {
      if (currency) return "money";
      if (counts === "GW") return "power";
      return which || hasNoun ? "count" : "";
    }

    function nounOf(which, noun, unit) {
      if (which) return "users";
      return noun && unit === "count" ? noun.groups.noun.toLowerCase() : "";
    }

    /** Whether a word before a number may belong to what has that number: a bill is passed, a row is over a deal. */
    function isOfADeal(one, text) {
      const could = U.towards.search(one.said) ?? U.preposition.search(one.said);
      return could !== null && U.deal.match(text, one.end) !== null;
    }

    function toldOf(one, text, years, aside) {
      const { amount, high, end } = one;
      const noun = U.noun.match(text, end);
      const unit = unitOf(amount, noun !== null);
      const every = noun && U.noun_every.match(text, endOf(noun));
      let often = forms.often.includes(amount.which) ? amount.which : "";
      if (every && !often) often = forms.often_of[every.groups.span.toLowerCase()];
      const ends = [amount, high].filter((each) => each !== null).map((each) => valueOf(each)).sort((a, b) => a - b);
      const ofADeal = isOfADeal(one, text);
      let told = {
        ...NOTHING,
        words: one.words,
        low: ends[0],
        high: high ? ends[1] : null,
        bound: ofADeal ? "exactly" : one.qualifier,
        unit,
        currency: amount.currency,
        noun: nounOf(amount.which, noun, unit),
        per: amount.per,
        often,
        years,
        aside,
        is_plan: isPlan(text),
      };
      if (unit === "money") told = ruled(told, one, text);
      const unsure = ofADeal && U.preposition.search(one.said) ? ["bound"] : [];
      return { ...told, could: unsure.length ? one.qualifier : "", open: [...unsure, ...openOf(told)] };
    }

    /** The ruler of a sum of money, as far as its own part of the headline tells it without a doubt. */
    function ruled(told, one, text) {
      const clause = clauseOf(one, text);
      const sort = sortOf(one, text, clause);
      let period = "";
      if (forms.in_books.includes(sort) && !told.per) {
        period = ["quarter", "half", "month"].find((name) => U[name].search(text)) ?? "";
        if (!period && U.in_a_year.search(text)) period = "year";
      }
      const sides = ["gross", "net"].filter((side) => U[side].search(text));
      const hasChannel = (sort === "pace" || sort === "booked") && sides.length === 1;
      return { ...told, sort, period, channel: hasChannel ? sides[0] : "" };
    }

    function clauseOf(one, text) {
      const before = text.slice(0, one.start);
      const cut = U.clause_before.search(before);
      const rest = text.slice(one.end);
      const behind = U.clause_behind.search(rest);
      return (cut ? before.slice(endOf(cut)) : before) + text.slice(one.start, one.end)
        + (behind ? rest.slice(0, behind.index) : rest);
    }

    function sortOf(one, text, clause) {
      const beside = Object.entries(NEAR)
        .filter(([, places]) => places.before.search(text.slice(0, one.start)) ?? places.behind.match(text, one.end))
        .map(([sort]) => sort);
      if (SORTS.pace.search(clause)) return beside.length ? "" : "pace";
      if (beside.length && !one.amount.per) return beside.length === 1 ? beside[0] : "";
      const said = Object.entries(SORTS).filter(([, words]) => words.search(clause)).map(([sort]) => sort);
      return said.length === 1 && forms.clear.includes(said[0]) ? said[0] : "";
    }

    /** What the answer would gain from knowing. */
    function openOf(told) {
      if (!told.unit) return ["counts"];
      if (told.unit === "count") return told.noun === "users" && !told.often ? ["users"] : [];
      if (told.unit !== "money") return [];
      const isSum = !told.per;
      return [
        has(forms.unclear, told.currency) && "currency",
        !told.sort && "sort",
        forms.in_books.includes(told.sort) && isSum && !told.period && "period",
        (told.sort === "promised" || told.sort === "planned") && isSum && told.years === null && "term",
        (told.sort === "pace" || told.sort === "booked") && !told.channel && "channel",
      ].filter(Boolean);
    }

    /** What is sure about a headline; `pick` chooses one of the numbers between which it was asked to choose. */
    function understand(headline, pick = null) {
      const text = cleaned(headline);
      const wrong = formOf(text);
      if (wrong) return asking(wrong);
      const [years, withoutTerm] = termOf(text);
      const stated = read(withoutTerm).filter(({ amount }) => amount.counts !== "year");
      const taken = candidatesOf(stated, withoutTerm);
      if (taken.length > 1 && pick === null) return asking("which", { choices: wordsOf(taken) });
      if (!taken.length) return withoutNumber(stated, withoutTerm);
      const one = taken[pick] ?? taken[0];
      const aside = wordsOf(stated.filter((each) => each !== one));
      return checked(one, withoutTerm, toldOf(one, withoutTerm, years, aside), pick);
    }

    return { read, understand, cleaned, valueOf, openOf };
  }

  globalThis.FrontierHeadlines = { reader };
})();

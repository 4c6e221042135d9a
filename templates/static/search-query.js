// A query → what it asks for. The same as paperkb/search/query.py; docs/search.md has the grammar.
"use strict";

{
  const { terms } = paperkb;
  const { SPACE, words, isCjk, folded, size } = paperkb.text;

  const FILTERS = new Set(
    ("title author tag topic venue year status rating arxiv doi via has cites citedby added " +
      "sort").split(" "),
  );
  const SORTS = ["relevance", "year", "added", "rating", "title", "cited"];
  const STATUSES = ["inbox", "queued", "reading", "skimmed", "read", "dropped"];
  const THINGS = ["code", "pdf", "tldr", "note", "cards"];
  const TEXT_FILTERS = ["title", "author", "venue", "via"];
  const DEEPEST = 50;
  const TOKEN = new RegExp(`[${SPACE}]+|[()"]|[^${SPACE}()"]+`, "gu");
  const BLANK = new RegExp(`^[${SPACE}]`, "u");
  const NAMED = /^([A-Za-z]+):(.*)$/s;
  const RANGE = /^(?:(>=|<=|>|<)(.*)|(.*?)\.\.(.*)|(.*))$/s;
  const DATE = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;
  const AROUND_ID = {
    arxiv: /^(?:https?:\/\/)?(?:[a-z]+\.)?arxiv\.org\/[a-z]+\/|^arxiv:|(?:v[0-9]+)?(?:\.pdf)?$/g,
    doi: /^(?:https?:\/\/)?(?:dx\.)?doi\.org\/|^doi:/g,
  };
  const NEEDS = { year: "not a year", rating: "not a rating", added: "not a date" };

  /** A query that cannot be understood; `place` counts characters from 0. */
  class QueryError extends Error {
    constructor(message, place) {
      super(message);
      this.name = "QueryError";
      this.place = place;
    }
  }

  /**
   * What a query asks for: a tree of nodes
   *
   *     {kind: "words", parts: [[term, place], …], whole, field, isPrefix, isPlain}
   *     {kind: "label", entry, isPrefix, nested}
   *     {kind: "range", field, low, high}
   *     {kind: "not", child}    {kind: "and" | "or", children: […]}
   *
   * @param {string} text
   * @param {{typing?: boolean}} [options] `typing`: the last word may go on.
   * @returns {{root: object, sort: string}} `root` is an empty "and" for all notes.
   * @throws {QueryError} if it is malformed.
   */
  function parse(text, { typing = false } = {}) {
    return new Parser(text, typing).query();
  }

  class Parser {
    constructor(text, typing) {
      this.text = text;
      this.typing = typing;
      this.sort = "relevance";
      this.tokens = Array.from(text.matchAll(TOKEN), (match) => [match[0], match.index]);
      this.next = 0;
      this.depth = 0;
    }

    error(message, place) {
      return new QueryError(message, size(this.text.slice(0, place)));
    }

    query() {
      const root = this.or();
      if (this.next < this.tokens.length) {
        throw this.error("nothing to close", this.tokens[this.next][1]);
      }
      return { root: root ?? { kind: "and", children: [] }, sort: this.sort };
    }

    /** The next token; empty at the end. */
    peek() {
      while (this.next < this.tokens.length && BLANK.test(this.tokens[this.next][0])) this.next++;
      return this.tokens[this.next]?.[0] ?? "";
    }

    /** Sides of `OR`; nothing if there is none. */
    or() {
      const sides = [this.and()];
      const places = [];
      while (this.peek() === "OR") {
        places.push(this.tokens[this.next++][1]);
        sides.push(this.and());
      }
      if (!places.length) return sides[0];
      const missing = sides.indexOf(null);
      if (missing >= 0) {
        throw this.error("nothing to search for", places[Math.max(missing - 1, 0)]);
      }
      return { kind: "or", children: sides };
    }

    /** What stands side by side; nothing if nothing does. */
    and() {
      const children = [];
      for (let token; (token = this.peek()) && token !== ")" && token !== "OR"; ) {
        const child = this.unary();
        if (child) children.push(child);
      }
      return children.length > 1 ? { kind: "and", children } : (children[0] ?? null);
    }

    unary() {
      const [token, place] = this.tokens[this.next];
      if (token === "(") return this.group(place);
      if (token === '"') return this.phrase("", place);
      this.next++;
      return token.startsWith("-") ? this.negated(token.slice(1), place) : this.word(token, place);
    }

    /** What stands in parentheses, of which the opening one is the next token. */
    group(place) {
      if (this.depth === DEEPEST) throw this.error("too many (", place);
      this.next++;
      this.depth++;
      const inside = this.or();
      this.depth--;
      if (this.peek() !== ")") throw this.error("missing )", place);
      if (!inside) throw this.error("nothing to search for", place);
      this.next++;
      return inside;
    }

    negated(rest, place) {
      const follows = this.tokens[this.next]?.[0];
      if (!rest && follows !== "(" && follows !== '"') {
        throw this.error("nothing to search for", place);
      }
      const child = rest ? this.word(rest, place + 1) : this.unary();
      return child && { kind: "not", child };
    }

    /** A quoted text. The opening quote is the next token, at `place`. */
    phrase(field, place) {
      const close = this.text.indexOf('"', place + 1);
      if (close < 0) throw this.error('missing "', place);
      while (this.tokens[this.next]?.[1] <= close) this.next++;
      const inside = this.text.slice(place + 1, close);
      return field ? this.filter(field, inside, place + 1) : phraseOf(inside, "");
    }

    word(token, place) {
      if (token.startsWith("#") && token.length > 1) {
        return this.filter("tag", token.slice(1), place + 1);
      }
      const [, name, value] = NAMED.exec(token) ?? [];
      const field = name?.toLowerCase();
      if (!FILTERS.has(field)) {
        const isLast = this.typing && place + token.length === this.text.length;
        return wordOf(token, "", isLast);
      }
      const start = place + name.length + 1;
      const [follows, at] = this.tokens[this.next] ?? [];
      if (!value && follows === '"' && at === start && field !== "sort") {
        return this.phrase(field, start);
      }
      if (!value) throw this.error("nothing to search for", place);
      return field === "sort" ? this.sortBy(value, start) : this.filter(field, value, start);
    }

    sortBy(value, place) {
      this.sort = this.oneOf(SORTS, value, "not a sort", place);
      return null;
    }

    oneOf(names, value, message, place) {
      if (!names.includes(value.toLowerCase())) throw this.error(message, place);
      return value.toLowerCase();
    }

    filter(field, value, place) {
      if (TEXT_FILTERS.includes(field)) {
        return value.includes(" ") ? phraseOf(value, field) : wordOf(value, field);
      }
      switch (field) {
        case "tag":
        case "topic": {
          const isPrefix = value.endsWith("*");
          const name = folded(value.replace(/\*+$/, "")).replace(/^\/+|\/+$/g, "");
          return { kind: "label", entry: `${field}:${name}`, isPrefix, nested: !isPrefix };
        }
        case "year":
        case "rating":
        case "added":
          return this.range(field, value, place);
        case "status":
          return label(field, this.oneOf(STATUSES, value, "not a status", place));
        case "has":
          return label(field, this.oneOf(THINGS, value, "not a thing to have", place));
        case "arxiv":
        case "doi":
          return label(field, value.toLowerCase().replace(AROUND_ID[field], ""));
        default:
          return label(field, folded(value));
      }
    }

    range(field, value, place) {
      const [, sign, bound, first, last, one] = RANGE.exec(value);
      const between = (low, high) => ({ kind: "range", field, low, high });
      if (sign) {
        const [low, high] = this.span(field, bound, place + sign.length);
        if (sign === ">=") return between(low, "");
        if (sign === "<=") return between("", high);
        return sign === ">" ? between(after(high), "") : between("", before(low));
      }
      if (first === undefined) return between(...this.span(field, one, place));
      if (!first && !last) throw this.error(NEEDS[field], place);
      const low = first ? this.span(field, first, place)[0] : "";
      const high = last ? this.span(field, last, place + first.length + 2)[1] : "";
      return between(low, high);
    }

    /** The first and the last entry that a value means. */
    span(field, value, place) {
      if (field === "rating" && /^[1-5]$/.test(value)) return [value, value];
      if (field === "year" && /^\d{4}$/.test(value)) return [value, value];
      const [, year, month, day] = (field === "added" && DATE.exec(value)) || [];
      if (Number(year) >= 1 && isWithin(month ?? 1, 12)) {
        const last = daysOf(Number(year), Number(month ?? 12));
        if (isWithin(day ?? 1, last)) {
          return [
            `${year}-${month ?? "01"}-${day ?? "01"}`,
            `${year}-${month ?? "12"}-${day ?? last}`,
          ];
        }
      }
      throw this.error(NEEDS[field], place);
    }
  }

  function wordOf(token, field, isLast = false) {
    const isMarked = token.endsWith("*");
    const text = token.replace(/\*+$/, "");
    const found = terms(text);
    let parts = partsOf(found);
    let whole = "";
    const names = words(text);
    if (names.length === 1) {
      whole = found.find((term) => term.isWhole)?.text ?? "";
      if (whole && parts.length < 2) {
        [parts, whole] = [[[whole, 0]], ""]; // the others are stop words: A-MEM
      } else if (isMarked && !parts.length) {
        parts = [[names[0].toLowerCase(), 0]]; // the*
      }
    }
    const goesOn = isMarked || (isLast && size(parts.map(([term]) => term).join("")) >= 3);
    const isOnlySign = parts.length === 1 && isSign(parts[0][0]);
    const isPrefix = isOnlySign || (goesOn && (parts.length === 1 || whole !== ""));
    return { kind: "words", parts, whole, field, isPrefix, isPlain: !field && !isMarked };
  }

  function phraseOf(text, field) {
    const parts = partsOf(terms(text));
    const isPrefix = parts.length === 1 && isSign(parts[0][0]);
    return { kind: "words", parts, whole: "", field, isPrefix, isPlain: false };
  }

  /** Whether a term is a single sign of a script that stands in pairs. */
  function isSign(term) {
    return isCjk(term) && size(term) === 1;
  }

  /** The terms of a text but whole ones, and but the single sign that ends a run of pairs. */
  function partsOf(found) {
    const parts = found.filter((term) => !term.isWhole).map(({ text, place }) => [text, place]);
    return parts.filter(([text, place], number) => {
      const [before, there] = parts[number - 1] ?? [""];
      const endsPairs = isCjk(before) && size(before) === 2 && there === place - 1;
      return !(endsPairs && isSign(text));
    });
  }

  function label(field, value) {
    return { kind: "label", entry: `${field}:${value}`, isPrefix: false, nested: false };
  }

  /** A bound above an entry and below the next: digits and hyphens sort before `~`. */
  function after(entry) {
    return `${entry}~`;
  }

  /** A bound just below an entry. */
  function before(entry) {
    const last = entry.length - 1;
    return `${entry.slice(0, last)}${String.fromCharCode(entry.charCodeAt(last) - 1)}~`;
  }

  function isWithin(value, most) {
    return Number(value) >= 1 && Number(value) <= most;
  }

  function daysOf(year, month) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  }

  Object.assign(paperkb, { parse, QueryError });
}

// Where the words of a query stand in a text: for lists of results. The same as
// paperkb/search/snippet.py, by docs/search.md.
"use strict";

{
  const { parse, terms } = paperkb;
  const { RUNS, isCjk, size } = paperkb.text;

  const [LENGTH, BEFORE] = [200, 40];
  const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_'’./][\p{L}\p{N}\p{M}]+)*/gu;
  const PART = /[\p{L}\p{N}\p{M}]+/gu;

  /**
   * A text in pieces, of which some are words that a query asks for.
   * @param {string} text
   * @param {string} query
   * @param {{typing?: boolean}} [options] `typing`: the last word of the query may go on.
   * @returns {[piece: string, isMatch: boolean][]} the whole text; without matches if the query is
   *   malformed.
   */
  function highlight(text, query, options) {
    return pieces(text, ranges(text, query, options), 0, text.length);
  }

  /**
   * The part of a note's text, of about 200 characters, in which most words of a query stand.
   * @param {{text: string}} note
   * @param {string} query
   * @param {{typing?: boolean}} [options]
   * @returns {[piece: string, isMatch: boolean][]} as `highlight`; `…` stands for what is left out.
   */
  function snippet({ text }, query, options) {
    const found = ranges(text, query, options);
    const [start, end] = cut(text, found);
    return [
      ...(start > 0 ? [["… ", false]] : []),
      ...pieces(text, found, start, end),
      ...(end < text.length ? [[" …", false]] : []),
    ];
  }

  /** Where a snippet begins and ends; counted in characters, of which some are two in a string. */
  function cut(text, ranges) {
    if (!/[\ud800-\udbff]/.test(text)) return window(text, text.length, ranges);
    const signs = [...text];
    const places = new Map(); // in the string → in characters
    let place = 0;
    for (const [number, sign] of signs.entries()) {
      places.set(place, number);
      place += sign.length;
    }
    places.set(place, signs.length);
    const inSigns = ranges.map(([from, to]) => [places.get(from), places.get(to)]);
    const within = window(signs, signs.length, inSigns);
    return within.map((end) => signs.slice(0, end).join("").length);
  }

  function window(signs, length, ranges) {
    const [first, stop] = densest(ranges);
    let start = Math.max(0, Math.min(first - BEFORE, length - LENGTH));
    if (start) {
      const space = signs.indexOf(" ", start - 1);
      start = space >= 0 && space < first ? space + 1 : start;
    }
    let end = Math.min(length, start + LENGTH);
    if (end < length) {
      const space = signs.lastIndexOf(" ", end);
      end = space >= stop && space > start ? space : end;
    }
    return [start, end];
  }

  /** Where the words of a query stand in a text: [from, to] in order, side by side at most. */
  function ranges(text, query, { typing = false } = {}) {
    const match = matcher(query, typing);
    const known = new Map();
    const found = [];
    for (const { 0: word, index } of match ? text.matchAll(WORD) : []) {
      if (!known.has(word)) known.set(word, rangesInWord(word, match));
      for (const [from, to] of known.get(word)) found.push([index + from, index + to]);
    }
    return found;
  }

  /** How many characters of a term at its beginning a query asks for; null if it asks nothing. */
  function matcher(query, typing) {
    const exact = new Set();
    const prefixes = [];
    for (const { parts, whole, isPrefix } of wordsOf(query, typing)) {
      for (const [term] of parts) exact.add(term);
      if (whole) exact.add(whole);
      if (isPrefix) prefixes.push(whole || parts[0][0]);
    }
    if (!exact.size) return null;
    const prefixOf = (term) => prefixes.find((prefix) => term.startsWith(prefix)) ?? "";
    return (term) => size(exact.has(term) ? term : prefixOf(term));
  }

  function wordsOf(query, typing) {
    const words = (node) => {
      if (node.kind === "words") return [node];
      return node.kind === "and" || node.kind === "or" ? node.children.flatMap(words) : [];
    };
    try {
      return words(parse(query, { typing }).root);
    } catch (error) {
      if (error instanceof paperkb.QueryError) return [];
      throw error;
    }
  }

  function rangesInWord(word, match) {
    if (terms(word).some((term) => term.isWhole && match(term.text))) return [[0, word.length]];
    const found = [];
    for (const { 0: part, index } of word.matchAll(PART)) {
      for (const { 0: run, index: offset } of part.matchAll(RUNS)) {
        const ranges = isCjk(run) ? rangesInSigns(run, match) : rangesInLetters(run, match);
        for (const [from, to] of ranges) found.push([index + offset + from, index + offset + to]);
      }
    }
    return found;
  }

  function rangesInLetters(run, match) {
    return terms(run).some(({ text }) => match(text)) ? [[0, run.length]] : [];
  }

  function rangesInSigns(run, match) {
    const signs = [...run];
    let marked = 0;
    let index = 0;
    return signs.flatMap((sign, place) => {
      const [pair] = terms(sign + (signs[place + 1] ?? ""));
      marked = Math.max(marked, place + (pair ? match(pair.text) : 0));
      const from = index;
      index += sign.length;
      return place < marked ? [[from, index]] : [];
    });
  }

  /** The first range of most that fit into a snippet with it, and where the last of them ends. */
  function densest(ranges) {
    let best = [0, 0];
    let most = 0;
    let last = 0;
    for (const [first, [from]] of ranges.entries()) {
      while (last < ranges.length && ranges[last][1] <= from + LENGTH - BEFORE) last++;
      if (last - first > most) {
        most = last - first;
        best = [from, ranges[last - 1][1]];
      }
    }
    return best;
  }

  function pieces(text, ranges, start, end) {
    const found = [];
    const add = (from, to, isMatch) => {
      const last = found.at(-1);
      if (last?.[1] === isMatch) last[0] += text.slice(from, to);
      else if (from < to) found.push([text.slice(from, to), isMatch]);
    };
    let place = start;
    for (const [from, to] of ranges) {
      if (from < start || to > end) continue;
      add(place, from, false);
      add(from, to, true);
      place = to;
    }
    add(place, end, false);
    return found;
  }

  Object.assign(paperkb, { highlight, snippet });
}

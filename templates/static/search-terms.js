// Text → terms: what notes are found by. The same as paperkb/search/terms.py, by docs/search.md.
"use strict";

// Not `??=`: a heading may have this name as its id, which makes it a global too.
if (!Object.hasOwn(globalThis, "paperkb")) globalThis.paperkb = {};

{
  const STOP_WORDS = new Set(
    ("a an and are as at be by for from in is it its of on or that the this to was we were which " +
      "with").split(" "),
  );
  const LONGEST = 40;

  const SPACE =
    "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const CJK_SIGNS =
    "\\u3005\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff" +
    "\\u{20000}-\\u{3ffff}";
  const CJK = new RegExp(`^[${CJK_SIGNS}]`, "u");
  const RUNS = new RegExp(`[${CJK_SIGNS}]+|[^${CJK_SIGNS}]+`, "gu");
  const TEX = new RegExp(
    `\\$\\$[^$]*\\$\\$|\\$[^$${SPACE}](?:[^$\\n]*[^$${SPACE}])?\\$|\\\\[A-Za-z]+`,
    "gu",
  );
  const WORD = /[\p{L}\p{N}]+(?:[-_'’./][\p{L}\p{N}]+)*/gu;
  const PARTS = /[\p{L}\p{N}]+/gu;
  const BOUNDARY =
    /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])/u;
  const PLURAL = /^[a-z]{3,}(?<!s|u|i)s$/;
  const SPACES = new RegExp(`[${SPACE}]+`, "gu");
  // The voiced sounds of Japanese are letters of their own.
  const MARKS = /(?![\u3099\u309a])\p{M}/gu;

  /**
   * All terms of a text, in order. Stop words keep their place.
   * @param {string} text
   * @returns {{text: string, place: number, isWhole: boolean}[]} `place` counts words; `isWhole`:
   *   the joined form of a word of several parts, beside which the parts stand too.
   */
  function terms(text) {
    const found = [];
    let place = 0;
    for (const word of words(text)) {
      const parts = word.match(PARTS).flatMap((part) => part.match(RUNS)).flatMap(pieces);
      if (parts.length > 1 && !parts.some(isCjk)) {
        found.push({ text: term(parts.join("")), place, isWhole: true });
      }
      for (const part of parts) {
        if (!STOP_WORDS.has(part.toLowerCase())) {
          found.push({ text: term(part), place, isWhole: false });
        }
        place++;
      }
    }
    return found;
  }

  /** The words of a text, before they are taken apart. */
  function words(text) {
    return foldedMarks(text).replace(TEX, " ").match(WORD) ?? [];
  }

  /** Whether a term is made of Chinese, Japanese or Korean signs. */
  function isCjk(term) {
    return CJK.test(term);
  }

  /** A label or key for comparison: composed, lower case, white space single. */
  function folded(text) {
    const words = text.normalize("NFC").toLowerCase().split(SPACES);
    return words.filter((word) => word).join(" ");
  }

  /** How many characters a text has; astral ones count once, as everywhere in search. */
  function size(text) {
    let count = 0;
    for (const _ of text) count++;
    return count;
  }

  /** By code point, as files are sorted: less than, equal to, or greater than zero. */
  function compare(one, other) {
    let place = 0;
    while (place < one.length && one[place] === other[place]) place++;
    return (one.codePointAt(place) ?? -1) - (other.codePointAt(place) ?? -1);
  }

  // Pairs of signs and the last sign, or the parts of a word in camel case or with digits.
  function pieces(run) {
    if (!isCjk(run)) return run.split(BOUNDARY);
    const signs = [...run];
    return signs.map((sign, place) => sign + (signs[place + 1] ?? ""));
  }

  function term(word) {
    let term = word.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
    if (PLURAL.test(term)) {
      term = term.endsWith("ies") && term.length > 4 ? `${term.slice(0, -3)}y` : term.slice(0, -1);
    }
    return term.length > LONGEST ? [...term].slice(0, LONGEST).join("") : term;
  }

  function foldedMarks(text) {
    return text.normalize("NFKD").replace(MARKS, "").normalize("NFC");
  }

  Object.assign(paperkb, { terms, text: { SPACE, RUNS, words, isCjk, folded, size, compare } });
}

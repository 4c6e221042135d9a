// A query, answered from the index below search/. The same as paperkb/search/engine.py, scores.py
// and source.py; docs/search.md says what. Only the parts of the index that a query needs are
// loaded, as scripts, since a page that was opened from disk may load nothing else.
"use strict";

{
  const { parse } = paperkb;
  const { isCjk, size, compare } = paperkb.text;

  const LONGER = 0.7;
  const [ONE_EDIT, TWO_EDITS] = [0.4, 0.2];
  const [ONE_EDIT_FROM, TWO_EDITS_FROM] = [4, 8];
  const FEW = 3;
  const UNSCORED = /^(?:venue|via):/;
  const K1 = 1.2;
  const THOUSANDTHS = 1000;
  const FACETS = ["tag", "topic", "year", "status", "author"];

  /**
   * The notes that match a query, the best first.
   * @param {string} text
   * @param {{limit?: number, typing?: boolean}} [options] `typing`: its last word may go on.
   * @returns {Promise<object[]>} at most `limit` notes, as search/notes/ has them, with `number`
   *   and `score`. The array also has `total`, how many match, and `numbers`, all that match; where
   *   scores are equal, their order is that of keys up to `limit` only.
   * @throws {paperkb.QueryError} if the query is malformed.
   */
  async function search(text, { limit = 20, typing = false } = {}) {
    const { root, sort } = parse(text, { typing });
    const source = new Source((await load("meta")) ?? { size: 0, starts: [""], similar: [] });
    let scores = await source.settled(() => new Engine(source, false).scores(root));
    if (scores.size < FEW && mayBeMistyped(root)) {
      scores = await source.settled(() => new Engine(source, true).scores(root));
    }
    const numbers = await source.settled(() => inOrder(source, scores, sort, limit));
    const notes = await Promise.all(
      numbers.slice(0, limit).map(async (number) => {
        const note = await load(`notes/${number}`);
        return note && { ...note, number, score: rounded(scores.get(number)) };
      }),
    );
    const found = notes.filter((note) => note);
    return Object.assign(found, { total: numbers.length, numbers });
  }

  /**
   * How many of some notes are in each group of a kind.
   * @param {"tag"|"topic"|"year"|"status"|"author"} kind
   * @param {Iterable<number>} numbers
   * @returns {Promise<[name: string, label: string, count: number][]>} without empty groups.
   */
  async function facet(kind, numbers) {
    const [groups, order] = await Promise.all([load(`facets/${kind}`), load("order/key")]);
    const wanted = new Set(numbers);
    const isWanted = numbersIn(order ?? "").map((number) => wanted.has(number));
    return (groups ?? [])
      .map(([name, label, packed]) => {
        let place = 0;
        let count = 0;
        for (const step of varintsIn(packed)) count += isWanted[(place += step)] ? 1 : 0;
        return [name, label, count];
      })
      .filter(([, , count]) => count);
  }

  /** `facet` of all kinds: kind → groups. */
  async function facets(numbers) {
    const all = await Promise.all(FACETS.map((kind) => facet(kind, numbers)));
    return Object.fromEntries(FACETS.map((kind, index) => [kind, all[index]]));
  }

  function inOrder(source, scores, sort, limit) {
    if (sort !== "relevance") return source.order(sort).filter((number) => scores.has(number));
    const hits = Array.from(scores, ([number, score]) => [number, rounded(score)]);
    hits.sort(([, one], [, other]) => other - one);
    const isTie = ([, score], place) => place < limit && score === hits[place + 1]?.[1];
    if (!scores.isByKey && hits.some(isTie)) {
      const rank = new Map(source.order("key").map((number, place) => [number, place]));
      hits.sort((one, other) => other[1] - one[1] || rank.get(one[0]) - rank.get(other[0]));
    }
    return hits.map(([number]) => number);
  }

  function mayBeMistyped({ kind, isPlain, parts, children, }) {
    if (kind === "words") return isPlain && parts.some(([term]) => edits(term));
    return kind === "and" || kind === "or" ? children.some(mayBeMistyped) : false;
  }

  /** Whether a part of a query is stop words and signs alone. */
  function saysNothing({ kind, parts, child, children }) {
    if (kind === "words") return !parts.length;
    if (kind === "not") return saysNothing(child);
    return kind === "and" || kind === "or" ? children.every(saysNothing) : false;
  }

  /** How many typos a term may have. */
  function edits(term) {
    if (isCjk(term)) return 0;
    return Number(size(term) >= ONE_EDIT_FROM) + Number(size(term) >= TWO_EDITS_FROM);
  }

  /** Number of a note → score; `isByKey` where it is known that notes stand in the order of keys. */
  class Scores extends Map {
    isByKey = false;

    static byKey(pairs) {
      return Object.assign(new Scores(pairs), { isByKey: true });
    }

    /** Those that are in another one, with both scores added. */
    and(other) {
      return this.changed(([number]) => other.has(number), (number, score) => score + other.get(number));
    }

    changed(isKept, score) {
      const kept = Array.from(this).filter(isKept);
      const changed = new Scores(kept.map(([number, old]) => [number, score(number, old)]));
      return Object.assign(changed, { isByKey: this.isByKey });
    }
  }

  Object.assign(paperkb, { search, facet, facets });
}

// A query, answered from the index. The same as paperkb/search/engine.py and scores.py;
// docs/search.md says what.
"use strict";

{
  const { parse } = paperkb;
  const { answered } = paperkb.index;
  const { isCjk, size, compare } = paperkb.text;

  const LONGER = 0.7;
  const [ONE_EDIT, TWO_EDITS] = [0.4, 0.2];
  const [ONE_EDIT_FROM, TWO_EDITS_FROM] = [4, 8];
  const FEW = 3;
  const MOST_SIMILAR = 2;
  const MOST_LONGER = 100;
  const MOST_NOTES = 8000;
  const MONTH = 7;
  const UNSCORED = /^(?:venue|via):/;
  const K1 = 1.2;
  const THOUSANDTHS = 1000;

  /**
   * The notes that match a query, the best first.
   * @param {string} text
   * @param {{limit?: number, typing?: boolean}} [options] `typing`: the last word may go on.
   * @returns {Promise<object[]>} the first `limit` notes, as search/notes/ has them, with `number`
   *   and `score`. The array has five properties: `total`, how many match; `numbers`, all of them,
   *   from low to high; `cut`, the prefixes that more words begin with than were looked for;
   *   `instead`, the names that were looked for beside mistyped words; and `query`,
   *   the text that finds the same when nobody is typing it.
   * @throws {paperkb.QueryError} if the query is malformed.
   */
  async function search(text, { limit = 20, typing = false } = {}) {
    const query = parse(text, { typing });
    return answered((source) => answer(source, text, query, limit));
  }

  async function answer(source, text, { root, sort }, limit) {
    let engine = new Engine(source);
    let scores = await source.settled(() => engine.scores(root));
    const doubted = scores.size < FEW ? engine.doubted(root) : [];
    if (doubted.length) {
      engine = new Engine(source, doubted);
      scores = await source.settled(() => engine.scores(root));
    }
    const ranked = await source.settled(() => inOrder(source, scores, sort, limit));
    const shown = ranked.map(async (number) => {
      const note = await source.note(number);
      return note && { ...note, number, score: rounded(scores.get(number)) };
    });
    const loaded = (await Promise.all(shown)).filter((note) => note);
    if (sort === "relevance") {
      loaded.sort((one, other) => other.score - one.score || compare(one.key, other.key));
    }
    const notes = loaded.slice(0, limit);
    return Object.assign(notes, {
      total: scores.size,
      numbers: [...scores.keys()].sort((one, other) => one - other),
      cut: [...engine.cut].sort(compare),
      instead: [...engine.instead].sort(compare),
      query: doubted.length || !goesOn(source, text, root, scores) ? text : `${text}*`,
    });
  }

  /** Whether more was found since the last word is being typed. */
  function goesOn(source, text, root, scores) {
    const exact = parse(text).root;
    if (JSON.stringify(exact) === JSON.stringify(root)) return false;
    return new Engine(source).scores(exact).size < scores.size;
  }

  /** Score by number of a note. */
  class Scores extends Map {
    /** Some of these notes, with more score. */
    kept(isKept, more = () => 0) {
      const scores = new Scores();
      for (const [number, score] of this) {
        if (isKept(number)) scores.set(number, score + more(number));
      }
      return scores;
    }
  }

  /** Answers from a source; `doubted` words also stand for similar names. */
  class Engine {
    constructor(source, doubted = []) {
      this.source = source;
      this.isDoubted = (words) => doubted.includes(words);
      this.cut = new Set();
      this.instead = new Set();
    }

    scores(node) {
      switch (node.kind) {
        case "words":
          return this.words(node);
        case "label":
          return this.label(node);
        case "range":
          return this.range(node);
        case "not":
          return this.allOf([node]);
        case "and":
          return this.allOf(node.children);
        default:
          return best(node.children.map((child) => this.scores(child)));
      }
    }

    everything() {
      return new Scores(this.source.numbers().map((number) => [number, 0]));
    }

    allOf(children) {
      const asked = children.filter((child) => !saysNothing(child));
      if (children.length && !asked.length) return new Scores();
      const isNot = ({ kind }) => kind === "not";
      const exact = new Engine(this.source);
      const wanted = asked.filter((child) => !isNot(child)).map((child) => this.scores(child));
      const unwanted = asked.filter(isNot).map(({ child }) => exact.scores(child));
      for (const prefix of exact.cut) this.cut.add(prefix);
      const found = wanted.length ? sumOf(wanted) : this.everything();
      return unwanted.reduce((left, scores) => left.kept((number) => !scores.has(number)), found);
    }

    // Words

    /** A word or a phrase: its parts side by side, or, of one word, the joined form. */
    words(words) {
      const { parts, whole, field: name, isPrefix, isPlain } = words;
      const field = name && `${name}:`;
      if (!parts.length) return new Scores();
      const isOne = parts.length === 1;
      const term = isOne ? parts[0][0] : whole;
      const exact = field + term;
      const found = isOne ? [] : [this.phrase(parts.map(([term, place]) => [field + term, place]))];
      if (term) found.push(this.entry(exact));
      if (isPrefix) {
        const isAsked = !isPlain || isCjk(term); // and not just a word being typed
        found.push(...this.longer(exact, isAsked));
      }
      if (this.isDoubted(words)) {
        for (const [other, worth] of this.similar(term)) {
          this.instead.add(other);
          found.push(this.entry(other, worth));
        }
      }
      return best(found);
    }

    /** What the first words that go on beyond a prefix find. */
    *longer(prefix, isAsked) {
      let [words, notes] = [0, 0];
      for (const entry of this.source.longer(prefix)) {
        if (words++ === MOST_LONGER || notes >= MOST_NOTES) {
          if (isAsked) this.cut.add(prefix);
          return;
        }
        const scores = this.entry(entry, LONGER);
        notes += scores.size;
        yield scores;
      }
    }

    entry(entry, worth = 1) {
      const posting = this.source.posting(entry);
      return posting ? this.scored(posting, worth) : new Scores();
    }

    scored({ entry, numbers, weights }, worth) {
      const isScored = weights.length && !UNSCORED.test(entry);
      const idf = rarity(this.source.size, numbers.length);
      const score = (_, place) => (isScored ? idf * saturated(weights[place]) * worth : 0);
      return new Scores(numbers.map((number, place) => [number, score(number, place)]));
    }

    /** Notes in which the parts stand at these distances; the sum of what each is worth. */
    phrase(parts) {
      const places = parts.map(([entry]) => this.source.places(entry));
      const found = sumOf(parts.map(([entry]) => this.entry(entry)));
      return found.kept((number) => {
        const [starts, ...others] = parts.map(([, distance], part) =>
          places[part].get(number).map((place) => place - distance),
        );
        return starts.some((start) => others.every((other) => other.includes(start)));
      });
    }

    /** The words that find few notes by themselves; if none does, that which finds fewest. */
    doubted(root) {
      const found = mistakable(root).map((words) => [words, this.words(words).size]);
      const few = Math.max(FEW - 1, Math.min(...found.map(([, count]) => count)));
      return found.filter(([, count]) => count <= few).map(([words]) => words);
    }

    /** [name, worth] of the nearest names that a word may be a slip for. Of those with as many
     * typos, the one that begins like it for longer is nearer. */
    similar(term) {
      const most = edits(term);
      const found = [];
      for (let length = size(term) - most; length <= size(term) + most; length++) {
        for (const name of this.source.similar(length)) {
          const edits = distance(term, name, most);
          if (edits > 0 && edits <= most) found.push({ name, edits, same: sameStart(term, name) });
        }
      }
      found.sort((a, b) => a.edits - b.edits || b.same - a.same || compare(a.name, b.name));
      const nearest = found.slice(0, MOST_SIMILAR);
      return nearest.map(({ name, edits }) => [name, edits === 1 ? ONE_EDIT : TWO_EDITS]);
    }

    // Filters

    label({ entry, isPrefix, nested }) {
      if (isPrefix) return this.anyOf(this.source.entries(entry));
      return this.anyOf([entry, ...(nested ? this.source.entries(`${entry}/`) : [])]);
    }

    range({ field, low, high }) {
      if (field === "added") return this.anyOf(this.days(low, high));
      return this.anyOf(this.source.between(field, low, high));
    }

    /** The entries of some days: whole months, and days of those at the two ends. */
    days(low, high) {
      const [first, last] = [low, high].map((day) => day.slice(0, MONTH));
      return this.source.between("month", first, last).flatMap((entry) => {
        const month = entry.slice(-MONTH);
        if (low <= `${month}-01` && (!high || `${month}-31` <= high)) return [entry];
        const end = `${month}~`;
        const [from, to] = [low > month ? low : month, high && high < end ? high : end];
        return this.source.between("added", from, to);
      });
    }

    anyOf(entries) {
      return best(entries.map((entry) => this.entry(entry, 0)));
    }
  }

  /** The notes that all have, with the sum of their scores. */
  function sumOf(found) {
    return found.reduce((sum, scores) =>
      sum.kept((number) => scores.has(number), (number) => scores.get(number)),
    );
  }

  /** The larger score of each note. */
  function best(found) {
    const some = found.filter((scores) => scores.size);
    if (some.length === 1) return some[0];
    const best = new Scores();
    for (const scores of some) {
      for (const [number, score] of scores) {
        if (!(best.get(number) >= score)) best.set(number, score);
      }
    }
    return best;
  }

  /** The first notes, or some more. Those that score alike stand in any order, since their keys are
   * known when they are loaded; which of those at the limit come first, an order tells, unless to
   * load them all is less. */
  function inOrder(source, scores, sort, limit) {
    if (sort !== "relevance") return source.first(sort, scores, limit);
    const hits = Array.from(scores, ([number, score]) => [number, rounded(score)]);
    hits.sort(([, one], [, other]) => other - one);
    const least = hits[limit]?.[1];
    if (least === undefined || hits[limit - 1]?.[1] !== least) {
      return hits.slice(0, limit).map(numberOf);
    }
    const above = hits.filter(([, score]) => score > least).map(numberOf);
    const alike = new Set(hits.filter(([, score]) => score === least).map(numberOf));
    const [wanted, all] = [limit - above.length, alike.size];
    const isLess = all - wanted <= source.parts(wanted, all);
    return [...above, ...(isLess ? alike : source.first("key", alike, wanted))];
  }

  function numberOf([number]) {
    return number;
  }

  /** The words of a query that may be slips for others. */
  function mistakable(node) {
    const { kind, isPlain, parts, children } = node;
    if (kind === "and" || kind === "or") return children.flatMap(mistakable);
    const isOne = kind === "words" && isPlain && parts.length === 1;
    return isOne && edits(parts[0][0]) ? [node] : [];
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

  /** With how many letters two words begin alike. */
  function sameStart(one, other) {
    const [letters, chars] = [[...one], [...other]];
    const end = letters.findIndex((letter, place) => letter !== chars[place]);
    return end < 0 ? letters.length : end;
  }

  /** Insertions, deletions, substitutions and exchanges of neighbours between two words; a number
   * above `most` as soon as it is more. (Optimal string alignment.) */
  function distance(one, other, most) {
    const [letters, chars] = [[...one], [...other]];
    const rows = [[...Array(chars.length + 1).keys()]];
    for (let i = 1; i <= letters.length; i++) {
      const [before, last] = [rows[i - 2], rows[i - 1]];
      const row = [i];
      for (let j = 1; j <= chars.length; j++) {
        const change = Number(letters[i - 1] !== chars[j - 1]);
        row.push(Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change));
        if (before && j > 1 && letters[i - 1] === chars[j - 2] && letters[i - 2] === chars[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) return most + 1;
      rows.push(row);
    }
    return rows.at(-1).at(-1);
  }

  /** The inverse document frequency of a term that `ofThem` among `notes` have. */
  function rarity(notes, ofThem) {
    return Math.log(1 + (notes - ofThem + 0.5) / (ofThem + 0.5));
  }

  /** What a stored weight is worth beside others. */
  function saturated(stored) {
    const hits = stored / THOUSANDTHS;
    return (hits * (K1 + 1)) / (K1 + hits);
  }

  /** A score to nine decimals, by an operation that all languages do alike. */
  function rounded(score) {
    return Math.floor(score * 1e9 + 0.5) / 1e9;
  }

  Object.assign(paperkb, { search });
}

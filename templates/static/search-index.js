// The index below search/, as far as a query needs it: scripts, since a page that was opened from
// disk may load nothing else. What is in which is in docs/search.md.
"use strict";

{
  const { Bits, longhand } = paperkb;
  const { compare } = paperkb.text;

  const FACETS = ["tag", "topic", "year", "status", "author"];
  const FORMAT = 5;
  const NOTE = "key title authors year venue status rating path tags text".split(" ");
  const PART = 1000;
  const NO_NOTES = { version: "", size: 0, starts: [""], similar: [], isShort: false };
  const FRESH = 60_000;
  const AT_ONCE = 2;
  const A = "A".charCodeAt(0);
  const LAST = "\u{10ffff}";
  const root = new URL("../search/", document.currentScript.src);
  const given = new Map();
  const loads = new Map();
  let [latest, asked] = [null, 0];

  /** What the files below search/ call. */
  function add(name, value) {
    given.set(name, value);
  }

  /** The value of a file, or null if there is none. The version in its address is that of the whole
   * index, so that a browser's cache never gives a file of another one. */
  function load(name, version) {
    const address = `${name}.js?${version}`;
    if (!loads.has(address)) {
      const value = new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = new URL(address, root);
        script.onload = () => resolve(given.get(name) ?? null);
        script.onerror = () => {
          loads.delete(address); // maybe it is there the next time
          resolve(null);
        };
        document.head.append(script);
      });
      loads.set(address, value);
    }
    return loads.get(address);
  }

  /** What the index is now: at most a minute old, or just asked for. */
  async function meta({ isDoubted = false } = {}) {
    const now = Date.now();
    if (!latest || isDoubted || now - asked > FRESH) {
      asked = now;
      latest = load("meta", isDoubted ? now : Math.floor(now / FRESH));
    }
    const found = await latest;
    if (!found) latest = null; // maybe it is there the next time
    if (found && found.format !== FORMAT) throw new Error("the index has another format");
    return found ?? NO_NOTES;
  }

  /** What `answer` makes of the index; again, if meanwhile another one took its place. */
  async function answered(answer) {
    const source = new Source(await meta());
    const value = await answer(source);
    if (source.isWhole) return value;
    const now = await meta({ isDoubted: true });
    return now.version === source.version ? value : answer(new Source(now));
  }

  /** The index, for one search. What is not there yet is empty, and loaded by `settled`. */
  class Source {
    constructor(meta) {
      const { version, size, starts, similar, isShort } = meta;
      Object.assign(this, { version, size, starts, lengths: similar, isShort, isWhole: true });
      this.files = new Map();
      this.missing = new Set();
    }

    /** What `evaluate` returns when all files are there that it asks for. */
    async settled(evaluate) {
      for (;;) {
        const value = evaluate();
        if (!this.missing.size) return value;
        const missing = [...this.missing];
        this.missing.clear();
        const values = await Promise.all(missing.map((name) => this.load(name)));
        missing.forEach((name, index) => this.files.set(name, values[index]));
      }
    }

    async load(name) {
      const value = await load(name, this.version);
      this.isWhole &&= value !== null;
      return value;
    }

    /** What results show of a note, or null. */
    async note(number) {
      const names = [`notes/${number}`, ...(this.isShort ? ["shorthand"] : [])];
      const [values, words] = await Promise.all(names.map((name) => this.load(name)));
      if (!values) return null;
      const note = Object.fromEntries(NOTE.map((name, place) => [name, values[place]]));
      if (this.isShort) note.text = words ? longhand(note.text, words) : "";
      return note;
    }

    file(name) {
      if (!this.files.has(name)) this.missing.add(name);
      return this.files.get(name) ?? null;
    }

    /** The notes of an entry, or null. */
    posting(entry) {
      const { rows, among } = this.rows(this.shard(entry));
      const row = rows[firstFrom(rows, entry)];
      if (row?.[0] !== entry) return null;
      // Kept with the row: while somebody types, the same words are asked for again and again.
      row.posting ??= { entry, ...postingIn(new Bits(row[1]), among) };
      return row.posting;
    }

    /** The entries of a field whose values lie between two, where these are not empty. */
    between(field, low, high) {
      const isWithin = (value) => value >= low && (!high || value <= high);
      const entries = this.entries(`${field}:`, low, high || undefined);
      return entries.filter((entry) => isWithin(entry.slice(field.length + 1)));
    }

    /** The entries that begin so, by code point; of them, those from one ending to another. */
    entries(prefix, low = "", high = LAST) {
      const found = [];
      const [from, to] = [prefix + low, prefix + high];
      for (let shard = this.shard(from), last = false; !last; shard++) {
        const next = this.starts[shard + 1];
        last = next === undefined || compare(next, to) > 0;
        const { rows } = this.rows(shard);
        for (let row = firstFrom(rows, from); rows[row] && compare(rows[row][0], to) <= 0; row++) {
          found.push(rows[row][0]);
        }
      }
      return found;
    }

    /** The entries, by code point, that begin so and go on; of a word, words alone. They are looked
     * for while somebody asks for more. */
    *longer(entry) {
      const isWord = !entry.includes(":");
      let waiting = 0;
      for (let shard = this.shard(entry), last = false; !last; shard++) {
        const [start, next] = [this.starts[shard], this.starts[shard + 1]];
        last = !next?.startsWith(entry);
        if (isWord && fieldOf(start) && fieldOf(start) === fieldOf(next)) continue;
        if (waiting === AT_ONCE) return;
        const { rows } = this.rows(shard);
        waiting += Number(!rows.length);
        for (let row = firstFrom(rows, entry); rows[row]?.[0].startsWith(entry); row++) {
          const [other] = rows[row];
          if (other !== entry && !(isWord && other.includes(":"))) yield other;
        }
      }
    }

    /** Where a term stands: number of a note → places, from low to high. */
    places(entry) {
      const packed = this.file(`places/${fileName(this.starts[this.shard(entry)])}`)?.[entry];
      const numbers = this.posting(entry)?.numbers ?? [];
      const places = packed ? new Bits(packed).placed(numbers.length) : [];
      return new Map(numbers.map((number, note) => [number, places[note] ?? []]));
    }

    /** Terms of titles, authors and tags with so many characters. */
    similar(length) {
      const packed = this.lengths.includes(length) && this.file(`similar/${length}`);
      return packed ? namesIn(packed) : [];
    }

    /** All notes. */
    numbers() {
      return risingIn(this.file("all"));
    }

    /** How many parts of an order are likely to have the first of so many notes. */
    parts(first, all) {
      return Math.ceil((Math.min(first / all, 1) * this.size) / PART);
    }

    /** The first notes in an order, `key` or one of the sorts, that are in a set or map. */
    first(order, wanted, most) {
      const enough = Math.min(most, wanted.size);
      let ahead = this.parts(enough, wanted.size);
      const found = [];
      for (let part = 0; part * PART < this.size && found.length < enough; part++) {
        const packed = this.file(`order/${order}-${part}`);
        if (packed) found.push(...new Bits(packed).listed().filter((number) => wanted.has(number)));
        else if (--ahead <= 0) break;
      }
      return found.slice(0, most);
    }

    rows(shard) {
      const value = this.file(`terms/${fileName(this.starts[shard])}`);
      // Kept with what was loaded, as postings are.
      if (value) value.parsed ??= { among: value[0], rows: value.slice(1) };
      return value?.parsed ?? { among: [], rows: [] };
    }

    shard(entry) {
      return partition(this.starts, (start) => compare(start, entry) <= 0) - 1;
    }
  }

  /**
   * How many of some notes are in each group of a kind.
   * @param {"tag"|"topic"|"year"|"status"|"author"} kind
   * @param {Iterable<number>} numbers
   * @returns {Promise<[name: string, label: string, count: number][]>} without empty groups.
   */
  async function facet(kind, numbers) {
    const files = [`facets/${kind}`, "all"];
    const [groups, all] = await answered((source) =>
      Promise.all(files.map((name) => source.load(name))),
    );
    const wanted = new Set(numbers);
    const isWanted = risingIn(all).map((number) => wanted.has(number));
    const [names, packed] = groups ?? [[], ""];
    const bits = new Bits(packed);
    const counted = names.map((group) => {
      const [name, label = name] = [group].flat();
      const members = bits.rising().filter((place) => isWanted[place]);
      return [name, label, members.length];
    });
    return counted.filter(([, , count]) => count);
  }

  /** `facet` of each kind: `{tag: [[name, label, count], …], topic: …}`. */
  async function facets(numbers) {
    const groups = await Promise.all(FACETS.map((kind) => facet(kind, numbers)));
    return Object.fromEntries(FACETS.map((kind, index) => [kind, groups[index]]));
  }

  function fileName(start) {
    const bytes = Array.from(new TextEncoder().encode(start));
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("") || "0";
  }

  function fieldOf(entry) {
    return entry?.match(/^[a-z]+:/)?.[0];
  }

  function firstFrom(rows, entry) {
    return partition(rows, ([other]) => compare(other, entry) < 0);
  }

  /** How many of a sorted list come first, that is, meet a condition. */
  function partition(list, isFirst) {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isFirst(list[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Numbers and weights; no weights where an entry only filters. */
  function postingIn(bits, among) {
    const numbers = bits.rising();
    const weights = bits.fixed(1) ? numbers.map(() => among[bits.gamma() - 1]) : [];
    return { numbers, weights };
  }

  /** Names, each of which begins with some letters of the one before it. */
  function namesIn(packed) {
    let name = [];
    return packed.match(/[A-Z][^A-Z]*/gu).map((piece) => {
      const [same, ...letters] = piece;
      name = [...name.slice(0, same.charCodeAt(0) - A), ...letters];
      return name.join("");
    });
  }

  function risingIn(packed) {
    return packed ? new Bits(packed).rising() : [];
  }

  Object.assign(paperkb, { add, facet, facets, index: { answered } });
}

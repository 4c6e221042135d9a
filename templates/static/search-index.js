// The index below search/, as far as a query needs it: scripts, since a page that was opened from
// disk may load nothing else. What is in which is in docs/search.md.
"use strict";

{
  const { compare } = paperkb.text;

  const FACETS = ["tag", "topic", "year", "status", "author"];
  const FORMAT = 2;
  const NO_NOTES = { version: "", size: 0, starts: [""], similar: [] };
  const FRESH = 60_000;
  const AT_ONCE = 4;
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
      const { version, size, starts, similar } = meta;
      Object.assign(this, { version, size, starts, lengths: similar, isWhole: true });
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

    file(name) {
      if (!this.files.has(name)) this.missing.add(name);
      return this.files.get(name) ?? null;
    }

    /** The notes of an entry, or null. */
    posting(entry) {
      const rows = this.rows(this.shard(entry));
      const row = rows[firstFrom(rows, entry)];
      if (row?.[0] !== entry) return null;
      // Kept with the row: while somebody types, the same words are asked for again and again.
      row.posting ??= { entry, numbers: numbersIn(row[1]), weights: weightsIn(row[2]) };
      return row.posting;
    }

    /** All entries of a field that begin so, by code point. */
    entries(prefix) {
      const found = [];
      for (let shard = this.shard(prefix), last = false; !last; shard++) {
        last = !this.starts[shard + 1]?.startsWith(prefix);
        const rows = this.rows(shard);
        for (let row = firstFrom(rows, prefix); rows[row]?.[0].startsWith(prefix); row++) {
          found.push(rows[row][0]);
        }
      }
      return found;
    }

    /** The first `most` entries, by code point, that begin so and go on; of a word, words alone. */
    longer(entry, most) {
      const isWord = !entry.includes(":");
      const found = [];
      let waiting = 0;
      for (let shard = this.shard(entry), last = false; !last; shard++) {
        const [start, next] = [this.starts[shard], this.starts[shard + 1]];
        last = !next?.startsWith(entry) || found.length >= most || waiting >= AT_ONCE;
        if (isWord && fieldOf(start) && fieldOf(start) === fieldOf(next)) continue;
        const rows = this.rows(shard);
        waiting += Number(!rows.length);
        for (let row = firstFrom(rows, entry); rows[row]?.[0].startsWith(entry); row++) {
          const [other] = rows[row];
          if (other !== entry && !(isWord && other.includes(":"))) found.push(other);
        }
      }
      return found.slice(0, most);
    }

    /** Where a term stands: number of a note → places, from low to high. */
    places(entry) {
      const packed = this.file(`places/${fileName(this.starts[this.shard(entry)])}`)?.[entry];
      const varints = varintsIn(packed ?? "");
      let next = 0;
      const notes = (this.posting(entry)?.numbers ?? []).map((number) => {
        const count = varints[next++] ?? 0;
        return [number, sums(varints.slice(next, (next += count)))];
      });
      return new Map(notes);
    }

    /** Terms of titles, authors and tags with so many characters. */
    similar(length) {
      return (this.lengths.includes(length) && this.file(`similar/${length}`)) || [];
    }

    /** All notes in an order: `key`, or one of the sorts. */
    order(name) {
      return numbersIn(this.file(`order/${name}`) ?? "");
    }

    rows(shard) {
      return this.file(`terms/${fileName(this.starts[shard])}`) ?? [];
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
    const names = [`facets/${kind}`, "order/key"];
    const [groups, order] = await answered((source) =>
      Promise.all(names.map((name) => source.load(name))),
    );
    const wanted = new Set(numbers);
    const isWanted = numbersIn(order ?? "").map((number) => wanted.has(number));
    const counted = (groups ?? []).map(([name, label, packed]) => {
      const [, ...places] = varintsIn(packed);
      const members = sums(places).filter((place) => isWanted[place]);
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

  function bytesIn(packed) {
    return Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  }

  function numbersIn(packed) {
    const bytes = bytesIn(packed);
    const number = (_, i) => bytes[3 * i] | (bytes[3 * i + 1] << 8) | (bytes[3 * i + 2] << 16);
    return Array.from({ length: bytes.length / 3 }, number);
  }

  function weightsIn(packed) {
    const bytes = bytesIn(packed);
    const weight = (_, i) => bytes[2 * i] | (bytes[2 * i + 1] << 8);
    return Array.from({ length: bytes.length / 2 }, weight);
  }

  function varintsIn(packed) {
    const numbers = [];
    let [value, shift] = [0, 0];
    for (const byte of bytesIn(packed)) {
      value |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) {
        numbers.push(value);
        [value, shift] = [0, 0];
      }
    }
    return numbers;
  }

  /** A first number and differences → numbers. */
  function sums(differences) {
    let sum = 0;
    return differences.map((difference) => (sum += difference));
  }

  Object.assign(paperkb, { add, facet, facets, index: { answered } });
}

// The words of the interface in the site's language, for the scripts that follow. A text that
// nobody translated stays English.
"use strict";

if (!Object.hasOwn(globalThis, "paperkb")) globalThis.paperkb = {};

{
  const WORDS = {{ translated | tojson }};

  /** A text with its {names} filled in: `t("{count} notes", { count: 3 })`. */
  function t(text, values = {}) {
    const said = Object.hasOwn(WORDS, text) ? WORDS[text] : text;
    return said.replace(/\{(\w+)\}/g, (name, key) => values[key] ?? name);
  }

  /** One of two texts: `one` for a single thing, `many` for none and for more. */
  function tn(one, many, count, values = {}) {
    return t(count === 1 ? one : many, { count, ...values });
  }

  Object.assign(globalThis.paperkb, { t, tn });
}

// The texts of results, which are written in short where many notes use the same words: the form is
// in docs/search.md, and paperkb/search/shorthand.py writes it.
"use strict";

{
  const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const PIECE = /~([^ ]*) |(\^?)([0-9a-z].|[A-Z]..)([^\w~^]*)/gu;

  /** A text as its writer wrote it, with these words, the most frequent first. */
  function longhand(short, words) {
    const pieces = Array.from(short.matchAll(PIECE), ([, piece, mark, code, signs]) => {
      if (piece !== undefined) return piece;
      const word = words[placeOf(code)];
      return (mark ? word[0].toUpperCase() + word.slice(1) : word) + signs;
    });
    return pieces.join(" ");
  }

  /** Codes of two signs come first, and begin with others than those of three. */
  function placeOf(code) {
    const [first, ...rest] = [...code].map((sign) => SIGNS.indexOf(sign));
    const place = rest.reduce((sum, digit) => sum * SIGNS.length + digit, 0);
    const [two, ofThree] = [SIGNS.indexOf("A") * SIGNS.length, first - SIGNS.indexOf("A")];
    return ofThree < 0 ? first * SIGNS.length + place : two + ofThree * SIGNS.length ** 2 + place;
  }

  Object.assign(paperkb, { longhand });
}

// What a note looks like among results. Its texts become text nodes, never HTML.
"use strict";

{
  const { t, tn } = paperkb;
  const { element, site } = paperkb.ui;

  const MOST_NAMES = 3;
  const STARS = 5;
  const LONGEST_SHOWN = 60;

  /** A note in the list of the dialog. */
  function option(note, text, place) {
    const attributes = {
      class: "hit",
      role: "option",
      id: `pkb:hit-${place}`,
      tabindex: "-1",
      href: addressOf(note),
    };
    return element(
      "a",
      attributes,
      element("span", { class: "hit-title" }, ...titleOf(note, text)),
      element("span", { class: "byline" }, ...bylineOf(note, text), " ", ...badgeOf(note)),
      element("span", { class: "snippet" }, ...snippetOf(note, text)),
    );
  }

  /** A note in the list of the search page. */
  function card(note, text) {
    const { rating } = note;
    const stars = element(
      "span",
      { class: "rating", role: "img", "aria-label": t("rated {rating} of 5", { rating }) },
      "★".repeat(rating),
      "☆".repeat(STARS - rating),
    );
    const state = [...badgeOf(note), ...(rating ? [" ", stars] : [])];
    const parts = [
      element("h2", {}, element("a", { href: addressOf(note) }, ...titleOf(note, text))),
      element("p", { class: "byline" }, ...bylineOf(note, text)),
      element("p", { class: "snippet" }, ...snippetOf(note, text)),
      element("p", { class: "state" }, ...state),
    ];
    return element("article", { class: "card" }, ...parts.filter((part) => part.childNodes.length));
  }

  /** What `paperkb.highlight` and `paperkb.snippet` return, as nodes. */
  function marked(pieces) {
    return pieces.map(([text, isMatch]) => (isMatch ? element("mark", {}, text) : text));
  }

  function titleOf(note, text) {
    return marked(paperkb.highlight(note.title, text));
  }

  function snippetOf(note, text) {
    return marked(paperkb.snippet(note, text));
  }

  /** «A, B, C et al. · venue · 2017», with what of the authors was asked for marked. */
  function bylineOf(note, text) {
    const { authors, venue, year } = note;
    const names = authors.slice(0, MOST_NAMES).join(", ");
    const line = names + (authors.length > MOST_NAMES ? " et al." : "");
    const rest = [venue, year].filter(Boolean).join(" · ");
    const shown = marked(paperkb.highlight(line, text));
    return rest ? [...shown, line ? ` · ${rest}` : rest] : shown;
  }

  function badgeOf({ status }) {
    return status ? [element("span", { class: "status", "data-status": status }, t(status))] : [];
  }

  /** The address of a note's page. */
  function addressOf({ path }) {
    return new URL(path.split("/").map(encodeURIComponent).join("/"), site);
  }

  /** What is wrong with a query, and the place in it. */
  function pointed({ message, place }, text) {
    const signs = [...text];
    const from = Math.max(0, place - LONGEST_SHOWN / 2);
    const to = from + LONGEST_SHOWN;
    const before = (from ? "…" : "") + signs.slice(from, place).join("");
    const after = signs.slice(place + 1, to).join("") + (to < signs.length ? "…" : "");
    const code = element("code", {}, before, element("mark", {}, signs[place] ?? "\u00a0"), after);
    const said = t(message);
    const mistake = said[0].toUpperCase() + said.slice(1);
    return [t("{mistake}, at character {place}:", { mistake, place: place + 1 }), " ", code];
  }

  /** Of which prefixes not all words were looked for, and what was looked for as well. */
  function remarks({ cut, instead }) {
    const said = [];
    if (cut.length) {
      said.push(
        t(
          "Only the first words that begin with “{prefix}” were looked for, not all. More letters find the others.",
          { prefix: cut[0] },
        ),
      );
    }
    if (instead.length) {
      const words = instead.join(", ");
      said.push(t("Few notes have this spelling; also looked for: {words}.", { words }));
    }
    return said.join(" ");
  }

  /** What the link to all results says. */
  function allOf(total) {
    return total ? tn("{count} result", "All {count} results", total) : t("Search page");
  }

  Object.assign(paperkb.ui, { option, card, pointed, remarks, allOf });
}

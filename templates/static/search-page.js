// The search page. The text in its box is all there is to a search: filters, order, address.
"use strict";

{
  const { t, tn } = paperkb;
  const { Asker, element, searchAddress, mistake, counted, loadEngine } = paperkb.ui;

  const PER_PAGE = 10;
  const MOST_GROUPS = 12;
  const MORE_GROUPS = 50;
  const ADDRESS_PAUSE = 200;
  const WIDE = matchMedia("(min-width: 52rem)");
  const TOKEN = /[()]|-?(?:[a-z]+:)?"[^"]*"|[^\s()"]+/gi;
  const FILTER =
    /^(-?)(?:#|(title|author|tag|topic|venue|year|status|rating|arxiv|doi|via|has|cites|citedby|added|sort):)"?([^"]+)"?$/i;
  const PLAIN = /^[\p{L}\p{N}_-]+$/u;

  const page = document.getElementById("pkb:search-page");
  const browse = document.getElementById("pkb:browse");
  const form = page.querySelector("form");
  const box = document.getElementById("pkb:query");
  const sort = document.getElementById("pkb:sort");
  const total = document.getElementById("pkb:total");
  const mistaken = document.getElementById("pkb:mistake");
  const remarks = page.querySelector(".search-remarks");
  const chips = page.querySelector(".chips");
  const list = page.querySelector(".found");
  const more = page.querySelector(".search-more");
  const answers = page.querySelector(".search-found");
  const narrowing = page.querySelector(".facets");
  const facets = [...page.querySelectorAll(".facet")];
  const name = document.title;

  let committed = ""; // the text of the entry in the history that is not being typed
  let shown = PER_PAGE;
  let isTyped = false;
  let numbers = null; // of what was found
  let addressTimer = 0;

  // The text

  /** The filters of a text that hold for all of it, and what of it they are. */
  function filtersIn(text) {
    const found = [];
    let depth = 0;
    let isEither = false;
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      if (token === "(") depth++;
      else if (token === ")") depth--;
      else if (depth === 0 && token === "OR") isEither = true;
      else if (depth === 0) {
        const [, minus, field = "tag", value] = FILTER.exec(token) ?? [];
        if (value)
          found.push({ isNot: minus === "-", field: field.toLowerCase(), value, token, index });
      }
    }
    return { filters: found, isEither };
  }

  function isSort({ field }) {
    return field === "sort";
  }

  /** A text without one of its filters. */
  function without(text, { token, index }) {
    const [before, after] = [text.slice(0, index), text.slice(index + token.length)];
    return [before.trimEnd(), after.trimStart()].filter(Boolean).join(" ");
  }

  /** A text with one more filter: before the words, of which the last may still go on. */
  function narrowed(text, field, value) {
    const { filters, isEither } = filtersIn(text);
    const filter = `${field}:${PLAIN.test(value) ? value : `"${quotable(value)}"`}`;
    const words = filters.filter(isSort).reduceRight(without, text).trim();
    const rest = isEither ? `(${words})` : words;
    const order = filters.filter(isSort).at(-1)?.token;
    return [order, filter, rest].filter(Boolean).join(" ");
  }

  /** A value that can stand in quotes: what a `"` would end is left open instead. */
  function quotable(value) {
    const [start] = value.split('"');
    return start === value ? value : `${start}*`;
  }

  function sorted(text, order) {
    const words = filtersIn(text).filters.filter(isSort).reduceRight(without, text).trim();
    return order === "relevance" ? words : `sort:${order} ${words}`.trim();
  }

  /** The filter that stands for a group, if the text has it. */
  function filterOf(text, field, value) {
    const same = quotable(value).toLowerCase();
    const { filters, isEither } = filtersIn(text);
    const isIt = (filter) =>
      !filter.isNot && filter.field === field && filter.value.toLowerCase() === same;
    return isEither ? undefined : filters.find(isIt);
  }

  // The address

  function textOfAddress() {
    return new URLSearchParams(location.search).get("q") ?? "";
  }

  function keepAddress(text) {
    clearTimeout(addressTimer);
    history.replaceState(null, "", searchAddress(text));
    document.title = text.trim() ? `${text.trim()} · ${name}` : name;
  }

  /** What is typed is in the address soon; not at once, since browsers count. */
  function keepAddressSoon(text) {
    clearTimeout(addressTimer);
    addressTimer = setTimeout(() => keepAddress(text), ADDRESS_PAUSE);
  }

  /** A new entry in the history, for a text that was typed to its end or chosen. */
  function commit(text, before = committed) {
    box.value = text;
    if (text !== before) {
      keepAddress(before);
      history.pushState(null, "", searchAddress(text));
    }
    keepAddress(text);
    committed = text;
    begin();
  }

  function choose(text) {
    commit(text, box.value);
  }

  // Answers

  const asker = new Asker(show, showMistake);

  /** While somebody types, the last word may go on; afterwards the terminal finds the same. */
  function begin({ typing = false } = {}) {
    shown = PER_PAGE;
    isTyped = typing;
    asker.ask(box.value, shown, { typing });
  }

  function show(found, text) {
    const isMore =
      list.children.length > 0 && found.length > list.children.length && shown > PER_PAGE;
    const first = isMore ? list.children.length : 0;
    mistaken.hidden = true;
    numbers = found.numbers;
    total.textContent = text.trim() ? countedFound(found.total) : counted(found.total);
    const cards = found.map((note) => paperkb.ui.card(note, found.query));
    list.replaceChildren(...cards.map((card) => element("li", {}, card)));
    remarks.textContent = paperkb.ui.remarks(found);
    if (isMore) list.children[first].querySelector("a").focus();
    const left = found.total - found.length;
    more.hidden = left <= 0;
    more.textContent = t("Show {count} more", { count: Math.min(left, PER_PAGE) });
    browse.hidden = found.total > 0;
    answers.hidden = false;
    sort.disabled = false;
    sort.value = filtersIn(text).filters.filter(isSort).at(-1)?.value.toLowerCase() ?? "relevance";
    showChips(text);
    for (const facet of facets) facet.most = MOST_GROUPS;
    // Shown when all are counted: none pushes the next one down.
    Promise.all([...facets].map(count)).then(() => {
      if (numbers === found.numbers) narrowing.hidden = found.total === 0;
    });
  }

  function countedFound(count) {
    return count ? tn("{count} note found", "{count} notes found", count) : t("No notes found");
  }

  function showMistake(error, text) {
    mistaken.replaceChildren(...mistake(error, text));
    mistaken.hidden = false;
    sort.disabled = true;
  }

  function showChips(text) {
    const { filters, isEither } = filtersIn(text);
    const wanted = isEither ? [] : filters.filter((filter) => !isSort(filter));
    chips.hidden = !wanted.length;
    chips.replaceChildren(...wanted.map((filter) => element("li", {}, chip(filter))));
  }

  function chip(filter) {
    const { isNot, field, value } = filter;
    const notIf = (text) => (isNot ? t("not {filter}", { filter: text }) : text);
    const kind = element("span", { class: "chip-kind" }, notIf(field));
    const cross = element("span", { "aria-hidden": "true" }, "×");
    const label = t("Remove {filter}", { filter: notIf(`${field} ${value}`) });
    const made = element(
      "button",
      { type: "button", "aria-label": label },
      kind,
      ` ${value} `,
      cross,
    );
    made.addEventListener("click", () => {
      choose(without(box.value, filter));
      box.focus();
    });
    return made;
  }

  // Groups

  /** Counts the groups of a kind among what was found, if they can be seen. */
  async function count(facet) {
    if (!facet.open || !numbers) return;
    const { kind, order } = facet.dataset;
    const counting = numbers;
    const groups = await paperkb.facet(kind, counting);
    if (counting === numbers) fill(facet, groups.sort(orderOf(kind, order)));
  }

  function orderOf(kind, order = "") {
    const places = order.split(" ");
    if (kind === "year") return ([one], [other]) => Number(other) - Number(one);
    if (kind === "status") return ([one], [other]) => places.indexOf(one) - places.indexOf(other);
    return ([one, , count], [other, , more]) => more - count || one.localeCompare(other);
  }

  function fill(facet, groups) {
    const rows = facet.querySelector("ul");
    const focused = rows.contains(document.activeElement) ? document.activeElement.value : null;
    const buttons = groups.slice(0, facet.most).map((group) => groupButton(facet, group));
    if (groups.length > facet.most) buttons.push(moreButton(facet, groups));
    const items = buttons.map((button) => element("li", {}, button));
    if (!items.length) items.push(element("li", {}, t("None among these notes")));
    rows.replaceChildren(...items);
    if (focused !== null) {
      const same = buttons.find((button) => button.value === focused);
      (same ?? facet.querySelector("summary")).focus();
    }
  }

  function nameOf(kind, value, label) {
    if (kind === "status") return t(label);
    return kind === "author" ? value : label;
  }

  function groupButton(facet, [value, label, number]) {
    const { kind } = facet.dataset;
    const active = filterOf(box.value, kind, value);
    const text = element("span", {}, nameOf(kind, value, label));
    const tally = element("span", { class: "count" }, String(number));
    const made = element(
      "button",
      { type: "button", value, "aria-pressed": String(Boolean(active)) },
      text,
      " ",
      tally,
    );
    made.addEventListener("click", () => {
      const text = box.value;
      const now = filterOf(text, kind, value);
      choose(now ? without(text, now) : narrowed(text, kind, value));
    });
    return made;
  }

  function moreButton(facet, groups) {
    const made = element(
      "button",
      { type: "button", class: "facet-more", value: "" },
      t("{count} more", { count: groups.length - facet.most }),
    );
    made.addEventListener("click", () => {
      const first = facet.most;
      facet.most += MORE_GROUPS;
      fill(facet, groups);
      facet.querySelectorAll("li button")[first]?.focus();
    });
    return made;
  }

  // Beginning

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    commit(box.value);
  });
  box.addEventListener("input", () => {
    keepAddressSoon(box.value);
    begin({ typing: true });
  });
  sort.addEventListener("change", () => choose(sorted(box.value, sort.value)));
  more.addEventListener("click", () => {
    shown += PER_PAGE;
    asker.ask(box.value, shown, { typing: isTyped });
  });
  for (const facet of facets) {
    facet.open = WIDE.matches && ["status", "year"].includes(facet.dataset.kind);
    facet.most = MOST_GROUPS;
    facet.addEventListener("toggle", () => count(facet));
  }
  addEventListener("popstate", restore);

  function restore() {
    committed = box.value = textOfAddress();
    keepAddress(committed);
    begin();
  }

  page.hidden = false;
  browse.hidden = true;
  loadEngine().catch(() => {}); // said when the answer is due
  restore();
  if (!box.value && matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
}

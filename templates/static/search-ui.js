// Search on every page: `paperkb.search` from the start, and the dialog that `/` and Ctrl-K open.
// The engine is loaded when somebody begins to search.
"use strict";

{
  const { t, tn } = paperkb;
  // Scripts of search in the order in which they run. What takes the name of a stand-in comes last:
  // whoever gets an answer also has what shows it.
  const ENGINE = ["terms", "query", "bits", "shorthand", "marks", "found", "index", "engine"];
  const MOST = 8;
  const PAUSE = 20;
  const TIPS = [
    ["attention transformer", t("both words, anywhere")],
    ['"neural machine translation"', t("the words in this order")],
    ["author:hinton year:..2012", t("by an author, up to a year")],
    ["tag:nlp -status:read", t("with a tag, but not read yet")],
  ];

  const folder = new URL(".", document.currentScript.src);
  const site = new URL("../", folder);
  let engine = null;

  // The engine

  /** Loads the engine; once, and again only if that failed. */
  function loadEngine() {
    engine ??= Promise.all(ENGINE.map(loadScript)).catch((error) => {
      engine = null;
      throw error;
    });
    return engine;
  }

  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const script = element("script", { src: new URL(`search-${name}.js`, folder) });
      script.async = false; // they run in this order
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
      document.head.append(script);
    });
  }

  /** Stands in for a function of the engine until that is there and takes its name. */
  function standIn(name) {
    paperkb[name] = async function stand(...options) {
      await loadEngine();
      if (paperkb[name] === stand) throw new Error("the search engine could not be started");
      return paperkb[name](...options);
    };
  }

  /** Searches after a pause; of several answers, only that to the last question is shown. */
  class Asker {
    /**
     * @param {(found: object[], text: string) => void} show
     * @param {(error: Error, text: string) => void} showError
     */
    constructor(show, showError) {
      Object.assign(this, { show, showError, turn: 0, timer: 0 });
    }

    /** `typing`: the last word may go on. */
    ask(text, limit, { typing }) {
      const turn = this.cancel();
      this.timer = setTimeout(() => this.answer(text, { limit, typing }, turn), typing ? PAUSE : 0);
    }

    /** Whatever is under way is not wanted any more. */
    cancel() {
      clearTimeout(this.timer);
      return ++this.turn;
    }

    async answer(text, options, turn) {
      try {
        const found = await paperkb.search(options.typing ? closed(text) : text, options);
        if (turn === this.turn) this.show(found, text);
      } catch (error) {
        if (turn === this.turn) this.showError(error, text);
      }
    }
  }

  /** A text with the quote that will end the phrase that is being typed. */
  function closed(text) {
    return text.split('"').length % 2 ? text : `${text.trimEnd()}"`;
  }

  // Pieces of a page

  /** A new element. Attributes that are null or false are left out. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) made.setAttribute(attribute, value);
    }
    made.append(...children);
    return made;
  }

  function searchAddress(text) {
    const query = new URLSearchParams({ q: text }).toString();
    const search = query.replaceAll("%3A", ":").replaceAll("%2F", "/");
    return new URL(text.trim() ? `search.html?${search}` : "search.html", site);
  }

  /** What is wrong with a query, and where; or with the search. */
  function mistake(error, text) {
    if (error.name === "QueryError") return paperkb.ui.pointed(error, text);
    console.error(error);
    return [t("The search could not be loaded.")];
  }

  function counted(total) {
    return total ? tn("{count} note", "{count} notes", total) : t("No notes");
  }

  // The dialog

  class SearchDialog {
    constructor() {
      this.input = element("input", {
        type: "text",
        role: "combobox",
        "aria-label": t("Search the notes"),
        "aria-expanded": "false",
        "aria-controls": "pkb:hits",
        "aria-autocomplete": "list",
        "aria-describedby": "pkb:mistake",
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        enterkeyhint: "search",
        placeholder: t("Search the notes"),
      });
      this.close = element("button", { type: "button", class: "search-close" }, t("Close"));
      this.mistake = element("p", { class: "search-mistake", id: "pkb:mistake", hidden: "" });
      this.hits = element("div", {
        class: "hits",
        role: "listbox",
        id: "pkb:hits",
        "aria-label": t("Results"),
      });
      this.tips = element("dl", { class: "search-tips" }, ...TIPS.map(tip));
      this.remarks = element("p", { class: "search-remarks" });
      this.nothing = element("p", { class: "search-nothing", hidden: "" });
      this.all = element("a", { class: "search-all", href: searchAddress("") }, t("Search page"));
      this.status = element("p", { class: "unseen", role: "status", "aria-live": "polite" });
      const keys = element(
        "span",
        { class: "search-keys", "aria-hidden": "true" },
        t("↑ ↓ choose · Enter open · Esc close"),
      );
      this.dialog = element(
        "dialog",
        { class: "search-dialog", "aria-label": t("Search") },
        element(
          "div",
          { class: "search-panel", role: "search" },
          element("div", { class: "search-bar" }, this.input, this.close),
          this.mistake,
          element(
            "div",
            { class: "search-answers" },
            ...[this.tips, this.nothing, this.hits, this.remarks],
          ),
          element("div", { class: "search-foot" }, this.all, keys),
          this.status,
        ),
      );
      this.asker = new Asker(
        (found, text) => this.show(found, text),
        (error, text) => this.showMistake(error, text),
      );
      this.listen();
      document.body.append(this.dialog);
    }

    listen() {
      this.input.addEventListener("input", () => this.typed());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.close.addEventListener("click", () => this.dialog.close());
      this.dialog.addEventListener("click", (event) => {
        const isLink = event.target.closest("a") && !isForOtherTab(event);
        if (isLink || event.target === this.dialog) this.dialog.close(); // itself: beside the panel
      });
    }

    open() {
      if (!this.dialog.open) this.dialog.showModal();
      this.input.focus();
      this.input.select();
    }

    typed() {
      const text = this.input.value;
      this.all.href = searchAddress(text);
      if (text.trim()) this.asker.ask(text, MOST, { typing: true });
      else this.clear();
    }

    clear() {
      this.asker.cancel();
      this.list([]);
      this.mistake.hidden = this.nothing.hidden = true;
      this.tips.hidden = false;
      this.all.textContent = t("Search page");
      this.remarks.textContent = "";
      this.status.textContent = "";
    }

    show(found, text) {
      this.mistake.hidden = this.tips.hidden = true;
      this.nothing.hidden = found.total > 0;
      const [before, after] = t("No notes match {query}.").split("{query}");
      this.nothing.replaceChildren(before, element("q", {}, text.trim()), after);
      this.list(found.map((note, place) => paperkb.ui.option(note, found.query, place)));
      this.remarks.textContent = paperkb.ui.remarks(found);
      this.all.href = searchAddress(found.query);
      this.all.textContent = paperkb.ui.allOf(found.total);
      this.status.textContent = counted(found.total);
    }

    showMistake(error, text) {
      this.mistake.replaceChildren(...mistake(error, text));
      this.mistake.hidden = false;
      this.nothing.hidden = true;
      this.status.textContent = "";
    }

    list(options) {
      this.hits.replaceChildren(...options);
      this.input.setAttribute("aria-expanded", String(options.length > 0));
      this.choose(null);
    }

    choose(chosen) {
      for (const option of this.hits.children) {
        option.setAttribute("aria-selected", String(option === chosen));
      }
      this.chosen = chosen;
      if (chosen) {
        this.input.setAttribute("aria-activedescendant", chosen.id);
        chosen.scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    pressed(event) {
      if (event.isComposing) return;
      const { firstElementChild: first, lastElementChild: last } = this.hits;
      if (event.key === "ArrowDown") this.choose(this.chosen?.nextElementSibling ?? first);
      else if (event.key === "ArrowUp") this.choose(this.chosen?.previousElementSibling ?? last);
      else if (event.key === "Enter") (this.chosen ?? this.all).click();
      else return;
      event.preventDefault();
    }
  }

  function tip([query, meaning]) {
    return element(
      "div",
      {},
      element("dt", {}, element("code", {}, query)),
      element("dd", {}, meaning),
    );
  }

  // How it is opened

  let dialog = null;

  /** Begins a search: on its own page in the box there, elsewhere in the dialog. */
  function open() {
    loadEngine().catch(() => {}); // said when something is asked
    const box = document.getElementById("pkb:query");
    if (box instanceof HTMLInputElement) {
      box.focus();
      box.select();
    } else {
      dialog ??= new SearchDialog();
      dialog.open();
    }
  }

  function isForOtherTab({ button, ctrlKey, metaKey, shiftKey, altKey }) {
    return button > 0 || ctrlKey || metaKey || shiftKey || altKey;
  }

  function isTyping({ target }) {
    return (
      target instanceof Element && target.closest("input, textarea, select, [contenteditable]")
    );
  }

  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isSlash = key === "/" && !ctrlKey && !metaKey && !altKey && !isTyping(event);
    const isK = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
    if (event.defaultPrevented || event.isComposing || !(isSlash || isK)) return;
    event.preventDefault();
    open();
  });

  const link = document.getElementById("pkb:search");
  link?.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  link?.addEventListener("click", (event) => {
    if (isForOtherTab(event)) return;
    event.preventDefault();
    open();
  });

  ["search", "facet", "facets"].forEach(standIn);
  paperkb.ui = { Asker, element, searchAddress, mistake, counted, loadEngine, site };
}

// What a link leads to, beside it: on hover and on keyboard focus. The texts are in the page's own
// lists of works already, so nothing is loaded, and it works from disk.
"use strict";

{
  const PAUSE = 250;
  const LINGER = 150;
  const EDGE = 12;

  const card = document.createElement("div");
  card.className = "preview";
  card.id = "pkb:preview";
  card.setAttribute("role", "tooltip");
  card.hidden = true;

  let known = null;
  let timer = 0;
  let shown = null;

  // Links of a drawing have no plain `href`.
  const pageOf = (link) => new URL(link.getAttribute("href"), document.baseURI).href.replace(/#.*/, "");

  /** Address → the entry of a work, from all lists of this page. */
  function entries() {
    if (known) return known;
    known = new Map();
    for (const entry of document.querySelectorAll(".reference")) {
      const link = entry.querySelector("a[href]");
      if (link && !known.has(pageOf(link))) known.set(pageOf(link), entry);
    }
    return known;
  }

  function entryOf(link) {
    const isHere = pageOf(link) === location.href.replace(/#.*/, "");
    const entry = isHere ? null : entries().get(pageOf(link));
    return entry?.querySelector(".about") ? entry : null;
  }

  function piece(name, original) {
    const made = document.createElement("span");
    made.className = name;
    made.append(...original.cloneNode(true).childNodes); // with formulas
    return made;
  }

  function show(link) {
    const entry = entryOf(link);
    if (!entry || shown === link) return;
    hide();
    const title = piece("title", entry.querySelector("a"));
    const about = [...entry.querySelector(".about").children];
    const status = entry.querySelector(".status");
    card.replaceChildren(
      title,
      ...about.map((part) => piece(part.className, part)),
      ...(status ? [status.cloneNode(true)] : []),
    );
    document.body.append(card);
    card.hidden = false;
    settle(link);
    link.setAttribute("aria-describedby", card.id);
    shown = link;
  }

  /** Below the link, or above it where there is more room; never beyond the window's edge. */
  function settle(link) {
    const [first] = link.getClientRects();
    const box = card.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(EDGE, Math.min(first.left, width - box.width - EDGE));
    const end = link.getBoundingClientRect().bottom;
    const isBelow = end + box.height + EDGE < innerHeight || first.top < innerHeight - end;
    const top = isBelow ? end + 6 : first.top - box.height - 6;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  function hide() {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    card.hidden = true;
  }

  function later(what, pause) {
    clearTimeout(timer);
    timer = setTimeout(what, pause);
  }

  /** A page that is scrolled brings links under a mouse that rests: that asks for nothing. */
  let rest = "";
  const place = ({ screenX, screenY }) => `${screenX} ${screenY}`;
  document.addEventListener("pointermove", (event) => {
    rest = place(event);
  });

  const linkAt = (event) => event.target.closest?.("main a[href]");

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || place(event) === rest) return;
    const link = linkAt(event);
    if (card.contains(event.target) || (link && link === shown)) clearTimeout(timer);
    else if (link && entryOf(link)) later(() => show(link), PAUSE);
    else if (shown && shown !== document.activeElement) later(hide, LINGER);
    else if (!shown) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event);
    if (link?.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) hide();
  });
  addEventListener("beforeprint", hide);
}

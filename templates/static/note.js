// A note's page comes alive: the outline follows the reader, footnotes stand beside their place,
// figures open large, BibTeX goes to the clipboard. All of it can be read without.
"use strict";

{
  const NEAR = 0.12; // of the window's height: a heading above it is the one that is read

  const note = document.querySelector(".note");
  const byId = (id) => document.getElementById(id);
  const target = (link) => byId(decodeURIComponent(link.hash.slice(1)));

  // The outline

  const links = new Map();
  for (const link of note.querySelectorAll(".toc a")) {
    const heading = target(link);
    if (heading) links.set(heading, link);
  }

  /** Marks the heading that stands at the top of the window, or was the last to pass it. */
  function follow() {
    let current = null;
    for (const heading of links.keys()) {
      if (current && heading.getBoundingClientRect().top > innerHeight * NEAR) break;
      current = heading;
    }
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const list = note.querySelector(".toc");
    const link = links.get(current);
    if (list && link && list.scrollHeight > list.clientHeight) {
      list.scrollTop = link.offsetTop - list.clientHeight / 2;
    }
  }

  if (links.size) {
    // A band below the top edge: whenever a heading crosses one of its edges, look again.
    const below = `0px 0px -${100 - 100 * NEAR}% 0px`;
    const watch = new IntersectionObserver(follow, { rootMargin: below });
    for (const heading of links.keys()) watch.observe(heading);
  }

  // Footnotes beside the text; where there is no room, the stylesheet leaves them at the end

  const list = note.querySelector(".footnotes ol");

  function place() {
    const top = list.getBoundingClientRect().top;
    const record = note.querySelector(".record").getBoundingClientRect();
    let free = record.bottom - top + 16;
    for (const item of list.children) {
      const mark = note.querySelector(`.footnote-ref a[href="#${CSS.escape(item.id)}"]`);
      if (!mark) continue;
      const at = Math.max(mark.getBoundingClientRect().top - top - 4, free);
      item.style.setProperty("--at", `${at}px`);
      free = at + item.offsetHeight + 12;
    }
    list.parentElement.style.setProperty("--past", `${free}px`); // what follows stays clear
  }

  if (list) {
    const section = list.closest(".footnotes");
    if ([...list.children].every((item) => item.offsetHeight < innerHeight / 2)) {
      section.classList.add("margin-notes");
    }
    new ResizeObserver(place).observe(note.querySelector(".text"));
    addEventListener("resize", place);
    place();
    list.replaceChildren(...list.children); // to the browser, they appear: nothing has moved
  }

  // Figures

  let large = null;

  function enlarge(link) {
    if (!large) {
      large = document.createElement("dialog");
      large.className = "large";
      large.addEventListener("click", () => large.close());
      document.body.append(large);
    }
    const image = link.querySelector("img").cloneNode();
    for (const name of ["width", "height", "loading"]) image.removeAttribute(name);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", note.dataset.close);
    large.setAttribute("aria-label", image.alt || link.getAttribute("aria-label"));
    large.replaceChildren(image, close);
    large.showModal();
  }

  note.addEventListener("click", (event) => {
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
    const link = event.target.closest("a.zoom");
    if (!link || button || ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    enlarge(link);
  });

  // BibTeX

  const copy = byId("pkb:copy");
  const details = byId("pkb:bibtex");

  async function copyEntry() {
    const entry = details.querySelector("pre");
    try {
      await navigator.clipboard.writeText(entry.textContent);
      byId("pkb:copied").textContent = copy.dataset.done;
      copy.classList.add("done");
      setTimeout(() => {
        byId("pkb:copied").textContent = "";
        copy.classList.remove("done");
      }, 2500);
    } catch {
      // The browser does not allow it: the entry is shown, and selected.
      details.classList.add("shown");
      details.open = true;
      getSelection().selectAllChildren(entry);
    }
  }

  if (copy) {
    copy.hidden = false;
    copy.addEventListener("click", copyEntry);
  }

  // Paper has no switches: what is folded is printed too.
  addEventListener("beforeprint", () => {
    for (const fold of note.querySelectorAll("details")) fold.open = true;
  });
}

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

  /** The heading that stands at the top of the window, or was the last to pass it. At the end of
   * the page no further one can: it is the one that was asked for, or the last. */
  function headingAtTop() {
    const headings = [...links.keys()];
    const page = document.documentElement;
    if (scrollY > 0 && scrollY + innerHeight >= page.scrollHeight - 2) {
      const asked = headings.find((heading) => heading === target(location));
      return asked?.getBoundingClientRect().top >= 0 ? asked : headings.at(-1);
    }
    const passed = headings.filter((h) => h.getBoundingClientRect().top <= innerHeight * NEAR);
    return passed.at(-1) ?? headings[0];
  }

  function follow() {
    const current = headingAtTop();
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
    let frame = 0;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(follow);
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("hashchange", soon);
    new ResizeObserver(soon).observe(note);
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

  // The drawing of neighbours, where it is wider than the page: it begins with the note itself

  const drawing = note.querySelector(".graph-scroll");
  if (drawing) {
    const { left, width } = drawing.querySelector(".self circle").getBoundingClientRect();
    const middle = drawing.getBoundingClientRect().left + drawing.clientWidth / 2;
    drawing.scrollLeft += left + width / 2 - middle;
  }

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

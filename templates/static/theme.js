// Light or dark: as the system has it, until the reader wants the other. Runs in <head>, before
// anything is drawn, so that no page begins in the wrong one.
"use strict";

{
  const KEY = "paperkb.theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** The reader's choice, where the browser lets sites keep one. */
  function kept(choice) {
    try {
      if (choice) localStorage.setItem(KEY, choice);
      return localStorage.getItem(KEY);
    } catch {
      return choice;
    }
  }

  function show(choice) {
    root.dataset.theme = ["light", "dark"].includes(choice) ? choice : "auto";
  }

  function change() {
    const system = dark.matches ? "dark" : "light";
    const shown = root.dataset.theme === "auto" ? system : root.dataset.theme;
    const wanted = shown === "dark" ? "light" : "dark";
    show(kept(wanted === system ? "auto" : wanted));
  }

  show(kept());
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest(".theme-switch")) change();
  });
  addEventListener("storage", ({ key, newValue }) => key === KEY && show(newValue)); // other pages
}

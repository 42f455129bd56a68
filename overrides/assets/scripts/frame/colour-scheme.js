/* Light or dark. The reader's choice holds for the whole site and in every tab; until there is one, the system's. */
(() => {
  "use strict";

  const KEY = "value-roadmap:scheme"; // also in partials/javascripts/base.html, which colours the first paint
  const page = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const frame = Object.assign(document.createElement("meta"), { name: "theme-color" }); // what a phone draws around the page
  let chosen = null; // where nothing can be kept, it holds for this page

  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return chosen;
    }
  };

  const show = () => {
    page.dataset.mdColorScheme = kept() ?? (dark.matches ? "slate" : "default");
    frame.content = getComputedStyle(page).getPropertyValue("--paper").trim();
  };

  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest("[data-scheme]");
    if (!pressed) return;
    chosen = pressed.dataset.scheme;
    try {
      localStorage.setItem(KEY, chosen);
    } catch { /* then the next page begins with the system's */ }
    show();
    document.querySelector(`[data-scheme]:not([data-scheme="${chosen}"])`).focus();
  });

  dark.addEventListener("change", show);
  window.addEventListener("storage", ({ key }) => { if (key === KEY || key === null) show(); });
  document.head.append(frame);
  show();
})();

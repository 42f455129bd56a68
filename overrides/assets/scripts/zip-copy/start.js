/* The colours of the first page of a copy, before anything is painted: as on every page (partials/javascripts/base.html). */
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("value-roadmap:scheme");
  } catch {
    // nothing is kept; the device says what it wants
  }
  const wanted = matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default";
  document.documentElement.dataset.mdColorScheme = chosen ?? wanted;
})();

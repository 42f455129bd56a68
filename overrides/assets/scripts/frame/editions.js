/* Keeps the reader at the same place when the language changes, and remembers the choice for the first page. */
(() => {
  const KEY = "value-roadmap:edition";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-edition]");
    if (!link) return;
    link.hash = location.hash;
    try {
      localStorage.setItem(KEY, link.hreflang);
    } catch {
      // not remembered; the link works all the same
    }
  });
})();

/* Opens what is folded: for a link that leads into it, and for paper. */
(() => {
  "use strict";

  let opened = [];

  /** What the address names; a reader may have typed what names nothing, such as `#%`. */
  const named = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };

  const reveal = () => {
    const target = named();
    const folded = target?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };

  const fold = (event) => {
    for (const folded of opened) if (!folded.contains(event?.target ?? null)) folded.open = false;
    opened = [];
  };

  // Phones say that it is printed before they have made the page for the printer, so there it waits for the next touch.
  const foldLater = () => {
    if (matchMedia("(pointer: coarse)").matches) window.addEventListener("pointerup", fold, { once: true });
    else fold();
  };

  window.addEventListener("beforeprint", () => {
    fold();
    opened = [...document.querySelectorAll("article details:not([open])")];
    for (const folded of opened) folded.open = true;
  });
  window.addEventListener("afterprint", foldLater);
  window.addEventListener("hashchange", reveal);
  reveal();
})();

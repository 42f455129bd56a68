/* Opens what is folded: for a link that leads into it, and for paper. */
(() => {
  "use strict";

  let opened = [];

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };

  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("article details:not([open])")];
    for (const folded of opened) folded.open = true;
  });
  window.addEventListener("afterprint", () => { for (const folded of opened) folded.open = false; });
  window.addEventListener("hashchange", reveal);
  reveal();
})();

/* Prints one part of a page by itself, empty or as it is filled in. The style sheet does the rest. */
(() => {
  "use strict";

  const page = document.documentElement;

  const RETURNS = ["pointerdown", "keydown", "focus"]; // what a reader does first, back on the page

  const after = () => {
    for (const sign of RETURNS) window.removeEventListener(sign, after, true);
    delete page.dataset.printing;
    for (const marked of document.querySelectorAll(".printed, .printed-way")) marked.classList.remove("printed", "printed-way");
  };

  /** `how` is "empty" or "answers". */
  const printPart = (part, how) => {
    after();
    page.dataset.printing = how;
    part.classList.add("printed");
    for (let around = part.parentElement; around !== page; around = around.parentElement) {
      around.classList.add("printed-way");
    }
    window.print();
  };

  // Phones say that it is printed before they have made the page for the printer.
  window.addEventListener("afterprint", () => { for (const sign of RETURNS) window.addEventListener(sign, after, true); });
  window.roadmap.printPart = printPart;
})();

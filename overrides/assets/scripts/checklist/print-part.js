/* Prints one part of a page by itself, empty or as it is filled in. The style sheet does the rest. */
(() => {
  "use strict";

  const page = document.documentElement;

  const after = () => {
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

  window.addEventListener("afterprint", after);
  window.roadmap.printPart = printPart;
})();

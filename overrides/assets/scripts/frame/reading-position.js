/* Where the reader is: marks the part in the contents of the page, and offers the way up to who turns back. */
(() => {
  "use strict";

  const HEADER = 80; // px: what lies higher is behind the header
  const links = new Map();
  for (const link of document.querySelectorAll(".md-nav--secondary .md-nav__link")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const up = document.querySelector(".md-top");
  let before = 0;
  let marked;

  /** Moves a list that is longer than its window, and nothing else. */
  const bringIntoView = (link) => {
    const window = link.closest(".md-sidebar__scrollwrap");
    const [outer, inner] = [window.getBoundingClientRect(), link.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      window.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
    }
  };

  const mark = () => {
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
    const passed = [...links.keys()].filter((heading) => atEnd || heading.getBoundingClientRect().top < HEADER);
    const link = links.get(passed.at(-1));
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    if (link) bringIntoView(link);
    marked = link;
  };

  const move = () => {
    up.hidden = scrollY < HEADER || scrollY >= before;
    before = scrollY;
    mark();
  };

  let asked = 0;
  const soon = () => { asked ||= requestAnimationFrame(() => { asked = 0; move(); }); };

  document.querySelectorAll(".road-link[aria-current]").forEach(bringIntoView);
  window.addEventListener("scroll", soon, { passive: true });
  window.addEventListener("resize", soon);
  soon();
})();

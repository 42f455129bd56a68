// What no checker of others measures, on a page as it stands. One object, read by tests/site/test_accessible.py.
() => {
  const told = (e) => `${e.localName}${e.id ? "#" + e.id : ""}${e.classList.length ? "." + [...e.classList].join(".") : ""}`;
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const clean = (text) => (text || "").replace(/\s+/g, " ").trim();
  const narrow = document.documentElement.clientWidth;
  const all = [...document.querySelectorAll("body *")].filter(shown);
  const texts = (svg) => [...svg.querySelectorAll("text")].filter(shown);

  // Text that has no room: outside the page, or cut off by a box that does not scroll.
  const moved = (e) => e.closest(".wide, .unseen, [hidden], svg");
  const outside = all.filter((e) => {
    const box = e.getBoundingClientRect();
    return e.closest("article") && !moved(e) && box.width > 1 && (box.right > narrow + 1 || box.left < -1);
  });
  const cut = all.filter((e) => {
    const style = getComputedStyle(e), hides = /hidden|clip/;
    if (moved(e) || e.clientWidth < 2 || !clean(e.textContent)) return false;
    return (hides.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      || (hides.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
  });

  // Targets smaller than 24 px with another one nearer than that. Links in a line of text are exempt (WCAG 2.5.8).
  const reach = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const targets = [...document.querySelectorAll("a[href], button, input, summary, select, textarea, label[for]")]
    .filter((e) => shown(e) && !(e.localName === "input" && e.labels?.length) && e.getBoundingClientRect().width > 1);
  const inLine = (e) => getComputedStyle(e).display === "inline" && clean(e.parentElement.textContent) !== clean(e.textContent);
  const small = targets.filter((e) => {
    const box = e.getBoundingClientRect();
    if ((box.width >= 24 && box.height >= 24) || inLine(e)) return false;
    const here = reach(box);
    return targets.some((other) => {
      if (other === e || other.contains(e) || e.contains(other)) return false;
      const b = other.getBoundingClientRect();
      const dx = Math.max(b.left - here.x, 0, here.x - b.right), dy = Math.max(b.top - here.y, 0, here.y - b.bottom);
      return Math.hypot(dx, dy) < 12;
    });
  });

  // Pictures: their name, their labels, the words beside them. A picture that leads to a larger one has its words there.
  const spoken = (e) => (e.childNodes.length ? [...e.childNodes].map(spoken).join(" ") : e.data ?? "");
  const wordsOf = (svg) => {
    const link = svg.closest("li")?.querySelector(".title a")?.hash;
    const place = link ? document.getElementById(`setup-diagram-${link.slice(1)}`) : svg.closest("figure");
    return place?.querySelector("details.text-version") ?? place?.nextElementSibling?.closest("details.text-version");
  };
  const numbers = (words) => [...words.querySelectorAll("ol > li")].map((li) => [...li.parentElement.children].indexOf(li) + 1);
  const tongue = (e) => e?.closest("[lang]")?.lang;
  const pictures = [...document.querySelectorAll("svg.picture")].filter(shown).map((svg) => ({
    name: clean(document.getElementById(svg.getAttribute("aria-labelledby"))?.textContent),
    labels: texts(svg).map((t) => clean([...t.children].map((line) => line.textContent).join(" ") || t.textContent)),
    words: [wordsOf(svg)].filter(Boolean).map((words) => `${spoken(words)} ${numbers(words).join(" ")}`).join(""),
    same: tongue(svg) === tongue(wordsOf(svg)), // one edition may have translated only the larger picture
    smallest: Math.min(...texts(svg).map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)),
    out: [...svg.querySelectorAll("tspan")].filter((t) => {
      const words = t.getBoundingClientRect(), frame = svg.getBoundingClientRect();
      return words.left < frame.left - 1 || words.right > frame.right + 1 || words.bottom > frame.bottom + 1;
    }).map((t) => t.textContent),
  }));

  // Words in letters that the language of their place is not written in. Titles of works keep theirs; a note that an
  // edition has not translated yet is its own to do.
  const latin = /(\p{Script=Latin}{2,}\W+){3}/u, arabic = /\p{Script=Arabic}/u;
  const foreign = [...document.querySelectorAll("body *")].filter((e) => {
    const own = clean([...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(" "));
    if (e.closest("script, template, code, .references, .source-list, .older")) return false;
    return e.closest("[lang]")?.lang === "ar" ? latin.test(own) && !arabic.test(own) : arabic.test(own);
  });

  return {
    wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - narrow,
    outside: outside.map(told), cut: cut.map(told),
    small: small.map((e) => `${told(e)} ${clean(e.textContent).slice(0, 30)}`),
    pictures,
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => Number(h.localName[1])),
    moving: all.filter((e) => {
      const style = getComputedStyle(e);
      const long = [style.transitionDuration, style.animationDuration].join().split(",").some((t) => parseFloat(t) > 0.001);
      return long || style.scrollBehavior === "smooth";
    }).map(told),
    foreign: foreign.map((e) => `${told(e)} ${clean(e.textContent).slice(0, 60)}`),
  };
}

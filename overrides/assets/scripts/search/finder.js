/*
 * Answers what a reader types. The theme's search worker is asked for each word by itself, for its beginnings and for
 * slips; a page stands higher the more of the words it holds. Marks on a page the words that led there.
 */
(() => {
  "use strict";

  const { search } = window.roadmap;
  const { dialog, field, say, load } = search;
  const list = dialog.querySelector(".search-hits");
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const WORDS = 12; // of a query
  const MARKED = 100; // words that are marked on a page
  const LONGEST = 50; // characters of a word; a longer one is looked for in vain, and for minutes
  const PAGES = 10; // that are shown
  const ENOUGH = 0.1; // of what the best page is worth
  const SECTIONS = 3; // that are shown of a page
  const BEFORE = 50; // characters of a teaser before the first word that was found
  const TEASER = 160;
  const UNMARKED = "script, style, svg, template, textarea, mark";
  const waiting = [];
  let worker, docs, home;

  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const send = (type, data) => new Promise((done, failed) => {
    waiting.push({ done, failed });
    worker.postMessage({ type, data });
  });

  // Asking

  const joined = (...parts) => parts.filter(Boolean).join(" ");

  /** A word as it stands, unfinished, inside a longer one, with a slip, in another form. */
  const near = (word, last) => joined(
    `${word}^4`,
    last && word.length > 2 && `${word}*^3`,
    word.length > 4 && `*${word}*^3`,
    word.length > 4 && `${word}~1^2`,
    word.length > 5 && `${word.slice(0, Math.floor(word.length * 0.7))}*^2`,
  );

  /** A long word with two slips; it is asked when nothing is near. */
  const far = (word) => word.length > 7 && `${word}~2`;

  const itemsOf = async (word, i, { length }) => {
    const { items } = await send(2, near(word, i === length - 1));
    return items.length || !far(word) ? items : (await send(2, far(word))).items;
  };

  const add = (pages, hits) => {
    const [address] = hits[0].location.split("#");
    const page = pages.get(address) ?? { address, words: 0, score: 0, sections: new Map() };
    pages.set(address, page);
    page.words += 1;
    page.score += Math.max(...hits.map(({ score }) => score));
    for (const { location, score } of hits) page.sections.set(location, (page.sections.get(location) ?? 0) + score);
  };

  const worth = ({ score, words }) => score * Math.sqrt(words);

  const find = async (text) => {
    const pages = new Map();
    const typed = new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu));
    const words = [...typed].filter((word) => word.length <= LONGEST).slice(0, WORDS);
    const known = ({ score }) => !Number.isNaN(score); // that of a word without weight, such as “where”, is none
    const items = (await Promise.all(words.map(itemsOf))).flat().filter((hits) => hits.every(known));
    for (const hits of items) add(pages, hits);
    const texts = items.flat().map((hit) => `${hit.title} ${hit.text}`).join(" ");
    const found = new Set([...texts.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, word]) => word.toLowerCase()));
    const best = [...pages.values()].sort((a, b) => worth(b) - worth(a));
    return { found: [...found], pages: best.filter((page) => worth(page) > ENOUGH * worth(best[0])).slice(0, PAGES) };
  };

  // Showing

  const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&\w+;/g, (entity) => entities[entity] ?? entity);
  const pattern = (words) => new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|") || "(?!)"})(?![\\p{L}\\p{N}])`, "iu");
  const marked = (text, sought) => text.split(new RegExp(sought, "giu")).map((part, i) => (i % 2 ? element("mark", {}, part) : part));

  const teaser = (text, sought) => {
    const start = Math.max(0, text.search(sought) - BEFORE);
    const from = start && text.indexOf(" ", start) + 1;
    const end = text.lastIndexOf(" ", from + TEASER);
    const part = text.length > from + TEASER && end > from ? `${text.slice(from, end)} …` : text.slice(from);
    return element("p", {}, ...marked(from ? `… ${part}` : part, sought));
  };

  const entry = (place, found, sought, ...more) => {
    const { title, text } = docs.get(place);
    const address = new URL(place, home);
    if (found.length) address.searchParams.set("h", found.join(" "));
    const link = element("a", { href: address }, ...marked(plain(title), sought));
    return element("li", {}, link, ...(text ? [teaser(plain(text), sought)] : []), ...more);
  };

  const shown = ({ address, sections }, found) => {
    const sought = pattern(found);
    const best = [...sections].filter(([place, score]) => score && place !== address).sort((a, b) => b[1] - a[1]);
    const below = best.slice(0, SECTIONS).map(([place]) => entry(place, found, sought));
    return entry(address, found, sought, ...(below.length ? [element("ul", {}, ...below)] : []));
  };

  const answer = async () => {
    const text = field.value;
    list.setAttribute("aria-busy", "true");
    const { pages, found } = await find(text);
    if (text !== field.value) return; // the reader has typed on
    if (list.contains(document.activeElement)) field.focus(); // what had the focus goes
    list.replaceChildren(...pages.map((page) => shown(page, found)));
    list.scrollTop = 0;
    list.setAttribute("aria-busy", "false");
    if (pages.length) say("found", number.format(pages.length));
    else say(text.trim() ? "none" : "hint");
  };

  // By keyboard

  const keys = (event) => {
    const links = [...list.querySelectorAll("a")];
    const stops = [field, ...links];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && event.target === field) links[0]?.click();
    if (!step || !stops.includes(event.target)) return;
    event.preventDefault();
    stops[stops.indexOf(event.target) + step]?.focus();
  };

  search.start = async () => {
    if (location.protocol === "file:") await load(dialog.dataset.frame);
    await load(dialog.dataset.index);
    const { search: script } = JSON.parse(document.getElementById("__config").textContent);
    worker = new Worker(new URL(script, location));
    worker.onmessage = ({ data }) => waiting.shift().done(data.data);
    worker.onerror = () => waiting.splice(0).forEach(({ failed }) => failed());
    home = new URL("../", new URL(dialog.dataset.index, location));
    docs = new Map(window.__index.docs.map((doc) => [doc.location, doc]));
    await send(0, { ...window.__index, options: {} });
    field.addEventListener("input", answer);
    dialog.addEventListener("keydown", keys);
    list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
    await answer();
  };

  search.mark = (words) => {
    const plain = words.filter((word) => word.length <= LONGEST && /^[\p{L}\p{M}\p{N}]+$/u.test(word));
    const sought = pattern(plain.slice(0, MARKED));
    const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts) {
      if (sought.test(text.data) && !text.parentElement.closest(UNMARKED)) text.replaceWith(...marked(text.data, sought));
    }
  };
})();

/* Puts the edition first that the reader chose the last time, or that the browser's languages name. */
(() => {
  const KEY = "value-roadmap:edition";
  const list = document.querySelector(".editions");
  const items = new Map([...list.children].map((item) => [item.lang, item]));

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const wanted = [remembered(), ...navigator.languages, ...navigator.languages.map((l) => l.split("-")[0])];
  const first = wanted.map((code) => items.get(code)).find(Boolean);
  if (first) {
    list.prepend(first);
    first.firstElementChild.setAttribute("aria-current", "true");
  }
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    try {
      localStorage.setItem(KEY, item.lang);
    } catch {
      // not remembered; the link works all the same
    }
  });
})();

/* Opens the search. What answers, finder.js and the index, is fetched when a reader first wants it, and not before. */
(() => {
  "use strict";

  const dialog = document.querySelector("dialog.search");
  const opener = document.querySelector(".search-open");
  const field = dialog.querySelector("input");
  const sentences = dialog.querySelector("template").content;
  const { searchParams } = new URL(location);
  let started;

  const say = (word, number) => {
    const sentence = sentences.querySelector(`[data-word=${word}]`).textContent;
    dialog.querySelector(".search-said").textContent = sentence.replace("%s", number);
  };

  const load = (src) => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  });

  const search = { dialog, field, say, load };

  const start = () => {
    say("loading");
    started = load(dialog.dataset.finder).then(() => search.start()).catch(() => {
      started = undefined;
      say("failed");
    });
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    if (!started) start();
  };

  opener.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  window.roadmap = Object.assign(window.roadmap ?? {}, { search });
  if (searchParams.has("h")) load(dialog.dataset.finder).then(() => search.mark(searchParams.get("h").split(" ")));
  if (searchParams.has("q")) {
    field.value = searchParams.get("q");
    open();
  }
})();

/* Has the edition saved for use without a network, and says in the foot of the page how far that is. In a page from a
   folder, and where the browser refuses, it does nothing and says nothing. */
(() => {
  "use strict";

  const place = document.querySelector("[data-offline]");
  if (!place || !location.protocol.startsWith("http")) return;

  const home = new URL(place.dataset.offline.replace(/\/?$/, "/"), location); // the page for the lost ends it with one
  const manifest = new URL("manifest.webmanifest", home).href; // a browser complains of it in a page from a folder
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: manifest }));

  const unsaved = document.querySelector("[data-unsaved]"); // on the page that says that there is no such page
  if (unsaved) unsaved.hidden = !/\.(pdf|svg)$/.test(location.pathname);

  const workers = navigator.serviceWorker;
  if (!workers) return;

  const [line, bar, button] = ["[role=status]", "progress", "button"].map((part) => place.querySelector(part));
  const say = (word) => place.querySelector("template").content.querySelector(`[data-word="${word}"]`).textContent;
  const ACTIONS = { ask: "keep", newer: "show", changed: "again" }; // what is said → the button beside it
  let shown = "";
  let registration;

  /** Says it in the foot; `news` is also read out. */
  const show = (word, { news = true, part = 0 } = {}) => {
    bar.hidden = word !== "saving";
    bar.value = part;
    if (word === shown) return;
    shown = word;
    line.setAttribute("aria-live", news ? "polite" : "off");
    line.textContent = say(word);
    if (document.activeElement === button) line.focus();
    button.hidden = !(word in ACTIONS);
    button.textContent = word in ACTIONS ? say(ACTIONS[word]) : "";
  };

  /** To the newest worker: `{ news }` has it say whether its version is the one that is shown; "show" shows it. */
  const ask = (message) => (registration.waiting ?? registration.active).postMessage(message);

  const follow = () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && registration.active) ask({ news: true });
      if (worker.state === "redundant" && shown === "saving") show("brokenOff");
    });
  };

  const address = new URL("sw.js", home);
  const register = () => workers.register(address, { scope: home.pathname, updateViaCache: "none" });

  /** The worker past what the browser has kept: it may have come truncated once, and be called fresh for ever. */
  const reload = () => fetch(address, { cache: "reload" }).catch(() => null);

  const registerAgain = async () => {
    const answer = await reload();
    try {
      return await register();
    } catch (error) {
      const isScript = answer?.ok && !answer.redirected && /javascript/.test(answer.headers.get("Content-Type"));
      if (error.name === "TypeError" || !isScript) show("brokenOff"); // else it is the browser that refuses
      throw error;
    }
  };

  const update = async () => {
    try {
      await registration.update();
    } catch ({ message }) {
      if (/evaluat|MIME/.test(message) && (await reload())) await registration.update(); // it came, and does not run
    }
  };

  /** `known`: what is registered already. To register again would wait for any look for a newer worker to end. */
  const save = async (known) => {
    registration = known ?? (await register().catch(registerAgain));
    if (registration.active) ask({ news: false });
    registration.onupdatefound = follow;
    follow();
    if (registration.active) await update();
  };

  const start = async () => {
    const known = (await workers.getRegistrations()).find(({ scope }) => scope === home.href);
    if (navigator.connection?.saveData && !known) show("ask", { news: false });
    else await save(known);
  };

  const quietly = (work) => work().catch(() => {}); // private windows, blocked storage: then there is no offline use

  const again = async () => {
    await caches.delete(`value-roadmap-${home.pathname}-refused`); // as the worker names it
    await save();
  };

  const does = { ask: () => quietly(save), newer: () => ask("show"), changed: () => quietly(again) };
  button.addEventListener("click", () => does[shown]());
  workers.addEventListener("message", ({ data }) => (data === "reload" ? location.reload() : show(data.word, data)));

  let controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (controlled) location.reload(); // offline use is withdrawn
    controlled = true;
  });

  const whenIdle = window.requestIdleCallback ?? setTimeout;
  window.addEventListener("load", () => whenIdle(() => quietly(start)));
  window.addEventListener("online", () => quietly(start)); // what broke off goes on
})();

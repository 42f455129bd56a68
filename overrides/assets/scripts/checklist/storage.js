/* Keeps the book of answers in this browser. The only file that touches storage; it never throws.

   Each tab adds its own change to what is kept at that moment, so that two tabs do not undo each other. Changes that
   cannot be kept wait, and are shown all the same. */
(() => {
  "use strict";

  const { EMPTY, read, write } = window.roadmap.answers;
  const KEY = "value-roadmap:checklists"; // the same in every edition

  /** A place for the book. `trouble`: "", "refused", "full", "newer". */
  const keeper = () => {
    let kept = EMPTY;
    let text = null;
    const waiting = new Map(); // what a change is about → the change; a later one takes the place of an earlier one
    const self = { trouble: "" };

    const look = () => {
      const found = localStorage.getItem(KEY);
      if (found === text) return;
      text = null;
      if (found === null) return; // somebody emptied this browser: what is on the screen stays
      const { book, refused } = read(found);
      if (refused === "newer") throw new Error("newer");
      if (refused) return setAside(found);
      [kept, text] = [book, found];
    };

    const setAside = (found) => {
      const place = asideAt(self.aside().length + 1);
      try {
        localStorage.setItem(place, found);
        localStorage.removeItem(KEY);
      } catch {
        move(found, place);
      }
    };

    /** Where there is no room for both. */
    const move = (found, place) => {
      localStorage.removeItem(KEY);
      try {
        localStorage.setItem(place, found);
      } catch (error) {
        localStorage.setItem(KEY, found);
        throw error;
      }
    };

    const store = () => {
      if (!waiting.size) return;
      const book = self.book();
      const written = write(book);
      localStorage.setItem(KEY, written);
      [kept, text] = [book, written];
      waiting.clear();
    };

    const attempt = (...steps) => {
      try {
        steps.forEach((step) => step());
        self.trouble = "";
      } catch (error) {
        self.trouble = troubleOf(error);
      }
    };

    self.book = () => [...waiting.values()].reduce((book, change) => change(book), kept);
    self.unkept = () => waiting.size > 0;

    /** What was kept and could not be read, as it was. */
    self.aside = () => {
      const found = [];
      for (let text; (text = recall(asideAt(found.length + 1))) !== null;) found.push(text);
      return found;
    };
    const dropAside = () => self.aside().forEach((_, index) => localStorage.removeItem(asideAt(index + 1)));
    self.forgetAside = () => attempt(dropAside, look, store);
    self.refresh = () => attempt(look, store);
    self.change = (change, about = Symbol("once")) => {
      waiting.delete(about);
      waiting.set(about, change);
      attempt(look, store);
    };
    self.refresh();
    return self;
  };

  const asideAt = (number) => `${KEY}:unreadable-${number}`;

  const troubleOf = (error) => {
    if (error.message === "newer") return "newer";
    return /quota/i.test(error.name) && used() ? "full" : "refused";
  };

  const used = () => {
    try {
      return localStorage.length > 0;
    } catch {
      return false;
    }
  };

  /* Which work copy this tab shows. Another tab may show another one. */

  const HERE = `${KEY}:here`;

  const here = () => {
    try {
      return sessionStorage.getItem(HERE);
    } catch {
      return null;
    }
  };

  const stayAt = (id) => {
    try {
      sessionStorage.setItem(HERE, id);
    } catch { /* then the copy chosen last, in whichever tab, is shown on the next page */ }
  };

  /* Notes beside the book. */

  const recall = (place) => {
    try {
      return localStorage.getItem(place);
    } catch {
      return null;
    }
  };

  /** Whether the browser keeps it. */
  const remember = (place, text) => {
    try {
      localStorage.setItem(place, text);
      return true;
    } catch {
      return false;
    }
  };

  /** Asks the browser not to clear away what it keeps. Only Chromium is asked: Firefox would interrupt the reader with
      a question, and Safari forgets all the same. */
  const askToStay = async () => {
    try {
      if (navigator.userAgentData) await navigator.storage.persist();
    } catch { /* then nothing is promised */ }
  };

  const newId = () =>
    [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  Object.assign(window.roadmap, { KEY, keeper, here, stayAt, recall, remember, askToStay, newId });
})();

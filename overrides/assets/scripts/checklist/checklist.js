/* Brings the checklists of a page to life: shows the answers, takes ticks and notes. Says nothing of its own. */
(() => {
  "use strict";

  const { answers, backups, keeper, here, stayAt, askToStay, newId, speaker, element, buttons, KEY } = window.roadmap;
  const pieces = [...document.querySelectorAll("[data-checklist]")];
  if (!pieces.length) return;

  const template = document.querySelector("template[data-questions]");
  const say = speaker(template, document.documentElement.lang || "en");
  const asked = template.dataset.questions.split(" ");
  const book = keeper();

  const questionsIn = (part) => [...part.querySelectorAll("[data-question]")];
  const idsIn = (part) => questionsIn(part).map((question) => question.dataset.question);
  const unaskedIn = (piece) =>
    answers.unasked(copy.answers, asked, [...new Set(idsIn(piece).map(answers.listOf))]).sort();
  const shownName = (one) => one.name || say("unnamed");

  /* The work copy that this tab shows. A new one is not kept before something is ticked or noted. */

  const blank = () => ({ id: newId(), name: "", answers: {} });
  let copy = blank();

  const findCopy = () => {
    const { copies, current } = book.book();
    const found = [copy.id, here(), current].map((id) => answers.copyOf({ copies }, id)).find(Boolean);
    return found ?? copies[0] ?? (answers.isBlank(copy) && !copy.name ? copy : blank());
  };

  const change = (...changes) => {
    book.change(...changes);
    copy = findCopy();
  };

  const goTo = (id) => {
    stayAt(id);
    book.change(answers.choose(id), "choose");
    copy = answers.copyOf(book.book(), id);
    draw(true);
  };

  /* Showing */

  /** `fold` closes notes that are empty; without it a note stays open under the reader's hands. */
  const draw = (fold = false) => {
    for (const piece of pieces) {
      questionsIn(piece).forEach((question) => drawQuestion(question, fold));
      [piece, ...piece.querySelectorAll("[data-list]")].forEach(drawProgress);
      drawCopies(piece);
      drawKept(piece);
      drawBackup(piece);
      drawUnasked(piece);
    }
  };

  const drawQuestion = (question, fold) => {
    const { ticked = false, note = "" } = copy.answers[question.dataset.question] ?? {};
    const [box, text, folded] = ["input", "textarea", "details"].map((tag) => question.querySelector(tag));
    box.checked = ticked;
    if (text.value !== note) text.value = note;
    if (note || fold) folded.open = note !== "";
    question.querySelector(".written").textContent = note;
    question.classList.toggle("noted", note.trim() !== "");
  };

  const drawProgress = (part) => {
    const ids = idsIn(part);
    const number = answers.count(copy.answers, ids).ticks;
    for (const done of document.querySelectorAll(`[data-done="${part.id}"]`)) {
      Object.assign(done.querySelector("progress"), { max: ids.length, value: number });
      done.querySelector(".count").textContent = say("ticked", { number, total: ids.length });
    }
  };

  const drawCopies = (piece) => {
    const { copies } = book.book();
    const all = answers.copyOf({ copies }, copy.id) ? copies : [copy, ...copies];
    const select = piece.querySelector("select");
    const options = all.map((one) => new Option(shownName(one), one.id, false, one.id === copy.id));
    const written = (shown) => JSON.stringify([...shown].map((one) => [one.value, one.text]));
    if (written(options) !== written(select.options)) select.replaceChildren(...options);
    select.value = copy.id;
    piece.querySelector('[data-do="saveAll"]').hidden = all.length < 2;
    piece.querySelector('[data-do="remove"]').hidden = copies.length === 0;
    for (const name of piece.querySelectorAll(".copy-name")) name.textContent = shownName(copy);
  };

  const drawKept = (piece) => {
    const line = piece.querySelector(".kept");
    const place = location.protocol === "file:" ? "folder" : "browser";
    const isAside = book.aside().length > 0;
    const words = [say(book.trouble || place), ...(isAside ? [say("setAside")] : [])].join(" ");
    line.classList.toggle("trouble", book.trouble !== "" || isAside);
    if (line.textContent !== words) line.textContent = words;
    piece.querySelector(".aside").hidden = !isAside;
  };

  const drawBackup = (piece) => {
    const line = piece.querySelector(".backup");
    const { on, isNew } = backups.backupOf(copy);
    const word = isNew ? "savedSince" : "savedLast";
    line.hidden = !on && !isNew;
    line.classList.toggle("due", isNew);
    const words = say(on ? word : "savedNever", { on });
    if (line.textContent !== words) line.textContent = words;
  };

  const drawUnasked = (piece) => {
    const ids = unaskedIn(piece);
    const part = piece.querySelector(".unasked");
    part.hidden = ids.length === 0;
    part.querySelector("ul").replaceChildren(...ids.map((id) => {
      const { ticked, note, asked: question } = copy.answers[id];
      const lines = [["question", question || id], ["tick", ticked && say("wasTicked")], ["note", note]];
      return element("li", {}, ...lines.filter(([, textContent]) => textContent).map(
        ([kind, textContent]) => element("p", { className: `was-${kind}`, dir: "auto", textContent }),
      ));
    }));
  };

  const speak = (piece, ...words) => {
    const line = piece.querySelector(".said");
    line.textContent = "";
    setTimeout(() => { line.textContent = say(...words); }, 50); // else the same words are read out only once
  };

  /* Ticking and noting */

  const give = (question, about, given) => {
    const id = question.dataset.question;
    const text = question.querySelector(".text").textContent;
    const whole = { ...given, asked: text.slice(0, answers.LIMITS.asked) };
    change(answers.answer(copy, id, whole), `${copy.id} ${id} ${about}`);
    stayAt(copy.id);
    draw();
  };

  const onInput = (piece, field) => {
    const question = field.closest("[data-question]");
    if (!question) return;
    if (field.type === "checkbox") return give(question, "tick", { ticked: field.checked });
    give(question, "note", { note: field.value });
    if (field.value.length >= answers.LIMITS.note) speak(piece, "noteFull");
  };

  /* Listening */

  const desk = { book, say, current: () => copy, change, goTo, draw, speak, shownName, idsIn, unaskedIn };
  const doing = buttons(desk);

  const enliven = (piece) => {
    for (const field of piece.querySelectorAll("textarea")) field.maxLength = answers.LIMITS.note;
    for (const lines of piece.querySelectorAll(".lines")) lines.before(element("div", { className: "written", dir: "auto" }));
    piece.prepend(template.content.querySelector(".print-head").cloneNode(true));
    piece.addEventListener("input", ({ target }) => onInput(piece, target));
    piece.addEventListener("input", askToStay, { once: true });
    piece.addEventListener("click", ({ target }) => doing[target.closest("[data-do]")?.dataset.do]?.(piece));
    piece.querySelector("select").addEventListener("change", ({ target }) => {
      goTo(target.value);
      speak(piece, "chosen", { name: shownName(copy) });
    });
    piece.classList.add("live");
  };

  const lookAgain = () => {
    const before = copy;
    book.refresh();
    copy = findCopy();
    draw();
    if (copy.id !== before.id && !answers.isBlank(before)) speak(pieces[0], "gone", { name: shownName(before) });
  };

  pieces.forEach(enliven);
  window.addEventListener("storage", ({ key }) => { if (!key || key.startsWith(KEY)) lookAgain(); });
  window.addEventListener("pageshow", lookAgain); // the browser may have put fields back as they were
  window.addEventListener("beforeunload", (event) => { if (book.unkept()) event.preventDefault(); });
  copy = findCopy();
  draw(true);
})();

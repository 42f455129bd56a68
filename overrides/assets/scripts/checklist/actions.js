/* What the buttons of a checklist do: print, work copies, files, clearing. Each asks before anything is lost. */
(() => {
  "use strict";

  const { answers, backups, files, newId, ask, printPart } = window.roadmap;

  /** Actions by the name in `data-do`. `desk` is what checklist.js shares. */
  const buttons = ({ book, say, current, change, goTo, draw, speak, shownName, idsIn, unaskedIn }) => {
    const copies = () => book.book().copies;
    const isFull = () => copies().length >= answers.LIMITS.copies;

    const sure = async (label, title, line, values) => {
      const choices = [{ value: "yes", label: say(label) }];
      const { choice } = await ask({ title: say(title, values), lines: [say(line, values)], choices, cancel: say("cancel") });
      return choice === "yes";
    };

    /* Work copies */

    const fault = (name, own) => {
      if (!name) return say("nameNeeded");
      return copies().some((one) => one.id !== own && shownName(one) === name) ? say("nameTaken") : "";
    };

    const askName = (title, label, value, own) => ask({
      title: say(title), choices: [{ value: "yes", label: say(label) }], cancel: say("cancel"),
      input: {
        label: say("name"), hint: say("nameHint"), value, longest: answers.LIMITS.name,
        check: (name) => fault(name, own),
      },
    });

    const create = async (piece) => {
      if (isFull()) return speak(piece, "tooMany");
      const { choice, text: name } = await askName("createTitle", "create", "");
      if (!choice) return;
      const id = newId();
      change(answers.add({ id, name, answers: {} }));
      goTo(id);
      speak(piece, "created", { name });
    };

    const rename = async (piece) => {
      const copy = current();
      const { choice, text: name } = await askName("renameTitle", "rename", shownName(copy), copy.id);
      if (!choice) return;
      change(answers.rename(copy, name));
      draw();
      speak(piece, "renamed", { name });
    };

    const remove = async (piece) => {
      const copy = current();
      const values = { name: shownName(copy), ...answers.count(copy.answers) };
      if (!await sure("remove", "removeTitle", "removeText", values)) return;
      change(answers.remove(copy.id));
      backups.forget(copy.id);
      draw(true);
      speak(piece, "removed", values);
    };

    const clear = async (piece, ids) => {
      const copy = current();
      const values = { name: shownName(copy), ...answers.count(copy.answers, ids) };
      if (!await sure("clear", "clearTitle", "clearText", values)) return;
      change(answers.clear(copy.id, ids));
      draw(true);
      speak(piece, "cleared");
    };

    /* Files */

    const save = (piece, some, about) => {
      const now = new Date();
      const text = files.pack(some, now);
      if (files.isTooLarge(text)) return speak(piece, "tooMuch");
      const file = files.nameOf(about, now);
      files.save(file, text);
      backups.saved(some, now);
      draw();
      speak(piece, "saved", { file });
    };

    const freeName = (name) => {
      const taken = copies().map(shownName);
      const numbered = (number) => say("numbered", { name: name.slice(0, answers.LIMITS.name - 9), number });
      let number = 2;
      while (taken.includes(numbered(number))) number += 1;
      return numbered(number);
    };

    const asNew = (copy) => {
      change(answers.add(copy));
      return copy.id;
    };

    /** Takes a work copy in from a file, beside or in the place of the one here that it meets. Returns its id. */
    const takeIn = (from, met, choice) => {
      if (!met) return asNew(from);
      if (choice === "both") return asNew({ ...from, id: newId(), name: freeName(shownName(from)) });
      if (!answers.sameAnswers(from, met)) change(answers.replace(met.id, from));
      return met.id;
    };

    /** What is here as it is in a file that was opened counts as saved. */
    const noteSaved = (from, id, on) => {
      const here = answers.copyOf(book.book(), id);
      if (answers.sameAnswers(from, here) && backups.backupOf(here).isNew) backups.saved([here], on);
    };

    const metLine = ({ copy: from, here: met }) => {
      const [inFile, inBrowser] = [from, met].map((one) => answers.count(one.answers));
      const values = { fileTicks: inFile.ticks, fileNotes: inFile.notes, ...inBrowser };
      return say("metOne", { name: shownName(met), ...values });
    };

    const askBoth = (clashes) => ask({
      title: say("metTitle"), lines: [...clashes.map(metLine), say("metChoice")], cancel: say("cancel"),
      choices: [{ value: "both", label: say("keepBoth") }, { value: "replace", label: say("replace") }],
    });

    const clashes = ({ copy: from, here: met }) => met && !answers.isBlank(met) && !answers.sameAnswers(from, met);

    const open = async (piece) => {
      const { copies: found, saved, refused } = await files.open(await files.pick());
      if (refused) return speak(piece, `file.${refused}`);
      book.refresh();
      if (copies().length + found.length > answers.LIMITS.copies) return speak(piece, "tooMany");
      const pairs = answers.meet(book.book(), found, shownName);
      const clashing = pairs.filter(clashes);
      const { choice } = clashing.length ? await askBoth(clashing) : { choice: "replace" };
      if (!choice) return speak(piece, "notOpened");
      const ids = pairs.map((pair) => takeIn(pair.copy, pair.here, clashing.includes(pair) ? choice : "replace"));
      if (saved) pairs.forEach((pair, i) => noteSaved(pair.copy, ids[i], saved));
      goTo(ids[0]);
      speak(piece, "opened", { names: say.list(ids.map((id) => shownName(answers.copyOf(book.book(), id)))) });
    };

    /* What could not be read */

    const saveAside = (piece) => {
      const file = files.nameOf(say("asideName"), new Date());
      files.save(file, book.aside().join("\n"));
      speak(piece, "saved", { file });
    };

    const removeAside = async (piece) => {
      if (!await sure("remove", "asideTitle", "asideText")) return;
      book.forgetAside();
      draw();
      speak(piece, "asideRemoved");
    };

    return {
      create, rename, remove, open, saveAside, removeAside,
      printEmpty: (piece) => printPart(piece, "empty"),
      printAnswers: (piece) => printPart(piece, "answers"),
      save: (piece) => save(piece, [current()], shownName(current())),
      saveAll: (piece) => save(piece, copies(), ""),
      clear: (piece) => clear(piece, idsIn(piece)),
      clearUnasked: (piece) => clear(piece, unaskedIn(piece)),
    };
  };

  window.roadmap.buttons = buttons;
})();

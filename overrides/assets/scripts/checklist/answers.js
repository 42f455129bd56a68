/* What readers tick and note, as plain data. Touches no page, no storage and no clock.

   A book:  { current: id, copies: [{ id, name, answers: { "Q1.2a": { ticked, note, asked } } }] }
   A copy is one work copy; `asked` is the question as it read when it was answered; an answer without tick and
   note is left out. A change is a function from one book to the next. */
(() => {
  "use strict";

  const FORMAT = "value-roadmap-checklists";
  const VERSION = 1;
  const LIMITS = { copies: 100, answers: 500, name: 80, note: 4000, asked: 1000 }; // numbers and characters
  const QUESTION = /^Q[1-9]\d{0,3}\.[1-9]\d{0,3}[a-z]?$/;
  const ID = /^[0-9a-f]{16}$/;
  const EMPTY = Object.freeze({ current: "", copies: Object.freeze([]) });

  /* Reading what somebody else wrote */

  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const hasOnly = (record, keys) => Object.keys(record).every((key) => keys.includes(key));
  const isText = (value, longest) => typeof value === "string" && value.length <= longest;

  const isAnswer = (answer) =>
    isRecord(answer) && hasOnly(answer, ["ticked", "note", "asked"]) && typeof answer.ticked === "boolean" &&
    isText(answer.note, LIMITS.note) && isText(answer.asked, LIMITS.asked);

  const areAnswers = (answers) =>
    isRecord(answers) && Object.keys(answers).length <= LIMITS.answers &&
    Object.entries(answers).every(([id, answer]) => QUESTION.test(id) && isAnswer(answer));

  const isCopy = (copy) =>
    isRecord(copy) && hasOnly(copy, ["id", "name", "answers"]) && isText(copy.id, 16) && ID.test(copy.id) &&
    isText(copy.name, LIMITS.name) && areAnswers(copy.answers);

  const areCopies = (copies) =>
    Array.isArray(copies) && copies.length <= LIMITS.copies && copies.every(isCopy) &&
    new Set(copies.map((copy) => copy.id)).size === copies.length;

  const dateOf = (text) => {
    const date = new Date(isText(text, 40) ? text : NaN);
    return Number.isNaN(date.getTime()) ? null : date;
  };

  /** What was written, as `{ book, saved }`, or why not: `{ refused: "notOurs" | "newer" | "damaged" }`.
      `saved` is when it was saved to a file, or null. */
  const read = (text) => {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      return { refused: "damaged" };
    }
    if (!isRecord(data) || data.format !== FORMAT) return { refused: "notOurs" };
    if (Number.isInteger(data.version) && data.version > VERSION) return { refused: "newer" };
    const known = hasOnly(data, ["format", "version", "saved", "current", "copies"]);
    if (data.version !== VERSION || !known || !areCopies(data.copies)) return { refused: "damaged" };
    return { book: { current: isText(data.current, 16) ? data.current : "", copies: data.copies }, saved: dateOf(data.saved) };
  };

  const write = (parts) => JSON.stringify({ format: FORMAT, version: VERSION, ...parts });

  /* Looking */

  const copyOf = (book, id) => book.copies.find((copy) => copy.id === id);

  const count = (answers, ids = Object.keys(answers)) => {
    const given = ids.map((id) => answers[id]).filter(Boolean);
    return { ticks: given.filter((a) => a.ticked).length, notes: given.filter((a) => a.note).length };
  };

  const isBlank = (copy) => Object.keys(copy.answers).length === 0;

  const inOrder = (copy) => JSON.stringify(
    Object.keys(copy.answers).sort().map((id) => [id, copy.answers[id].ticked, copy.answers[id].note]),
  );
  const sameAnswers = (one, other) => inOrder(one) === inOrder(other);

  const listOf = (id) => id.split(".")[0];

  /** Ids of answers in `lists` whose question is not among `asked` any more, and of those whose whole list is gone. */
  const unasked = (answers, asked, lists) => {
    const remaining = new Set(asked.map(listOf));
    return Object.keys(answers).filter(
      (id) => !asked.includes(id) && (lists.includes(listOf(id)) || !remaining.has(listOf(id))),
    );
  };

  /* Changing */

  const withCopy = (book, { id, name }) =>
    copyOf(book, id) ? book : { ...book, copies: [...book.copies, { id, name, answers: {} }] };

  const edit = (book, id, how) => ({
    ...book, copies: book.copies.map((copy) => (copy.id === id ? { ...copy, ...how(copy) } : copy)),
  });

  const put = (answers, id, given) => {
    const { [id]: before, ...others } = answers;
    const answer = { ticked: false, note: "", ...before, ...given };
    return answer.ticked || answer.note ? { ...others, [id]: answer } : others;
  };

  /** `given` is part of an answer. A copy that another tab deleted meanwhile comes back. */
  const answer = (copy, id, given) => (book) =>
    edit(withCopy(book, copy), copy.id, ({ answers }) => ({ answers: put(answers, id, given) }));

  const clear = (copyId, ids) => (book) => edit(book, copyId, ({ answers }) => ({
    answers: Object.fromEntries(Object.entries(answers).filter(([id]) => !ids.includes(id))),
  }));

  const choose = (current) => (book) => ({ ...book, current });
  const rename = (copy, name) => (book) => edit(withCopy(book, copy), copy.id, () => ({ name }));
  const remove = (id) => (book) => ({ ...book, copies: book.copies.filter((copy) => copy.id !== id) });
  const add = (copy) => (book) => ({ ...remove(copy.id)(book), copies: [...remove(copy.id)(book).copies, copy] });
  const replace = (id, { name, answers }) => (book) => edit(book, id, (copy) => ({ name: copy.name || name, answers }));

  /** Pairs of a copy from elsewhere and the one here that it would meet: the same, else one of the same name. */
  const meet = (book, copies, nameOf) => {
    const same = new Set(copies.map((copy) => copyOf(book, copy.id)).filter(Boolean));
    const byName = (copy) => {
      const found = book.copies.find((here) => !same.has(here) && nameOf(here) === nameOf(copy));
      same.add(found);
      return found;
    };
    return copies.map((copy) => ({ copy, here: copyOf(book, copy.id) ?? byName(copy) }));
  };

  window.roadmap = window.roadmap ?? {};
  window.roadmap.answers = {
    EMPTY, LIMITS, read, write, copyOf, count, isBlank, inOrder, sameAnswers, listOf, unasked,
    answer, clear, choose, rename, remove, add, replace, meet,
  };
})();

/* Remembers when each work copy was last saved to a file, and tells whether there is something new since. Touches no page. */
(() => {
  "use strict";

  const { answers, recall, remember, KEY } = window.roadmap;
  const PLACE = `${KEY}:saved`; // { id of a work copy: { on: milliseconds, sum } }
  const unkept = new Map(); // what the browser does not remember, as long as the page is open

  /** A number that another tick or note makes another one. */
  const sumOf = (copy) => [...answers.inOrder(copy)].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)) | 0, 0);

  const isBackup = ([, backup]) => Number.isInteger(backup?.sum) && Number.isInteger(backup.on) && Math.abs(backup.on) <= 8.64e15;

  /** What the browser remembers; nothing where that is damaged. */
  const kept = () => {
    try {
      return Object.entries(JSON.parse(recall(PLACE))).filter(isBackup);
    } catch {
      return [];
    }
  };

  const all = () => new Map([...kept(), ...unkept]);

  const keep = (backups) => {
    unkept.clear();
    if (!remember(PLACE, JSON.stringify(Object.fromEntries(backups)))) backups.forEach((backup, id) => unkept.set(id, backup));
  };

  /** Remembers that these work copies stand in a file as they are. */
  const saved = (copies, on) =>
    keep(new Map([...all(), ...copies.map((copy) => [copy.id, { on: on.getTime(), sum: sumOf(copy) }])]));

  /** When a work copy was saved to a file, if ever, and whether something in it is in no file: `{ on, isNew }`. */
  const backupOf = (copy) => {
    const backup = all().get(copy.id);
    const on = backup && new Date(backup.on);
    return { on, isNew: !answers.isBlank(copy) && backup?.sum !== sumOf(copy) };
  };

  const forget = (id) => {
    const others = all();
    others.delete(id);
    keep(others);
  };

  window.roadmap.backups = { saved, backupOf, forget };
})();

/* Run by Node: has the scripts of the checklist read mutated answers, as a file and as what a browser has kept.
   Takes the scripts and a file with one input a line, in base64; prints a line of JSON for each input. */
"use strict";

const fs = require("node:fs");
const vm = require("node:vm");

const [inputs, ...scripts] = process.argv.slice(2);
const LIMIT = 1000; // milliseconds

class Kept extends Map {
  get length() { return this.size; }
  key(index) { return [...this.keys()][index] ?? null; }
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, String(value)); }
  removeItem(key) { this.delete(key); }
}

const world = vm.createContext({ localStorage: new Kept(), sessionStorage: new Kept(), crypto });
world.window = world;
for (const script of scripts) vm.runInContext(fs.readFileSync(script, "utf-8"), world, { filename: script });

/* Everything that a page does with answers; throws where anything is lost. */
const judge = new vm.Script(`(() => {
  const { answers, backups, keeper, KEY } = window.roadmap;
  const { book, refused } = answers.read(text);
  localStorage.clear();
  localStorage.setItem(KEY, text);
  localStorage.setItem(KEY + ":saved", text);
  const here = keeper();
  const use = ({ copies }) => {
    for (const copy of copies) {
      answers.count(copy.answers);
      answers.unasked(copy.answers, ["Q1.1"], ["Q1"]);
      here.change(answers.add(copy));
      backups.saved([copy], new Date());
      if (backups.backupOf(copy).isNew) throw new Error("not known as saved");
    }
    answers.meet(here.book(), copies, (one) => one.name);
    const again = answers.read(answers.write({ saved: "now", copies }));
    if (again.refused || JSON.stringify(again.book.copies) !== JSON.stringify(copies)) throw new Error("not read again");
  };
  if (book) use(book);
  use(here.book());
  here.change(answers.answer({ id: "0123456789abcdef", name: "", answers: {} }, "Q1.1", { ticked: true, asked: "" }), "a tick");
  if (refused && ![...localStorage.values()].includes(text)) throw new Error("what was kept is lost");
  if (Object.keys(Object.prototype).length || ({}).ticked) throw new Error("the prototype of all objects was changed");
  return Boolean(refused);
})()`);

for (const line of fs.readFileSync(inputs, "utf-8").split("\n").filter(Boolean)) {
  world.text = Buffer.from(line.slice(1), "base64").toString("utf-8"); // as a browser decodes a file
  global.gc();
  const before = process.memoryUsage().rss;
  const begun = process.cpuUsage();
  const said = { refused: false, error: "" };
  try {
    said.refused = judge.runInContext(world, { timeout: LIMIT });
  } catch (error) {
    said.error = error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? "hang" : `${error}\n${error.stack}`;
  }
  const { user, system } = process.cpuUsage(begun);
  const memory = Math.max(0, process.memoryUsage().rss - before) / 1024;
  console.log(JSON.stringify({ ...said, seconds: (user + system) / 1e6, memory: Math.round(memory) }));
}

/* Answers as a file to take along: made, saved, asked for and read. Knows no page and no storage. */
(() => {
  "use strict";

  const { read, write } = window.roadmap.answers;
  const LARGEST = 1_000_000; // bytes

  /** The text of a file with these work copies. */
  const pack = (copies, now) => write({ saved: now.toISOString(), copies });

  /** `{ copies, saved }` of a file, or why not: `{ refused: "tooLarge" | "notOurs" | "newer" | "damaged" }`. */
  const open = async (file) => {
    if (file.size > LARGEST) return { refused: "tooLarge" };
    const { book, saved, refused } = read(await file.text().catch(() => ""));
    if (refused) return { refused };
    return book.copies.length ? { copies: book.copies, saved } : { refused: "damaged" };
  };

  /** `value-roadmap-rozenberg-2026-11-22.json`; the date is the reader's. */
  const nameOf = (about, now) => {
    const words = about.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0"));
    return ["value-roadmap", words, ...date].filter(Boolean).join("-") + ".json";
  };

  /** Hands the text to the browser as a download. */
  const save = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const isTooLarge = (text) => new Blob([text]).size > LARGEST;

  /** The file that the reader picks. Every kind is offered: phones often do not know what .json is. */
  const pick = () => new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.addEventListener("change", () => resolve(input.files[0]));
    input.click();
  });

  window.roadmap.files = { pack, open, nameOf, save, isTooLarge, pick };
})();

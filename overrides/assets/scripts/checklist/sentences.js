/* Sentences of this edition for scripts. They stand in the page, in <template class="words">; none stands here. */
(() => {
  "use strict";

  /** A function that says a sentence: `say("deleted", { name })`. `{name}` in the sentence is filled in. */
  const speaker = (template, language) => {
    const sentences = new Map();
    for (const line of template.content.querySelectorAll("[data-word]")) {
      const form = line.dataset.form ? `:${line.dataset.form}` : "";
      sentences.set(line.dataset.word + form, line.textContent.trim());
    }
    const plural = new Intl.PluralRules(language);
    const number = new Intl.NumberFormat(language);
    const date = new Intl.DateTimeFormat(language, { dateStyle: "long" });
    const written = (value) => {
      if (value instanceof Date) return date.format(value);
      return typeof value === "number" ? number.format(value) : value;
    };

    const say = (word, values = {}) => {
      const sentence = sentences.get(word) ?? sentences.get(`${word}:${plural.select(values.number)}`);
      return sentence.replace(/\{(\w+)\}/g, (_, name) => written(values[name]));
    };
    say.list = (items) => new Intl.ListFormat(language).format(items);
    return say;
  };

  window.roadmap.speaker = speaker;
})();

/* Asks the reader something in a native dialog. Knows nothing of what it asks about. */
(() => {
  "use strict";

  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const field = ({ label, hint, value, longest, check }) => {
    const input = element("input", {
      id: "dialog-field", type: "text", value, maxLength: longest, required: true, autocomplete: "off", autofocus: true,
    });
    input.setAttribute("aria-describedby", "dialog-hint");
    input.addEventListener("input", () => input.setCustomValidity(check(input.value.trim())));
    return [
      element("label", { htmlFor: input.id, textContent: label }), input,
      element("p", { id: "dialog-hint", className: "hint", textContent: hint }),
    ];
  };

  const button = ({ value, label }, plain) => {
    const made = element("button", { value, textContent: label, className: plain ? "" : "main" });
    made.formNoValidate = plain;
    return made;
  };

  /** Resolves to `{ choice, text }`; `choice` is "" when the reader turns back. Choices: `[{ value, label }]`. */
  const ask = ({ title, lines = [], input, choices, cancel }) => new Promise((resolve) => {
    const back = Object.assign(button({ value: "", label: cancel }, true), { autofocus: !input });
    const form = element(
      "form", { method: "dialog" },
      element("p", { id: "dialog-title", className: "title", textContent: title }),
      ...lines.map((line) => element("p", { textContent: line })),
      ...(input ? field(input) : []),
      element("div", { className: "buttons" }, ...choices.map((choice) => button(choice, false)), back),
    );
    const dialog = element("dialog", { className: "checklist-dialog md-typeset" }, form);
    dialog.setAttribute("aria-labelledby", "dialog-title");
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve({ choice: dialog.returnValue, text: form.querySelector("input")?.value.trim() ?? "" });
    });
    document.body.append(dialog);
    dialog.showModal();
    form.querySelector("input")?.select();
  });

  Object.assign(window.roadmap, { ask, element });
})();

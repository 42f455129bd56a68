/* Makes a button of the label that opens the drawer, and leads into the drawer when it opens. Shuts it when the reader has
   gone where it led, goes on past it, or presses Escape. Without script the label opens it. */
(() => {
  "use strict";

  const drawer = document.getElementById("__drawer");
  const road = document.querySelector(".road");
  const label = document.querySelector(".drawer-open");
  const opener = Object.assign(document.createElement("button"), { className: label.className, type: "button" });

  const told = () => opener.setAttribute("aria-expanded", drawer.checked);
  const shut = () => {
    drawer.checked = false;
    told();
  };

  opener.append(...label.childNodes);
  label.replaceWith(opener);
  told();
  opener.addEventListener("click", () => {
    drawer.checked = true;
    told();
    road.querySelector("a").focus();
  });
  drawer.addEventListener("change", told);
  road.addEventListener("click", ({ target }) => { if (target.closest("a")) shut(); });
  road.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !road.contains(relatedTarget)) shut(); });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return;
    shut();
    opener.focus();
  });
  window.addEventListener("pageshow", shut); // a browser that goes back shows it as it was
})();

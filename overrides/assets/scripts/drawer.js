/* Shuts the drawer when the reader has gone where it led, or presses Escape. It opens without script. */
(() => {
  "use strict";

  const drawer = document.getElementById("__drawer");
  const shut = () => { drawer.checked = false; };

  document.querySelector(".road").addEventListener("click", ({ target }) => { if (target.closest("a")) shut(); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") shut(); });
  window.addEventListener("pageshow", shut); // a browser that goes back shows it as it was
})();

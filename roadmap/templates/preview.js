/* Loads a page of the preview anew when something has changed. */
"use strict";

const { state } = document.currentScript.dataset;

const watch = async () => {
  for (;;) {
    try {
      const answer = await fetch(`/changes?known=${encodeURIComponent(state)}`);
      if ((await answer.text()) !== state) return location.reload();
    } catch {
      await new Promise((wake) => setTimeout(wake, 1000)); // the preview was stopped
    }
  }
};

watch();

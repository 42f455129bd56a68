/* Withdraws offline use: removes what was saved of this edition, and itself. So it stands in a preview, and in a build
   with `offline: false` in mkdocs.yml. Any other build puts its own worker in this place. */
(() => {
  "use strict";

  const OURS = `value-roadmap-${new URL(self.registration.scope).pathname}-`;

  self.addEventListener("install", () => self.skipWaiting());

  const end = async () => {
    const saved = (await caches.keys()).filter((name) => name.startsWith(OURS));
    await Promise.all(saved.map((name) => caches.delete(name)));
    await self.registration.unregister();
  };

  self.addEventListener("activate", (event) => event.waitUntil(end()));

  /* A page that a browser has kept asks how far saving is. It may have registered this worker anew just as it went. */
  self.addEventListener("message", (event) => event.waitUntil(end()));
})();

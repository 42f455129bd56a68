/* What a search script finds inside the hidden frame, in place of a worker's own functions. */
window.postMessage = (message) => parent.postMessage(message, "*");

window.importScripts = async (...addresses) => {
  const { src: worker } = [...document.scripts].at(-1);
  for (const address of addresses) {
    await new Promise((onload, onerror) => {
      const src = new URL(address, worker);
      document.body.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
    });
  }
};

/* What a search script finds inside the hidden frame, in place of a worker's own functions. */
window.postMessage = (message) => parent.postMessage(message, "*");

window.importScripts = (...addresses) =>
  addresses.reduce(
    (before, address) =>
      before.then(
        () =>
          new Promise((done) => {
            const script = document.createElement("script");
            Object.assign(script, { src: address, onload: done });
            document.body.append(script);
          }),
      ),
    Promise.resolve(),
  );

/*
 * Search on pages opened from a folder. Browsers start no worker there, so the theme's search
 * runs in a hidden frame instead. Only files of the site are loaded; nothing is written as code.
 */
(() => {
  if (location.protocol !== "file:") return;

  const here = document.currentScript.src;
  const beside = (name) => here.replace(/[^/]*$/, name);

  class FrameWorker extends EventTarget {
    #frame = document.createElement("iframe");
    #waiting = [];
    #ready = false;
    onmessage = null;
    onerror = null;

    constructor(address) {
      super();
      this.#frame.hidden = true;
      document.body.append(this.#frame);
      window.addEventListener("message", (event) => {
        if (event.source === this.#frame.contentWindow) this.#tell("message", event.data);
      });
      this.#load(beside("iframe-worker-frame.js"))
        .then(() => this.#load(String(address)))
        .then(() => this.#start())
        .catch(() => this.#tell("error"));
    }

    postMessage(message) {
      if (this.#ready) this.#send(structuredClone(message));
      else this.#waiting.push(structuredClone(message));
    }

    terminate() {
      this.#frame.remove();
    }

    #load(address) {
      return new Promise((done, failed) => {
        const inside = this.#frame.contentDocument;
        const script = inside.createElement("script");
        Object.assign(script, { src: address, onload: done, onerror: failed });
        inside.body.append(script);
      });
    }

    #start() {
      this.#ready = true;
      this.#waiting.splice(0).forEach((message) => this.#send(message));
    }

    #send(data) {
      this.#frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }

    #tell(type, data) {
      const event = type === "message" ? new MessageEvent(type, { data }) : new ErrorEvent(type);
      this.dispatchEvent(event);
      this[`on${type}`]?.(event);
    }
  }

  window.Worker = FrameWorker;
})();

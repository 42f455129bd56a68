/* What a stranger's code would try. `ran` names what succeeded, `violated` what the policy stopped; requests that went
   out are seen by the host that they went to. */
window.ran = [];
window.violated = [];
document.addEventListener("securitypolicyviolation", (event) => window.violated.push(event.effectiveDirective));

const to = (name, kind = "http") => `${kind}://${name}.elsewhere.test/`;
const did = (name) => window.ran.push(name);

const TRIES = {
  link: () => document.getElementById("probe-link").click(),
  styled: () => getComputedStyle(document.getElementById("probe-styled")).display === "grid" && did("style of an element"),
  styles: () => getComputedStyle(document.getElementById("probe-plain")).display === "grid" && did("styles"),
  form: () => document.getElementById("probe-form").submit(),
  eval: () => eval("did('eval')"),
  fetch: () => fetch(to("fetch"), { mode: "no-cors" }).catch(() => {}),
  beacon: () => navigator.sendBeacon(to("beacon"), "x"),
  socket: () => new WebSocket(to("socket", "ws")),
  events: () => new EventSource(to("events")),
  picture: () => { new Image().src = to("picture"); },
  font: () => new FontFace("probe", `url(${to("font")})`).load().catch(() => {}),
  module: () => import(to("module") + "a.js").catch(() => {}),
  worker: () => {
    const address = URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }));
    new Worker(address).onmessage = () => did("worker");
  },
  base: () => {
    document.head.append(Object.assign(document.createElement("base"), { href: to("base") }));
    if (document.baseURI === to("base")) did("base");
  },
};

addEventListener("load", () => {
  for (const attempt of Object.values(TRIES)) {
    try {
      attempt();
    } catch { /* blocked */ }
  }
  window.probed = true;
});

import { h, type Child } from "./dom.js";
import { words } from "./language.js";

/** A titled part of a page. */
export function card(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  return h("section", { class: "card", id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), ...children);
}

/** A message that a screen reader reads out when it appears. */
export function notice(kind: "good" | "bad" | "warn" | "info", ...children: readonly Child[]): HTMLElement {
  return h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : "status" }, ...children);
}

/** Says that something is on its way. */
export function waiting(): HTMLElement {
  return h("p", { class: "waiting", role: "status" }, words().waiting);
}

/** Names and values below each other. */
export function facts(entries: readonly (readonly [string, Child] | undefined)[]): HTMLElement {
  return h("dl", { class: "facts" }, ...entries.filter((entry) => entry !== undefined).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** A field with its label. */
export function field(id: string, label: string, control: HTMLElement): HTMLElement {
  control.id = id;
  return h("label", { class: "field", for: id }, h("span", {}, label), control);
}

import { h, s, type Child } from "../shell/dom.js";

const WIDTH = 100;
const HEIGHT = 8;

/** A bar with its name and value. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
}

/** Bars below each other, the longest over the whole width; name and value are text, so that everybody can read them. */
export function barChart(bars: readonly Bar[]): Child {
  const most = Math.max(...bars.map((bar) => bar.value), 1);
  return h("ul", { class: "bars" }, ...bars.map((bar) => h("li", {},
    h("div", { class: "bar-words" }, h("span", {}, bar.name), h("span", { class: "number" }, bar.text)),
    s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      s("rect", { width: WIDTH, height: HEIGHT, class: "track" }),
      s("rect", { width: Math.max((bar.value / most) * WIDTH, 0.5), height: HEIGHT, class: "bar" })))));
}

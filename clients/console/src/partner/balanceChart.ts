import { h, s, type Child } from "../shell/dom.js";

const WIDTH = 640;
const HEIGHT = 200;
const PADDING = 6;
// More points than pixels cannot be seen.
const POINTS_MAX = 640;

/** A point of the chart: a value at a place of the order. */
export interface ChartPoint {
  readonly at: number;
  readonly value: number;
}

/**
 * A stepped line: a balance stays until the next entry changes it.
 * @param points In ascending order, at least one.
 * @param label What the picture shows, for those who can't see it.
 * @param name Text of a value, for the two ends of the scale.
 */
export function balanceChart(points: readonly ChartPoint[], label: string, name: (value: number) => string): Child {
  const thinned = thin(points);
  const values = thinned.map((point) => point.value);
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 0)];
  const first = thinned[0]?.at ?? 0;
  const span = (thinned.at(-1)?.at ?? first) - first || 1;
  const x = (at: number): number => PADDING + ((at - first) / span) * (WIDTH - 2 * PADDING);
  const y = (value: number): number => HEIGHT - PADDING - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * PADDING);
  const line = thinned.map(({ at, value }, index) => (index === 0 ? `M${round(x(at))} ${round(y(value))}` : `H${round(x(at))}V${round(y(value))}`)).join("");
  return h("figure", { class: "chart" },
    h("div", { class: "scale" }, h("span", {}, name(high)), h("span", {}, name(low))),
    s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label, preserveAspectRatio: "none" },
      s("path", { d: `${line}V${round(y(low))}H${round(x(first))}Z`, class: "area" }),
      s("path", { d: line, class: "line" })));
}

function thin(points: readonly ChartPoint[]): readonly ChartPoint[] {
  const step = Math.ceil(points.length / POINTS_MAX);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { s, type Child } from "../shell/dom.js";

const WIDTH = 160;
const HEIGHT = 36;

/**
 * A small line of the last values; gaps where nothing was measured.
 * @param most How many values the whole width stands for.
 */
export function sparkline(values: readonly (number | undefined)[], most: number, label: string): Child {
  const high = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const x = (index: number): number => ((index + most - values.length) / (most - 1)) * WIDTH;
  const y = (value: number): number => HEIGHT - 2 - (value / high) * (HEIGHT - 4);
  let isDrawing = false;
  const path = values.map((value, index) => {
    const command = value === undefined ? "" : isDrawing ? `L${x(index).toFixed(1)} ${y(value).toFixed(1)}` : `M${x(index).toFixed(1)} ${y(value).toFixed(1)}h0`;
    isDrawing = value !== undefined;
    return command;
  }).join("");
  return s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "sparkline", role: "img", "aria-label": label, preserveAspectRatio: "none" }, s("path", { d: path, class: "line" }));
}

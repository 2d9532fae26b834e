import type { Child } from "./dom.js";
import { faultText } from "./faults.js";
import { notice, waiting } from "./parts.js";

/** An answer, or why there is none; undefined while it is on its way. */
export type Loaded<T> = { readonly value: T } | { readonly fault: unknown } | undefined;

/** Waits for an answer; never throws. */
export async function load<T>(answer: Promise<T>): Promise<Loaded<T>> {
  try {
    return { value: await answer };
  } catch (fault) {
    return { fault };
  }
}

/** Draws an answer, a fault, or that one waits. */
export function drawn<T>(loaded: Loaded<T>, draw: (value: T) => Child): Child {
  return loaded === undefined ? waiting() : "value" in loaded ? draw(loaded.value) : notice("bad", faultText(loaded.fault));
}

import { Outcome } from "../../generated/kp/learner/v1/purchase_pb.js";
import { isUncertain } from "../shell/faults.js";

const KEY_BYTES = 16;

/** What became of a write that moves money. */
export type WriteState<A> =
  | { readonly kind: "sending" }
  | { readonly kind: "completed"; readonly answer: A }
  | { readonly kind: "unknown"; readonly fault: unknown }
  | { readonly kind: "refused"; readonly fault: unknown };

interface Answer {
  readonly outcome: Outcome;
}

/**
 * One write of a learner: its key is made once, with it, and kept for every repetition. Where the outcome is not known, it is
 * asked for again with the same key and never with a new one, so that nothing is charged twice.
 */
export class Write<A extends Answer> {
  readonly key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  readonly #call: (key: Uint8Array) => Promise<A>;
  #state: WriteState<A> = { kind: "sending" };

  /** @param call Sends the request with the key; always the same request. */
  constructor(call: (key: Uint8Array) => Promise<A>) {
    this.#call = call;
  }

  get state(): WriteState<A> {
    return this.#state;
  }

  /** Sends it, the first time or again. */
  async send(): Promise<WriteState<A>> {
    this.#state = { kind: "sending" };
    try {
      const answer = await this.#call(this.key);
      this.#state = answer.outcome === Outcome.COMPLETED ? { kind: "completed", answer } : { kind: "unknown", fault: undefined };
    } catch (fault) {
      this.#state = { kind: isUncertain(fault) ? "unknown" : "refused", fault };
    }
    return this.#state;
  }
}

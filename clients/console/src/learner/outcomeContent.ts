import type { PurchaseResponse } from "../../generated/kp/learner/v1/purchase_pb.js";
import type { WorkCard } from "../../generated/kp/learner/v1/home_pb.js";
import { toHex } from "../verify/bytes.js";
import { h, type Child } from "../shell/dom.js";
import { faultText } from "../shell/faults.js";
import { moneyText } from "../shell/figures.js";
import { words } from "../shell/language.js";
import { notice } from "../shell/parts.js";
import type { Write } from "./write.js";

/** A work that is being bought, or was. */
export interface Purchase {
  readonly work: WorkCard;
  readonly write: Write<PurchaseResponse>;
}

/** What became of the last purchase; an unknown outcome shows its key and can be asked for again. */
export function outcomeContent({ work, write }: Purchase, askAgain: () => void): Child {
  const { learner } = words();
  const { state } = write;
  switch (state.kind) {
    case "sending":
      return notice("info", h("p", {}, learner.buying));
    case "completed":
      return notice("good", h("strong", { id: "outcome", "data-outcome": state.answer.replayed ? "replayed" : "completed" }, learner.bought(work.title, moneyText(work.price))),
        state.answer.replayed ? h("p", {}, learner.replayed) : undefined);
    case "unknown":
      return notice("warn",
        h("strong", { id: "outcome", "data-outcome": "unknown" }, learner.unknown),
        h("p", {}, learner.unknownWhy),
        state.fault === undefined ? undefined : h("p", {}, faultText(state.fault)),
        h("p", {}, `${words().key} `, h("code", { id: "outcome-key" }, toHex(write.key))),
        h("button", { type: "button", class: "primary", id: "ask-again", onclick: askAgain }, learner.askAgain));
    case "refused":
      return notice("bad", h("strong", { id: "outcome", "data-outcome": "refused" }, learner.refused), h("p", {}, faultText(state.fault)));
  }
}

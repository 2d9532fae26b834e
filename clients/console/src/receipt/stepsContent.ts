import { toBase64, toHex } from "../verify/bytes.js";
import type { OfflineReceipt } from "../verify/offlineReceipt.js";
import { STEP_ORDER, type Step, type StepKind } from "../verify/receiptVerifier.js";
import type { Climb } from "../verify/merkle.js";
import { h, type Child } from "../shell/dom.js";
import { numberText } from "../shell/figures.js";
import { words } from "../shell/language.js";

/** The checks in their order: which held, which failed, which were not reached. */
export function stepsContent(found: OfflineReceipt): Child {
  const { receipt } = words();
  const steps = found.verified ? found.verdict.steps : found.steps;
  const failed = found.verified ? undefined : STEP_ORDER[steps.length];
  return [
    h("h3", {}, receipt.steps),
    h("ol", { class: "steps" }, ...STEP_ORDER.map((kind) => stepContent(kind, steps.find((step) => step.kind === kind), kind === failed))),
  ];
}

function stepContent(kind: StepKind, step: Step | undefined, failed: boolean): Child {
  const { receipt } = words();
  const state = step !== undefined ? "held" : failed ? "failed" : "skipped";
  return h("li", { class: state, "data-step": kind, "data-state": state },
    h("span", { class: "mark", "aria-hidden": "true" }, { held: "✓", failed: "✗", skipped: "–" }[state]),
    h("div", {}, h("div", {}, receipt.stepNames[kind], h("span", { class: "spoken" }, `: ${receipt[state]}`)), step === undefined ? undefined : detail(step)));
}

function detail(step: Step): Child {
  const { receipt } = words();
  switch (step.kind) {
    case "key":
    case "signature":
      return h("div", { class: "detail" }, receipt.keyIs(step.key.name), " ", h("code", {}, toHex(step.key.keyId)));
    case "proof":
      return h("div", { class: "detail" }, receipt.proofIs(numberText(step.proof.index), numberText(step.proof.hashes.length)), ", ",
        receipt.checkpointIs(numberText(step.proof.checkpoint.size)));
    case "origin":
      return h("div", { class: "detail" }, h("code", {}, step.origin));
    case "leaf":
      return h("div", { class: "detail" }, receipt.leafIs(numberText(step.leafBytes)), " ", h("code", {}, toHex(step.leafHash)));
    case "path":
      return [h("div", { class: "detail" }, receipt.rootIs, " ", h("code", {}, toBase64(step.root))), pathContent(step.climbs)];
  }
}

function pathContent(climbs: readonly Climb[]): Child {
  const { receipt } = words();
  return climbs.length === 0 ? undefined : h("details", {},
    h("summary", {}, receipt.pathDetails),
    h("ol", { class: "path" }, ...climbs.map((climb) => h("li", {},
      h("div", {}, `${receipt.sibling} (${climb.side === "left" ? receipt.left : receipt.right}) `, h("code", {}, toHex(climb.sibling))),
      h("div", {}, `${receipt.parent} `, h("code", {}, toHex(climb.parent)))))));
}

import type { Money } from "../../generated/kp/type/v1/money_pb.js";
import { readReceipt } from "../verify/offlineReceipt.js";
import { tamper, type Tampered } from "../verify/tamper.js";
import { readEntry } from "./entry.js";
import type { Evidence } from "./evidence.js";

/** What was changed before the check; undefined: nothing. */
export type Forgery =
  | { readonly kind: "leaf"; readonly evidence: Evidence; readonly change: Tampered }
  | { readonly kind: "proof"; readonly evidence: Evidence; readonly line: number };

/** Changes one byte of the receipt: of the amount that people read, where it is found. */
export function forgeLeaf(evidence: Evidence): Forgery {
  const amount = amountOf(evidence.leaf);
  const forgeries = tamper(evidence.leaf, amount);
  const change = forgeries.find(({ leaf }) => amountOf(leaf)?.minorUnits !== amount?.minorUnits) ?? forgeries[0];
  return { kind: "leaf", evidence: { ...evidence, leaf: change.leaf }, change };
}

/** Changes one character of the proof: of its first hash, or of the signed root where the path is empty. */
export function forgeProof(evidence: Evidence): Forgery {
  const lines = evidence.tlogProof.split("\n");
  const index = lines.findIndex((line) => line.startsWith("index "));
  const first = lines[index + 1] !== "" ? index + 1 : index + 4;
  const line = lines[first] ?? "";
  lines[first] = (line.startsWith("A") ? "B" : "A") + line.slice(1);
  return { kind: "proof", evidence: { ...evidence, tlogProof: lines.join("\n") }, line: first + 1 };
}

function amountOf(leaf: Uint8Array): Money | undefined {
  const receipt = readReceipt(leaf);
  return receipt === undefined ? undefined : readEntry(receipt).amount;
}

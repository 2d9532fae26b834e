import { fromBinary } from "@bufbuild/protobuf";

import { ReceiptSchema, type Receipt } from "../../generated/kp/ledger/v1/receipt_pb.js";
import { verifyReceipt, type Refused, type Step, type Verified } from "./receiptVerifier.js";

/** A receipt that was checked without asking anybody. */
export type OfflineReceipt =
  | { readonly verified: true; readonly receipt: Receipt; readonly verdict: Verified }
  | { readonly verified: false; readonly reason: Refused["reason"] | "SequenceMismatch" | "NotAReceipt"; readonly message: string; readonly steps: readonly Step[] };

/** Checks that a leaf is in the trusted log, and reads it. Never throws. */
export async function verifyOffline(leaf: Uint8Array, tlogProof: string, logVkey: string): Promise<OfflineReceipt> {
  const verdict = await verifyReceipt(leaf, tlogProof, logVkey);
  if (!verdict.verified) {
    return verdict;
  }
  const receipt = readReceipt(leaf);
  if (receipt === undefined) {
    return { verified: false, reason: "NotAReceipt", message: "The leaf is in the log but is not a receipt.", steps: verdict.steps };
  }
  return receipt.sequence === verdict.index
    ? { verified: true, receipt, verdict }
    : {
        verified: false,
        reason: "SequenceMismatch",
        message: `The receipt names sequence ${receipt.sequence}, but stands at index ${verdict.index} of the log.`,
        steps: verdict.steps,
      };
}

/** What a leaf says; undefined where it is no receipt. It proves nothing by itself. */
export function readReceipt(leaf: Uint8Array): Receipt | undefined {
  try {
    return fromBinary(ReceiptSchema, leaf);
  } catch {
    return undefined;
  }
}

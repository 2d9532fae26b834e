import type { Receipt } from "../../generated/kp/ledger/v1/receipt_pb.js";
import type { SplitLine } from "../../generated/kp/payment/v1/split_pb.js";
import type { Money } from "../../generated/kp/type/v1/money_pb.js";

/** What people want to know of an entry. */
export interface Entry {
  readonly amount: Money | undefined;
  readonly purchaseId: string;
  readonly workId: string;
  readonly split: readonly SplitLine[];
}

/** Reads the logged bytes' own words: what is shown comes from the leaf and never from the readable receipt beside it. */
export function readEntry(receipt: Receipt): Entry {
  for (const { change } of receipt.effects) {
    if (change.case === "purchaseMade") {
      const { purchaseId, workId, split } = change.value;
      return { amount: split?.amount, purchaseId, workId, split: split?.lines ?? [] };
    }
    if (change.case === "purchaseRefunded") {
      const { purchaseId, split } = change.value;
      return { amount: split?.amount, purchaseId, workId: "", split: split?.lines ?? [] };
    }
    if (change.case === "revenueSplit" || change.case === "poolSettled") {
      const { workId, split } = change.value;
      return { amount: split?.amount, purchaseId: "", workId, split: split?.lines ?? [] };
    }
  }
  const posting = receipt.effects.map(({ change }) => change).find((change) => change.case === "posting");
  return { amount: posting?.value.amount, purchaseId: "", workId: "", split: [] };
}

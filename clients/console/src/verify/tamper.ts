import { toBinary } from "@bufbuild/protobuf";

import { MoneySchema, type Money } from "../../generated/kp/type/v1/money_pb.js";
import { placesOf } from "./bytes.js";

/** One byte that was changed. */
export interface Tampered {
  readonly leaf: Uint8Array;
  /** Where, from 0. */
  readonly position: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Forges a receipt: copies of the leaf in which one bit of one place of the amount is another one, each still well formed.
 * Where the amount is not found, the middle byte is changed.
 */
export function tamper(leaf: Uint8Array, amount: Money | undefined): readonly [Tampered, ...Tampered[]] {
  const places = amount === undefined || amount.minorUnits === 0n ? [] : placesOf(leaf, toBinary(MoneySchema, amount));
  // Money.minor_units is field 1: its tag byte, then the number with its lowest bits first.
  const [first, ...rest] = places.map((start) => flip(leaf, start + 1));
  return first === undefined ? [flip(leaf, leaf.length >> 1)] : [first, ...rest];
}

function flip(leaf: Uint8Array, position: number): Tampered {
  const forged = leaf.slice();
  const before = leaf[position] ?? 0;
  const after = before ^ 1;
  forged[position] = after;
  return { leaf: forged, position, before, after };
}

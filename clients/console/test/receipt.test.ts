import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBase64 } from "../src/verify/bytes.js";
import { verifyOffline } from "../src/verify/offlineReceipt.js";
import type { RefusalReason } from "../src/verify/receiptVerifier.js";
import { tamper } from "../src/verify/tamper.js";
import { forgeLeaf, forgeProof } from "../src/receipt/forgery.js";
import { readEntry } from "../src/receipt/entry.js";
import { readOwn } from "./vectors.js";

/** A purchase as our own servers logged and proved it: what the demo leaves behind. */
interface Kept {
  readonly leafBase64: string;
  readonly tlogProof: string;
  readonly vkey: string;
}

const kept = readOwn<Kept>("receipt");
const leaf = fromBase64(kept.leafBase64) ?? assert.fail("the receipt is no base64");

test("verifyOffline: a purchase of our own ledger holds, with all six checks", async () => {
  const found = await verifyOffline(leaf, kept.tlogProof, kept.vkey);
  assert.ok(found.verified);
  assert.deepEqual(found.verdict.steps.map((step) => step.kind), ["key", "proof", "origin", "signature", "leaf", "path"]);
  const { amount, split } = readEntry(found.receipt);
  assert.ok(amount !== undefined && amount.minorUnits > 0n);
  assert.equal(split.reduce((sum, line) => sum + (line.amount?.minorUnits ?? 0n), 0n), amount.minorUnits);
});

test("verifyOffline: the receipt with any one bit flipped is refused", async () => {
  for (let position = 0; position < leaf.length; position++) {
    const forged = leaf.slice();
    forged[position]! ^= 1 << position % 8;
    const found = await verifyOffline(forged, kept.tlogProof, kept.vkey);
    assert.ok(!found.verified && found.reason === "RootMismatch", `byte ${position}`);
  }
});

test("verifyOffline: the proof with any one character changed is refused", async () => {
  for (let position = 0; position < kept.tlogProof.length; position++) {
    const character = kept.tlogProof[position] === "A" ? "B" : "A";
    const found = await verifyOffline(leaf, kept.tlogProof.slice(0, position) + character + kept.tlogProof.slice(position + 1), kept.vkey);
    assert.ok(!found.verified, `character ${position}`);
  }
});

test("verifyOffline: each kind of fault is refused with its own reason", async () => {
  const lines = kept.tlogProof.split("\n");
  const blank = lines.indexOf("");
  const other = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  const cases: readonly (readonly [RefusalReason, string, string])[] = [
    ["InvalidPolicy", kept.tlogProof, "no key"],
    ["InvalidPolicy", kept.tlogProof, kept.vkey.replace("+", "x+")],
    ["MalformedProof", "", kept.vkey],
    ["MalformedProof", kept.tlogProof.slice(0, -1), kept.vkey],
    ["OriginMismatch", kept.tlogProof, other],
    ["UnknownLogKey", kept.tlogProof.replaceAll(`— ${kept.vkey.split("+")[0]} `, "— example.com/foo "), kept.vkey],
    ["BadLogSignature", swapped(lines, blank + 2, (line) => String(Number(line) + 1)), kept.vkey],
    ["IndexOutsideTree", swapped(lines, 1, () => "index 999999"), kept.vkey],
    ["WrongProofLength", [...lines.slice(0, 2), ...lines.slice(3)].join("\n"), kept.vkey],
  ];
  for (const [reason, proof, vkey] of cases) {
    const found = await verifyOffline(leaf, proof, vkey);
    assert.equal(found.verified ? "Verified" : found.reason, reason);
  }
});

test("forgeLeaf: changes the amount that people read by one bit, and is refused", async () => {
  const evidence = { ledgerId: "main", leaf, tlogProof: kept.tlogProof, answeredKey: "" };
  const forgery = forgeLeaf(evidence);
  assert.equal(forgery.evidence.leaf.filter((byte, index) => byte !== leaf[index]).length, 1);
  const found = await verifyOffline(forgery.evidence.leaf, kept.tlogProof, kept.vkey);
  assert.ok(!found.verified && found.reason === "RootMismatch");
  const proof = forgeProof(evidence);
  assert.ok(!(await verifyOffline(leaf, proof.evidence.tlogProof, kept.vkey)).verified);
});

test("tamper: without an amount the middle byte is changed", () => {
  const [only, ...rest] = tamper(Uint8Array.of(1, 2, 3), undefined);
  assert.deepEqual([[...only.leaf], only.position, only.before, only.after, rest.length], [[1, 3, 3], 1, 2, 3, 0]);
});

function swapped(lines: readonly string[], index: number, change: (line: string) => string): string {
  return lines.map((line, at) => (at === index ? change(line) : line)).join("\n");
}

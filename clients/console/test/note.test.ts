import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHex, toHex } from "../src/verify/bytes.js";
import { parseCheckpoint } from "../src/verify/checkpoint.js";
import { byLibrary, verifyEd25519 } from "../src/verify/ed25519.js";
import { checkNote, parseSignedNote, type SignedNote } from "../src/verify/signedNote.js";
import { parseVerifierKey, type VerifierKey } from "../src/verify/verifierKey.js";
import { readVectors } from "./vectors.js";

interface C2sp {
  readonly "c2sp-example": { readonly vkey: string; readonly note: string };
  readonly "peter-neumann": { readonly vkey: string; readonly note: string; readonly rejectVkeys: readonly string[] };
  readonly "tessera-testdata-log": { readonly vkey: string; readonly checkpoints: Readonly<Record<string, string>> };
  readonly "c2sp-behind-the-sofa-parse-only": { readonly checkpoint: string; readonly size: number; readonly rootHex: string };
}

interface Ed25519 {
  readonly vectors: readonly { readonly public: string; readonly msg: string; readonly sig: string }[];
}

const vectors = readVectors<C2sp>("c2sp-note-checkpoint-tiles");

test("verifyEd25519: RFC 8032 vectors hold by WebCrypto and by the library, and no flipped signature does", async () => {
  for (const vector of readVectors<Ed25519>("ed25519-rfc8032").vectors) {
    const [key, message, signature] = [bytes(vector.public), bytes(vector.msg), bytes(vector.sig)];
    for (const verify of [verifyEd25519, byLibrary]) {
      assert.equal(await verify(key, message, signature), true);
      signature[10]! ^= 1;
      assert.equal(await verify(key, message, signature), false);
      signature[10]! ^= 1;
      assert.equal(await verify(key, message, signature.slice(1)), false);
    }
  }
});

test("checkNote: published notes verify by their own key alone", async () => {
  const example = vectors["c2sp-example"];
  const neumann = vectors["peter-neumann"];
  assert.equal(await checkNote(note(example.note), key(example.vkey)), "verified");
  assert.equal(await checkNote(note(neumann.note), key(neumann.vkey)), "verified");
  assert.equal(await checkNote(note(example.note), key(neumann.vkey)), "not-signed");
});

test("checkNote: a changed text is a bad signature", async () => {
  const { vkey, note: whole } = vectors["c2sp-example"];
  assert.equal(await checkNote(note(whole.replace("example message", "example massage")), key(vkey)), "bad-signature");
});

test("parseVerifierKey: the published bad keys are refused", () => {
  for (const line of vectors["peter-neumann"].rejectVkeys) {
    assert.equal(parseVerifierKey(line.split(" ")[0]!).ok, false, line);
  }
});

test("parseSignedNote: anything but the exact form is refused", () => {
  const { note: whole } = vectors["c2sp-example"];
  for (const bad of ["", "text\n", whole.slice(0, -1), whole + "\n", whole.replace("— ", "- "), whole.replace("aQM=", "aQN="), "\u0001" + whole, "\ud800" + whole]) {
    assert.equal(parseSignedNote(bad).ok, false, JSON.stringify(bad));
  }
});

test("parseCheckpoint: the checkpoints of a log of 15 entries are read and verify", async () => {
  const { vkey, checkpoints } = vectors["tessera-testdata-log"];
  assert.equal(Object.keys(checkpoints).length, 16);
  for (const [size, whole] of Object.entries(checkpoints)) {
    const checkpoint = parseCheckpoint(whole);
    assert.ok(checkpoint.ok);
    assert.equal(String(checkpoint.value.size), size);
    assert.equal(await checkNote(checkpoint.value.note, key(vkey)), "verified");
  }
});

test("parseCheckpoint: a cosigned checkpoint of the specification is read", () => {
  const published = vectors["c2sp-behind-the-sofa-parse-only"];
  const checkpoint = parseCheckpoint(published.checkpoint);
  assert.ok(checkpoint.ok);
  assert.equal(checkpoint.value.size, BigInt(published.size));
  assert.equal(toHex(checkpoint.value.root), published.rootHex);
});

function bytes(hex: string): Uint8Array {
  return fromHex(hex) ?? assert.fail(`${hex} is no hex`);
}

function note(whole: string): SignedNote {
  const read = parseSignedNote(whole);
  return read.ok ? read.value : assert.fail(read.fault);
}

function key(vkey: string): VerifierKey {
  const read = parseVerifierKey(vkey);
  return read.ok ? read.value : assert.fail(read.fault);
}

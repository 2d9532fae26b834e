import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { areEqual, fromHex, toHex } from "../src/verify/bytes.js";
import { climb, hashLeaf, hashNode, inclusionLength } from "../src/verify/merkle.js";
import { readVectors } from "./vectors.js";

interface Rfc6962 {
  readonly leafInputsHex: readonly string[];
  readonly leafHashes: readonly string[];
  readonly rootBySize: Readonly<Record<string, string>>;
  readonly upstreamInclusion: readonly Inclusion[];
  readonly allInclusion: readonly Inclusion[];
}

interface Inclusion {
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly proof: readonly string[];
}

interface Accumulated {
  readonly derived: { readonly inclusion: { readonly sha256: string } };
}

const vectors = readVectors<Rfc6962>("rfc6962-merkle");

test("hashLeaf: published inputs give the published hashes", () => {
  assert.deepEqual(vectors.leafInputsHex.map((input) => toHex(hashLeaf(bytes(input)))), vectors.leafHashes);
});

test("climb: every published inclusion proof leads to the published root, and to no other leaf's", () => {
  for (const { leafIndex, treeSize, proof } of [...vectors.upstreamInclusion, ...vectors.allInclusion]) {
    const climbs = climb(bytes(vectors.leafHashes[leafIndex]!), BigInt(leafIndex), BigInt(treeSize), proof.map(bytes));
    const root = climbs?.at(-1)?.parent ?? bytes(vectors.leafHashes[leafIndex]!);
    assert.ok(climbs !== undefined);
    assert.equal(toHex(root), vectors.rootBySize[String(treeSize)], `leaf ${leafIndex} of ${treeSize}`);
    assert.equal(inclusionLength(BigInt(leafIndex), BigInt(treeSize)), proof.length);
  }
});

test("climb: a proof with one hash too many or too few, a wrong index or size is refused", () => {
  for (const { leafIndex, treeSize, proof } of vectors.allInclusion) {
    const leaf = bytes(vectors.leafHashes[leafIndex]!);
    const hashes = proof.map(bytes);
    assert.equal(climb(leaf, BigInt(leafIndex), BigInt(treeSize), [...hashes, leaf]), undefined);
    assert.equal(climb(leaf, BigInt(treeSize), BigInt(treeSize), hashes), undefined);
    assert.equal(inclusionLength(BigInt(treeSize), BigInt(treeSize)), -1);
    if (hashes.length > 0) {
      assert.equal(climb(leaf, BigInt(leafIndex), BigInt(treeSize), hashes.slice(1)), undefined);
    }
  }
});

test("inclusion of all leaves in all trees up to 130: equals the accumulated digest", () => {
  const leaves = Array.from({ length: 130 }, (_, index) => hashLeaf(Uint8Array.of(index)));
  const digest = createHash("sha256");
  for (let size = 1; size <= leaves.length; size++) {
    const root = rootOf(leaves.slice(0, size));
    for (let index = 0; index < size; index++) {
      const proof = proofOf(leaves.slice(0, size), index);
      const climbs = climb(leaves[index]!, BigInt(index), BigInt(size), proof);
      assert.ok(climbs !== undefined && areEqual(climbs.at(-1)?.parent ?? leaves[index]!, root), `leaf ${index} of ${size}`);
      digest.update(`${[index, size, ...proof.map(toHex)].join(" ")}\n`);
    }
  }
  assert.equal(digest.digest("hex"), readVectors<Accumulated>("rfc6962-accumulated").derived.inclusion.sha256);
});

function bytes(hex: string): Uint8Array {
  return fromHex(hex) ?? assert.fail(`${hex} is no hex`);
}

// RFC 6962 section 2.1 word by word, to have something to compare with.
function splitOf(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1);
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const split = splitOf(leaves.length);
  return leaves.length === 1 ? leaves[0]! : hashNode(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

function proofOf(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length === 1) {
    return [];
  }
  const split = splitOf(leaves.length);
  return index < split
    ? [...proofOf(leaves.slice(0, split), index), rootOf(leaves.slice(split))]
    : [...proofOf(leaves.slice(split), index - split), rootOf(leaves.slice(0, split))];
}

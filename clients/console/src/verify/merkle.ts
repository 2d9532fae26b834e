import { sha256 } from "@noble/hashes/sha2.js";

import { concat } from "./bytes.js";

/** Most leaves in a tree, 2^63 − 1, as in our servers and the common Go implementations. */
export const SIZE_MAX = (1n << 63n) - 1n;

/** Most hashes in an inclusion proof under {@link SIZE_MAX}. */
export const INCLUSION_HASHES_MAX = 63;

const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** One hash of the way from a leaf to the root. */
export interface Climb {
  /** On which side the sibling stands. */
  readonly side: "left" | "right";
  readonly sibling: Uint8Array;
  /** Hash of the parent. */
  readonly parent: Uint8Array;
}

/** Hash of a leaf: SHA-256(0x00 || leaf) (RFC 6962 section 2.1). */
export function hashLeaf(leaf: Uint8Array): Uint8Array {
  return sha256(concat(LEAF_PREFIX, leaf));
}

/** Hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962 section 2.1). */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(NODE_PREFIX, left, right));
}

/** Number of hashes in the inclusion proof of a leaf (RFC 6962 section 2.1.1); −1 where the leaf is outside of the tree. */
export function inclusionLength(index: bigint, size: bigint): number {
  if (index < 0n || index >= size || size > SIZE_MAX) {
    return -1;
  }
  // Below the level where the paths to this leaf and to the last one part, every level has a sibling; above it only the
  // levels where the path turns right.
  const inner = bitLength(index ^ (size - 1n));
  return inner + onesIn(index >> BigInt(inner));
}

/**
 * Climbs from a leaf to the root that the proof leads to (RFC 9162 section 2.1.3.2). Undefined where the proof is too long
 * or too short for a leaf at this index. Whoever asks compares the last parent with a root that is signed.
 */
export function climb(leafHash: Uint8Array, index: bigint, size: bigint, proof: readonly Uint8Array[]): readonly Climb[] | undefined {
  if (index < 0n || index >= size || size > SIZE_MAX) {
    return undefined;
  }
  const steps: Climb[] = [];
  let hash = leafHash;
  let node = index;
  let last = size - 1n;
  for (const sibling of proof) {
    if (last === 0n) {
      return undefined;
    }
    const isRight = (node & 1n) === 1n || node === last;
    hash = isRight ? hashNode(sibling, hash) : hashNode(hash, sibling);
    steps.push({ side: isRight ? "left" : "right", sibling, parent: hash });
    // On the right edge of a tree that is not perfect, a node without a sibling moves up unhashed.
    while (isRight && (node & 1n) === 0n && node !== 0n) {
      node >>= 1n;
      last >>= 1n;
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? steps : undefined;
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function onesIn(value: bigint): number {
  return value.toString(2).replaceAll("0", "").length;
}

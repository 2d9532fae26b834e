import { areEqual } from "./bytes.js";
import { climb, hashLeaf, inclusionLength, type Climb } from "./merkle.js";
import { checkNote } from "./signedNote.js";
import { parseTlogProof, type TlogProof } from "./tlogProof.js";
import { parseVerifierKey, type VerifierKey } from "./verifierKey.js";

/** Why a receipt was refused; the names are those of our servers' verifier. */
export type RefusalReason =
  | "InvalidPolicy"
  | "MalformedProof"
  | "OriginMismatch"
  | "UnknownLogKey"
  | "BadLogSignature"
  | "IndexOutsideTree"
  | "WrongProofLength"
  | "RootMismatch";

/** One check that held, with what it found. */
export type Step =
  | { readonly kind: "key"; readonly key: VerifierKey }
  | { readonly kind: "proof"; readonly proof: TlogProof }
  | { readonly kind: "origin"; readonly origin: string }
  | { readonly kind: "signature"; readonly key: VerifierKey }
  | { readonly kind: "leaf"; readonly leafHash: Uint8Array; readonly leafBytes: number }
  | { readonly kind: "path"; readonly climbs: readonly Climb[]; readonly root: Uint8Array };

export type StepKind = Step["kind"];

/** The order in which the checks are made; the first one that fails ends them. */
export const STEP_ORDER: readonly StepKind[] = ["key", "proof", "origin", "signature", "leaf", "path"];

/** The leaf is in the log, by the word of the log's key. */
export interface Verified {
  readonly verified: true;
  readonly steps: readonly Step[];
  readonly index: bigint;
  readonly size: bigint;
  readonly root: Uint8Array;
}

/** The receipt must not be believed. */
export interface Refused {
  readonly verified: false;
  /** The checks that held before. */
  readonly steps: readonly Step[];
  readonly reason: RefusalReason;
  /** Why, for people: one English sentence. */
  readonly message: string;
}

export type Verdict = Verified | Refused;

/**
 * Decides from a leaf, its proof and a trusted key alone whether the leaf is in the log: asks nobody, reads no clock, never
 * throws. The same checks in the same order as src/MerkleLog; witnesses' cosignatures are not counted here.
 */
export async function verifyReceipt(leaf: Uint8Array, tlogProof: string, logVkey: string): Promise<Verdict> {
  const steps: Step[] = [];
  const key = parseVerifierKey(logVkey);
  if (!key.ok) {
    return refuse(steps, "InvalidPolicy", `The log's key is not usable: ${key.fault}`);
  }
  steps.push({ kind: "key", key: key.value });
  const proof = parseTlogProof(tlogProof);
  if (!proof.ok) {
    return refuse(steps, "MalformedProof", proof.fault);
  }
  steps.push({ kind: "proof", proof: proof.value });
  // Signatures first: nothing that a checkpoint says is looked at before somebody trusted has said it.
  return (await checkLog(steps, proof.value, key.value)) ?? checkInclusion(steps, leaf, proof.value);
}

async function checkLog(steps: Step[], { checkpoint }: TlogProof, key: VerifierKey): Promise<Refused | undefined> {
  if (checkpoint.origin !== key.name) {
    return refuse(steps, "OriginMismatch", `The checkpoint is of another log than ${key.name}.`);
  }
  steps.push({ kind: "origin", origin: checkpoint.origin });
  switch (await checkNote(checkpoint.note, key)) {
    case "verified":
      steps.push({ kind: "signature", key });
      return undefined;
    case "bad-signature":
      return refuse(steps, "BadLogSignature", "The log's signature on the checkpoint does not verify.");
    default:
      return refuse(steps, "UnknownLogKey", "The checkpoint is not signed by the trusted key of the log.");
  }
}

function checkInclusion(steps: Step[], leaf: Uint8Array, { index, hashes, checkpoint }: TlogProof): Verdict {
  const { size, root } = checkpoint;
  const length = inclusionLength(index, size);
  if (length < 0) {
    return refuse(steps, "IndexOutsideTree", `The leaf's index ${index} is outside the checkpoint's tree of ${size} leaves.`);
  }
  if (hashes.length !== length) {
    return refuse(steps, "WrongProofLength", `The proof has ${hashes.length} hashes, and must have ${length}.`);
  }
  const leafHash = hashLeaf(leaf);
  steps.push({ kind: "leaf", leafHash, leafBytes: leaf.length });
  const climbs = climb(leafHash, index, size, hashes);
  if (climbs === undefined || !areEqual(climbs.at(-1)?.parent ?? leafHash, root)) {
    return refuse(steps, "RootMismatch", "The leaf and the proof do not lead to the signed root: one of them was changed.");
  }
  steps.push({ kind: "path", climbs, root });
  return { verified: true, steps, index, size, root };
}

function refuse(steps: readonly Step[], reason: RefusalReason, message: string): Refused {
  return { verified: false, steps, reason, message };
}

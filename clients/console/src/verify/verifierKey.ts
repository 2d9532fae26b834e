import { sha256 } from "@noble/hashes/sha2.js";

import { areEqual, concat, fromBase64, fromHex } from "./bytes.js";
import { encode, isKeyName } from "./noteText.js";
import { malformed, parsed, type Parsed } from "./parsed.js";

const ED25519_TYPE = 0x01;
const PUBLIC_KEY_BYTES = 32;
const KEY_ID_BYTES = 4;

/** The public key of a log, in text `name+keyid+base64(type || key)` (c2sp.org/signed-note, section "Verifier keys"). */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || 0x0A || type || key): tells keys apart, proves nothing. */
  readonly keyId: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Reads a log's vkey. Only Ed25519 (type 0x01), which is what logs sign with. */
export function parseVerifierKey(text: string): Parsed<VerifierKey> {
  const [name, idText, ...rest] = text.split("+");
  const keyId = idText?.length === 2 * KEY_ID_BYTES ? fromHex(idText) : undefined;
  const material = fromBase64(rest.join("+"));
  if (name === undefined || keyId === undefined || material === undefined || material.length === 0) {
    return malformed("A verifier key has the form name+keyid+base64.");
  }
  if (!isKeyName(name)) {
    return malformed("A key name is not empty and has no spaces, plus signs or control characters.");
  }
  if (material[0] !== ED25519_TYPE) {
    return malformed("The log's key must have type 0x01, which is Ed25519.");
  }
  if (material.length !== 1 + PUBLIC_KEY_BYTES) {
    return malformed("An Ed25519 public key is 32 bytes long.");
  }
  if (!areEqual(sha256(concat(encode(name + "\n"), material)).subarray(0, KEY_ID_BYTES), keyId)) {
    return malformed("The verifier key's id does not belong to its name and key.");
  }
  return parsed({ name, keyId, publicKey: material.slice(1) });
}

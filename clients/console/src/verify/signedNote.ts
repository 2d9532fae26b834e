import { areEqual, fromBase64 } from "./bytes.js";
import { verifyEd25519 } from "./ed25519.js";
import { encode, isKeyName, isNoteText, NOTE_BYTES_MAX, SIGNATURES_MAX } from "./noteText.js";
import { malformed, parsed, type Parsed } from "./parsed.js";
import type { VerifierKey } from "./verifierKey.js";

const SIGNATURE_PREFIX = "— ";
const KEY_ID_BYTES = 4;

/** One signature line: a claim until it is checked. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** Text and the signatures under it (c2sp.org/signed-note). Reading one says nothing about who signed. */
export interface SignedNote {
  /** The signed text, with its final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** What a note says of one key. */
export type NoteCheck = "verified" | "bad-signature" | "not-signed";

/** Reads a note in its wire form. */
export function parseSignedNote(whole: string): Parsed<SignedNote> {
  if (encode(whole).length > NOTE_BYTES_MAX) {
    return malformed(`The note is longer than ${NOTE_BYTES_MAX} bytes.`);
  }
  if (!isNoteText(whole)) {
    return malformed("The note is not valid UTF-8 or holds a control character.");
  }
  const blankLine = whole.lastIndexOf("\n\n");
  if (blankLine < 0) {
    return malformed("The note has no blank line before its signatures.");
  }
  if (!whole.endsWith("\n")) {
    return malformed("The note does not end with a newline.");
  }
  const lines = whole.slice(blankLine + 2).split("\n").slice(0, -1);
  if (lines.length === 0) {
    return malformed("The note has no signature.");
  }
  if (lines.length > SIGNATURES_MAX) {
    return malformed(`The note has more than ${SIGNATURES_MAX} signatures.`);
  }
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) {
      return malformed(`Signature line ${signatures.length + 1} of the note is malformed.`);
    }
    signatures.push(signature);
  }
  return parsed({ text: whole.slice(0, blankLine + 1), signatures });
}

/**
 * Checks a note against one trusted key. Lines that share only the name or only the key id with it are ignored, as the
 * specification demands; one line that claims both and does not verify spoils the note, whatever other lines say.
 */
export async function checkNote(note: SignedNote, key: VerifierKey): Promise<NoteCheck> {
  const claims = note.signatures.filter((line) => line.name === key.name && areEqual(line.keyId, key.keyId));
  const message = encode(note.text);
  for (const claim of claims) {
    if (!(await verifyEd25519(key.publicKey, message, claim.signature))) {
      return "bad-signature";
    }
  }
  return claims.length === 0 ? "not-signed" : "verified";
}

function parseSignature(line: string): NoteSignature | undefined {
  if (!line.startsWith(SIGNATURE_PREFIX)) {
    return undefined;
  }
  const rest = line.slice(SIGNATURE_PREFIX.length);
  const space = rest.indexOf(" ");
  const name = rest.slice(0, space);
  const bytes = fromBase64(rest.slice(space + 1));
  return space > 0 && isKeyName(name) && bytes !== undefined && bytes.length > KEY_ID_BYTES
    ? { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) }
    : undefined;
}

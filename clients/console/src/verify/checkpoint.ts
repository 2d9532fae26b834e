import { fromBase64 } from "./bytes.js";
import { SIZE_MAX } from "./merkle.js";
import { isNoteText, parseDecimal } from "./noteText.js";
import { malformed, parsed, type Parsed } from "./parsed.js";
import { parseSignedNote, type SignedNote } from "./signedNote.js";

const HASH_BYTES = 32;

/** What a log states about its tree at one size, and the note that carries it (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Identity of the log. */
  readonly origin: string;
  /** Number of leaves. */
  readonly size: bigint;
  /** RFC 6962 root of the tree of that size. */
  readonly root: Uint8Array;
  readonly note: SignedNote;
}

/** Reads a signed checkpoint; checks no signature. */
export function parseCheckpoint(whole: string): Parsed<Checkpoint> {
  const note = parseSignedNote(whole);
  if (!note.ok) {
    return note;
  }
  const [origin, sizeLine, rootLine, ...extensions] = note.value.text.split("\n").slice(0, -1);
  if (origin === undefined || !isLine(origin)) {
    return malformed("The checkpoint has no origin line.");
  }
  const size = sizeLine === undefined ? undefined : parseDecimal(sizeLine, SIZE_MAX);
  if (size === undefined) {
    return malformed("The checkpoint's second line is not a tree size.");
  }
  const root = rootLine === undefined ? undefined : parseHash(rootLine);
  if (root === undefined) {
    return malformed("The checkpoint's third line is not a root hash in base64.");
  }
  if (!extensions.every(isLine)) {
    return malformed("The checkpoint has an empty or unfinished extension line.");
  }
  return parsed({ origin, size, root, note: note.value });
}

/** A SHA-256 hash in base64; undefined where the text is none. */
export function parseHash(text: string): Uint8Array | undefined {
  const bytes = fromBase64(text);
  return bytes?.length === HASH_BYTES ? bytes : undefined;
}

function isLine(line: string): boolean {
  return line.length > 0 && isNoteText(line);
}

import { fromBase64 } from "./bytes.js";
import { parseCheckpoint, parseHash, type Checkpoint } from "./checkpoint.js";
import { INCLUSION_HASHES_MAX, SIZE_MAX } from "./merkle.js";
import { encode, isNoteText, NOTE_BYTES_MAX, parseDecimal } from "./noteText.js";
import { malformed, parsed, type Parsed } from "./parsed.js";

const HEADER = "c2sp.org/tlog-proof@v1";
const EXTRA_PREFIX = "extra ";
const EXTRA_BYTES_MAX = 65_536;
const INDEX_PREFIX = "index ";
const BYTES_MAX = NOTE_BYTES_MAX + 100_000;

/** A receipt's proof as a file (c2sp.org/tlog-proof). Reading one proves nothing. */
export interface TlogProof {
  /** Position of the leaf, from 0. */
  readonly index: bigint;
  /** Siblings from the leaf's upwards, 0 to 63. */
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: Checkpoint;
}

/** Reads a proof file. */
export function parseTlogProof(text: string): Parsed<TlogProof> {
  if (encode(text).length > BYTES_MAX) {
    return malformed(`The proof is longer than ${BYTES_MAX} bytes.`);
  }
  if (!isNoteText(text)) {
    return malformed("The proof is not valid UTF-8 or holds a control character.");
  }
  const end = text.indexOf("\n\n");
  if (!text.startsWith(HEADER + "\n")) {
    return malformed(`The proof does not start with the line ${HEADER}.`);
  }
  if (end < 0) {
    return malformed("The proof ends before its checkpoint.");
  }
  const lines = text.slice(HEADER.length + 1, end).split("\n");
  if (lines[0]?.startsWith(EXTRA_PREFIX) === true && !isExtra(lines.shift()!)) {
    return malformed(`The proof's extra line is not base64 of 1 to ${EXTRA_BYTES_MAX} bytes.`);
  }
  const indexLine = lines.shift();
  const index = indexLine?.startsWith(INDEX_PREFIX) === true ? parseDecimal(indexLine.slice(INDEX_PREFIX.length), SIZE_MAX) : undefined;
  if (index === undefined) {
    return malformed("The proof has no line with the leaf's index.");
  }
  if (lines.length > INCLUSION_HASHES_MAX) {
    return malformed(`The proof has more than ${INCLUSION_HASHES_MAX} hashes.`);
  }
  const hashes = lines.map(parseHash);
  const bad = hashes.indexOf(undefined);
  if (bad >= 0) {
    return malformed(`Hash ${bad + 1} of the proof is not a SHA-256 hash in base64.`);
  }
  const checkpoint = parseCheckpoint(text.slice(end + 2));
  return checkpoint.ok
    ? parsed({ index, hashes: hashes.filter((hash) => hash !== undefined), checkpoint: checkpoint.value })
    : checkpoint;
}

function isExtra(line: string): boolean {
  const bytes = fromBase64(line.slice(EXTRA_PREFIX.length));
  return bytes !== undefined && bytes.length > 0 && bytes.length <= EXTRA_BYTES_MAX;
}

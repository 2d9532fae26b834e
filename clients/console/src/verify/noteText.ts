/** Longest note in bytes, as in golang.org/x/mod/sumdb/note. */
export const NOTE_BYTES_MAX = 1_000_000;

/** Most signatures in a note. */
export const SIGNATURES_MAX = 100;

const CONTROLS = /[\u0000-\u0009\u000b-\u001f]/;
const LONE_SURROGATES = /[\ud800-\udfff]/u;

/** Whether text keeps the character rules of c2sp.org/signed-note: well-formed Unicode, no control character but the newline. */
export function isNoteText(text: string): boolean {
  return !CONTROLS.test(text) && !LONE_SURROGATES.test(text);
}

/** Whether a key may have this name: not empty, no space, no plus sign, no control character. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && isNoteText(name) && !/[\s\u0085+]/.test(name);
}

/** UTF-8 bytes of text. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A decimal as C2SP writes sizes and indexes: digits only, no leading zero but in 0 itself, at most `max`. */
export function parseDecimal(text: string, max: bigint): bigint | undefined {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) {
    return undefined;
  }
  const value = BigInt(text);
  return value <= max ? value : undefined;
}

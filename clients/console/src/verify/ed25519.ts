import * as curve from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";

curve.hashes.sha512 = sha512;

/**
 * Whether a key made a signature over a message (RFC 8032). By the browser's own WebCrypto where it is there and knows
 * Ed25519; elsewhere, such as on a page over plain HTTP, by a small library. Never throws.
 */
export async function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  return (await byWebCrypto(publicKey, message, signature)) ?? byLibrary(publicKey, message, signature);
}

/** Undefined where this platform can't tell. */
async function byWebCrypto(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean | undefined> {
  // Browsers leave subtle out where the page came over plain HTTP, whatever its type says.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    return undefined;
  }
  try {
    const key = await subtle.importKey("raw", Uint8Array.from(publicKey), "Ed25519", false, ["verify"]);
    return await subtle.verify("Ed25519", key, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    // The algorithm is unknown here, or the key is no point of the curve: the library decides which.
    return undefined;
  }
}

/** Strict RFC 8032 in plain TypeScript. */
export function byLibrary(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return curve.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** A log's key that this browser believes. */
export interface TrustedKey {
  readonly vkey: string;
  /** Whether a person put it in; otherwise it came from the server when it was first seen. */
  readonly pasted: boolean;
}

const STORED = "kp-console-log-key:";
const PASTED_MARK = "pasted ";

/**
 * The key that a ledger's receipts are checked with: the one kept here, whatever the answer says; else the answer's own, which
 * is kept from now on. So a server that changes its key is found out, though not one that lied the first time.
 */
export function trustedKey(ledgerId: string, answered: string): TrustedKey | undefined {
  const kept = localStorage.getItem(STORED + ledgerId);
  if (kept !== null) {
    const pasted = kept.startsWith(PASTED_MARK);
    return { vkey: pasted ? kept.slice(PASTED_MARK.length) : kept, pasted };
  }
  if (answered.length === 0) {
    return undefined;
  }
  localStorage.setItem(STORED + ledgerId, answered);
  return { vkey: answered, pasted: false };
}

/** Trusts a key that came from elsewhere. */
export function trustKey(ledgerId: string, vkey: string): void {
  localStorage.setItem(STORED + ledgerId, PASTED_MARK + vkey.trim());
}

/** Trusts nothing: the next answer's key is kept. */
export function forgetKey(ledgerId: string): void {
  localStorage.removeItem(STORED + ledgerId);
}

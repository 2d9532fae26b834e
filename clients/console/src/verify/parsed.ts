/** What a strict reader gives: the value, or one sentence that says what is wrong. Readers never throw. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function malformed(fault: string): { readonly ok: false; readonly fault: string } {
  return { ok: false, fault };
}

/** All that is needed to check one entry of a ledger, and what to say about it. */
export interface Evidence {
  readonly ledgerId: string;
  /** The receipt's bytes exactly as they were logged. */
  readonly leaf: Uint8Array;
  /** The proof as a C2SP tlog-proof file. */
  readonly tlogProof: string;
  /** The log's key as this answer tells it; empty where it does not. */
  readonly answeredKey: string;
  /** Leaf hash that a statement's line names; undefined where none does. */
  readonly namedLeafHash?: Uint8Array;
  /** Title of the work for people. */
  readonly title?: string;
}

import { Code, ConnectError } from "@connectrpc/connect";

import { words } from "./language.js";

/** Answers after which it is certain that a write did not happen by this call. */
const CERTAIN: ReadonlySet<Code> = new Set([
  Code.InvalidArgument,
  Code.NotFound,
  Code.AlreadyExists,
  Code.PermissionDenied,
  Code.Unauthenticated,
  Code.FailedPrecondition,
  Code.ResourceExhausted,
  Code.Unimplemented,
]);

/** Whether a failed write may have happened all the same: then it is asked for again with the same key, never with a new one. */
export function isUncertain(fault: unknown): boolean {
  return !CERTAIN.has(ConnectError.from(fault).code);
}

/** Whether a method stands in the contract and is not served. */
export function isUnimplemented(fault: unknown): boolean {
  return ConnectError.from(fault).code === Code.Unimplemented;
}

/** What went wrong, for people: our word for the kind, the server's words for the rest. */
export function faultText(fault: unknown): string {
  const error = ConnectError.from(fault);
  const kind = words().faults[error.code] ?? words().faults[Code.Unknown] ?? "";
  return error.rawMessage.length > 0 ? `${kind}: ${error.rawMessage}` : kind;
}

import type { GetStatementResponse, StatementLine } from "../../generated/kp/payment/v1/payment_service_pb.js";
import { Direction } from "../../generated/kp/payment/v1/account_pb.js";
import type { Clients } from "../api/clients.js";

const PAGE_SIZE = 1000;

/** Most lines that one statement is read of. */
export const LINES_MAX = 10_000;

/** All pages of one statement, up to {@link LINES_MAX} lines. */
export interface Statement {
  /** The totals, as the last page that was read gives them. */
  readonly totals: GetStatementResponse;
  readonly lines: readonly StatementLine[];
  /** Whether there are more lines than were read. */
  readonly truncated: boolean;
}

/** Reads a statement page by page. */
export async function readStatement(clients: Clients, organizationId: string, currencyCode: string, periodId: string): Promise<Statement> {
  const lines: StatementLine[] = [];
  let pageToken = "";
  for (;;) {
    const { statement } = await clients.partner.getStatement({ organizationId, currencyCode, periodId, pageSize: PAGE_SIZE, pageToken });
    if (statement === undefined) {
      throw new Error("the answer holds no statement");
    }
    lines.push(...statement.lines);
    pageToken = statement.nextPageToken;
    if (pageToken === "" || lines.length >= LINES_MAX) {
      return { totals: statement, lines, truncated: pageToken !== "" };
    }
  }
}

/** A line's effect on the balance: credits count, debits are taken off. Minor units. */
export function signedAmount(line: StatementLine): bigint {
  const amount = line.amount?.minorUnits ?? 0n;
  return line.direction === Direction.CREDIT ? amount : -amount;
}

/** The balance after each entry, the opening one first. Minor units. */
export function balances({ totals, lines }: Statement): readonly { readonly sequence: bigint; readonly balance: bigint }[] {
  let balance = totals.openingBalance?.minorUnits ?? 0n;
  const points = [{ sequence: lines[0]?.sequence ?? 0n, balance }];
  for (const line of lines) {
    balance += signedAmount(line);
    points.push({ sequence: line.sequence, balance });
  }
  return points;
}

/** Credits by work, the largest first; what belongs to no work or to a smaller one is added up under an empty id. */
export function creditsByWork(lines: readonly StatementLine[], most: number): readonly { readonly workId: string; readonly minorUnits: bigint }[] {
  const sums = new Map<string, bigint>();
  for (const line of lines.filter((candidate) => candidate.direction === Direction.CREDIT)) {
    sums.set(line.workId, (sums.get(line.workId) ?? 0n) + (line.amount?.minorUnits ?? 0n));
  }
  const works = [...sums].filter(([workId]) => workId !== "").sort(([, one], [, other]) => (one < other ? 1 : one > other ? -1 : 0));
  const rest = works.slice(most).reduce((sum, [, minorUnits]) => sum + minorUnits, sums.get("") ?? 0n);
  const shown = works.slice(0, most).map(([workId, minorUnits]) => ({ workId, minorUnits }));
  return rest === 0n ? shown : [...shown, { workId: "", minorUnits: rest }];
}

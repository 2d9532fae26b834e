import assert from "node:assert/strict";
import { test } from "node:test";

import { create } from "@bufbuild/protobuf";

import { Direction } from "../generated/kp/payment/v1/account_pb.js";
import { GetStatementResponseSchema, StatementLineSchema, type StatementLine } from "../generated/kp/payment/v1/payment_service_pb.js";
import { balances, creditsByWork } from "../src/partner/statement.js";

function line(sequence: bigint, minorUnits: bigint, workId: string, direction = Direction.CREDIT): StatementLine {
  return create(StatementLineSchema, { sequence, workId, direction, amount: { minorUnits, currencyCode: "CNY", exponent: 2 } });
}

const lines = [line(1n, 500n, "w-1"), line(2n, 200n, "w-2"), line(3n, 100n, "", Direction.DEBIT), line(4n, 700n, "w-2"), line(5n, 30n, "w-3"), line(6n, 5n, "")];

test("balances: start at the opening balance, credits count and debits are taken off", () => {
  const totals = create(GetStatementResponseSchema, { openingBalance: { minorUnits: 1_000n, currencyCode: "CNY", exponent: 2 } });
  assert.deepEqual(balances({ totals, lines, truncated: false }).map((point) => point.balance), [1_000n, 1_500n, 1_700n, 1_600n, 2_300n, 2_330n, 2_335n]);
});

test("creditsByWork: the largest first, the rest in one sum, debits left out", () => {
  assert.deepEqual(creditsByWork(lines, 2), [{ workId: "w-2", minorUnits: 900n }, { workId: "w-1", minorUnits: 500n }, { workId: "", minorUnits: 35n }]);
  assert.deepEqual(creditsByWork([], 2), []);
});

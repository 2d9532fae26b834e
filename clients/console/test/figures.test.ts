import assert from "node:assert/strict";
import { before, test } from "node:test";

import { create } from "@bufbuild/protobuf";

import { MoneySchema } from "../generated/kp/type/v1/money_pb.js";
import { moneyText, shareText } from "../src/shell/figures.js";
import { setLanguage } from "../src/shell/language.js";

before(() => {
  // What a browser has and Node has not.
  Object.defineProperty(globalThis, "localStorage", { value: new Map<string, string>(), configurable: true });
  Object.assign(localStorage, { setItem: () => undefined, getItem: () => null });
  setLanguage("en");
});

test("moneyText: exact for every exponent, below one unit, negative and beyond what a double holds", () => {
  const text = (minorUnits: bigint, currencyCode: string, exponent: number): string => moneyText(create(MoneySchema, { minorUnits, currencyCode, exponent }));
  assert.equal(text(11_900n, "EUR", 2), "€119.00");
  assert.equal(text(5n, "EUR", 2), "€0.05");
  assert.equal(text(-1_234n, "EUR", 2), "-€12.34");
  assert.equal(text(1_500n, "JPY", 0), "¥1,500");
  assert.equal(text(9_223_372_036_854_775_807n, "EUR", 2), "€92,233,720,368,547,758.07");
  assert.equal(moneyText(undefined), "");
});

test("shareText: parts per million as per cent", () => {
  assert.equal(shareText(700_003), "70.0003 %");
});

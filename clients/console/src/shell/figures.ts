import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { timestampDate } from "@bufbuild/protobuf/wkt";

import type { Money } from "../../generated/kp/type/v1/money_pb.js";
import { language } from "./language.js";

/** Money with its currency, exact to the last minor unit. Empty where there is none. */
export function moneyText(money: Money | undefined): string {
  if (money === undefined) {
    return "";
  }
  const format = new Intl.NumberFormat(locale(), {
    style: "currency",
    currency: money.currencyCode || "CNY",
    minimumFractionDigits: money.exponent,
    maximumFractionDigits: money.exponent,
  });
  return format.format(decimal(money.minorUnits, money.exponent));
}

/** A number with at most so many digits behind the point. */
export function numberText(value: number | bigint, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** A time of the ledger in the reader's own zone. Empty where there is none. */
export function timeText(time: Timestamp | undefined): string {
  return time === undefined ? "" : new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium" }).format(timestampDate(time));
}

/** Parts per million as per cent. */
export function shareText(ppm: number): string {
  return `${numberText(ppm / 10_000, 4)} %`;
}

// A decimal as text: a double would round large amounts.
function decimal(minorUnits: bigint, exponent: number): Intl.StringNumericLiteral {
  const digits = (minorUnits < 0n ? -minorUnits : minorUnits).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  return `${minorUnits < 0n ? "-" : ""}${whole}.${digits.slice(digits.length - exponent) || "0"}` as Intl.StringNumericLiteral;
}

function locale(): string {
  return language() === "zh" ? "zh-CN" : "en";
}

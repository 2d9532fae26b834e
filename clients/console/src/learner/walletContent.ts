import { create } from "@bufbuild/protobuf";

import type { GetWalletResponse, TopUpResponse } from "../../generated/kp/learner/v1/wallet_pb.js";
import { MoneySchema, type Money } from "../../generated/kp/type/v1/money_pb.js";
import { toHex } from "../verify/bytes.js";
import { h, type Child } from "../shell/dom.js";
import { faultText } from "../shell/faults.js";
import { moneyText } from "../shell/figures.js";
import { words } from "../shell/language.js";
import { notice } from "../shell/parts.js";
import type { Write } from "./write.js";

/** What can be paid in with one click, minor units. */
const AMOUNTS: readonly bigint[] = [10_000n, 50_000n];

/** What the wallet holds and how more comes in. */
export function walletContent(wallet: GetWalletResponse, topUp: Write<TopUpResponse> | undefined, payIn: (amount: Money) => void, askAgain: () => void): Child {
  const { learner } = words();
  const currency = wallet.balances[0]?.available ?? create(MoneySchema, { currencyCode: "CNY", exponent: 2 });
  return [
    h("p", { class: "balance", id: "balance" }, wallet.balances.length === 0 ? learner.empty : wallet.balances.map((balance) => moneyText(balance.available)).join(", ")),
    h("div", { class: "row" }, ...AMOUNTS.map((minorUnits) => {
      const amount = create(MoneySchema, { minorUnits, currencyCode: currency.currencyCode, exponent: currency.exponent });
      const isSending = topUp?.state.kind === "sending";
      return h("button", { type: "button", id: `top-up-${minorUnits}`, disabled: isSending, onclick: () => payIn(amount) }, learner.topUp(moneyText(amount)));
    })),
    topUp === undefined ? undefined : stateContent(topUp, askAgain),
  ];
}

function stateContent({ state, key }: Write<TopUpResponse>, askAgain: () => void): Child {
  const { learner } = words();
  switch (state.kind) {
    case "sending":
      return notice("info", words().waiting);
    case "completed":
      return notice("good", h("span", { id: "top-up-done" }, learner.funded));
    case "refused":
      return notice("bad", faultText(state.fault));
    case "unknown":
      return notice("warn",
        h("strong", {}, learner.fundingUnknown), h("p", {}, `${words().key} `, h("code", {}, toHex(key))),
        h("button", { type: "button", class: "primary", onclick: askAgain }, learner.askAgain));
  }
}

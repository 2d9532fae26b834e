import type { GetHomeResponse, HomeItem, WorkCard } from "../../generated/kp/learner/v1/home_pb.js";
import { h, type Child } from "../shell/dom.js";
import { moneyText } from "../shell/figures.js";
import { words, type WordTable } from "../shell/language.js";
import { notice } from "../shell/parts.js";

/** What the feed needs to know beside itself. */
export interface FeedActions {
  /** Work whose purchase is on its way; nothing else can be bought meanwhile. */
  readonly buying: string | undefined;
  buy(work: WorkCard): void;
}

/** The home feed: each work with its price and the reason why it is shown. */
export function feedContent(home: GetHomeResponse, actions: FeedActions): Child {
  const { learner } = words();
  const degraded: WordTable = learner.degraded;
  return [
    home.degraded ? notice("warn", degraded[home.degradedReason] ?? degraded[3]) : undefined,
    home.items.length === 0 ? h("p", {}, learner.feedEmpty) : h("ol", { class: "feed", id: "feed" }, ...home.items.map((item) => itemContent(item, actions))),
  ];
}

function itemContent({ work, reason }: HomeItem, actions: FeedActions): Child {
  if (work === undefined) {
    return undefined;
  }
  const tags = [(words().kinds as WordTable)[work.kind], (words().fields as WordTable)[work.field]].filter((tag) => tag !== undefined && tag !== "");
  return h("li", {},
    h("div", { class: "work" },
      h("h3", {}, work.title || work.workId),
      h("p", { class: "tags" }, tags.join(" · ")),
      reason.length > 0 ? h("p", { class: "reason" }, reason) : undefined),
    h("div", { class: "offer" }, h("span", { class: "price" }, moneyText(work.price)), buyButton(work, actions)));
}

function buyButton(work: WorkCard, { buying, buy }: FeedActions): Child {
  const { learner } = words();
  return work.owned
    ? h("span", { class: "owned" }, learner.owned)
    : h("button", {
        type: "button",
        class: "primary",
        id: `buy-${work.workId}`,
        disabled: buying !== undefined || work.price === undefined,
        "aria-label": learner.buy(work.title, moneyText(work.price)),
        onclick: () => buy(work),
      }, buying === work.workId ? learner.buying : learner.buyShort);
}

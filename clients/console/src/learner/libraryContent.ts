import type { GetLibraryResponse, LibraryItem } from "../../generated/kp/learner/v1/purchase_pb.js";
import { h, type Child } from "../shell/dom.js";
import { moneyText, timeText } from "../shell/figures.js";
import { words } from "../shell/language.js";

/** What the learner owns; each purchase can be proven. */
export function libraryContent(library: GetLibraryResponse, prove: (item: LibraryItem) => void): Child {
  const { learner } = words();
  return library.items.length === 0
    ? h("p", {}, learner.libraryEmpty)
    : h("ul", { class: "library", id: "library" }, ...library.items.map((item) => {
        const title = item.work?.title || item.work?.workId || "";
        return h("li", {},
          h("div", {}, h("strong", {}, title), h("p", { class: "tags" }, [moneyText(item.paid), timeText(item.entitlement?.grantedAt)].filter((part) => part !== "").join(" · "))),
          item.purchaseId.length === 0 ? undefined
            : h("button", { type: "button", id: `prove-${item.sequence}`, "aria-label": learner.proveFor(title), onclick: () => prove(item) }, learner.prove));
      }));
}

import type { Clients } from "../api/clients.js";
import { h, type Child } from "../shell/dom.js";
import { faultText, isUnimplemented } from "../shell/faults.js";
import { numberText } from "../shell/figures.js";
import { words } from "../shell/language.js";
import { load, type Loaded } from "../shell/loaded.js";

/** What the partner's door answers beside the statement: how many, or why nothing. */
export interface OtherDoors {
  readonly works: Loaded<string>;
  readonly agreements: Loaded<string>;
  readonly audience: Loaded<string>;
}

const PAGE_SIZE = 1000;

/** Asks each of the partner's other reading methods once. */
export async function readOtherDoors({ partner }: Clients, organizationId: string): Promise<OtherDoors> {
  const [works, agreements, audience] = await Promise.all([
    load(partner.listWorks({ organizationId, pageSize: PAGE_SIZE }).then((page) => countText(page.works.length, page.nextPageToken))),
    load(partner.listAgreements({ organizationId, pageSize: PAGE_SIZE }).then((page) => countText(page.agreements.length, page.nextPageToken))),
    load(partner.getAudienceInsight({ organizationId }).then((insight) => words().partner.learners(numberText(insight.learners)))),
  ]);
  return { works, agreements, audience };
}

/** What they answered, UNIMPLEMENTED in plain words. */
export function otherDoorsContent(doors: OtherDoors): Child {
  const { partner } = words();
  const row = (id: string, name: string, answer: Loaded<string>): Child => h("div", {}, h("dt", {}, name), h("dd", { id }, answerText(answer)));
  return [
    h("p", { class: "hint" }, partner.moreLead),
    h("dl", { class: "facts" },
      row("door-works", partner.works, doors.works),
      row("door-agreements", partner.agreements, doors.agreements),
      row("door-audience", partner.audience, doors.audience)),
  ];
}

function answerText(answer: Loaded<string>): string {
  if (answer === undefined) {
    return words().waiting;
  }
  return "value" in answer ? answer.value : isUnimplemented(answer.fault) ? words().partner.unserved : faultText(answer.fault);
}

function countText(count: number, nextPageToken: string): string {
  return nextPageToken === "" ? numberText(count) : `${numberText(count)}+`;
}

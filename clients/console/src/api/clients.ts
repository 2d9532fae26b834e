import { createClient, type Client, type Interceptor } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

import { LearnerService } from "../../generated/kp/learner/v1/learner_service_pb.js";
import { LedgerService } from "../../generated/kp/ledger/v1/ledger_service_pb.js";
import { MembershipService } from "../../generated/kp/membership/v1/membership_service_pb.js";
import { PartnerService } from "../../generated/kp/partner/v1/partner_service_pb.js";
import { PaymentService } from "../../generated/kp/payment/v1/payment_service_pb.js";
import type { Session } from "./session.js";

/** Longest wait for one answer, milliseconds. */
const DEADLINE_MS = 15_000;

/** The services of the contract that the console calls, over grpc-web, as one identity. */
export interface Clients {
  readonly learner: Client<typeof LearnerService>;
  readonly partner: Client<typeof PartnerService>;
  readonly ledger: Client<typeof LedgerService>;
  readonly membership: Client<typeof MembershipService>;
  readonly payment: Client<typeof PaymentService>;
}

/** Makes the clients of one session. */
export function createClients(session: Session): Clients {
  const authorize: Interceptor = (next) => async (request) => {
    const authorization = await session.authorization();
    if (authorization !== undefined) {
      request.header.set("authorization", authorization);
    }
    return next(request);
  };
  const transport = createGrpcWebTransport({
    baseUrl: new URL(".", document.baseURI).href.replace(/\/$/, ""),
    defaultTimeoutMs: DEADLINE_MS,
    interceptors: [authorize],
  });
  return {
    learner: createClient(LearnerService, transport),
    partner: createClient(PartnerService, transport),
    ledger: createClient(LedgerService, transport),
    membership: createClient(MembershipService, transport),
    payment: createClient(PaymentService, transport),
  };
}

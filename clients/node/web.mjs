// The learner's story as a browser tells it: grpc-web over HTTP/1.1 with code generated from protos/ (npm run generate).
//
//   KP_TOKEN=... node web.mjs http://127.0.0.1:5080 learner-1
//
// KP_TOKEN is the learner's bearer token; the development issuer gives one: README, "Call it".
//
// Prints one JSON object; exits 1 with the server's message when a call fails.
import { randomBytes } from "node:crypto";

import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

import { LearnerService } from "./generated/kp/learner/v1/learner_service_pb.js";
import { Outcome } from "./generated/kp/learner/v1/purchase_pb.js";

const [baseUrl, learnerId] = process.argv.slice(2);
const signIn = (next) => (request) => {
  request.header.set("authorization", `Bearer ${process.env.KP_TOKEN}`);
  return next(request);
};
const client = createClient(LearnerService, createGrpcWebTransport({ baseUrl, defaultTimeoutMs: 20_000, interceptors: [signIn] }));

try {
  const home = await client.getHome({ learnerId, count: 5 });
  const { workId, price } = home.items[0].work;
  await client.topUp({ idempotencyKey: randomBytes(16), learnerId, amount: price });
  const order = { idempotencyKey: randomBytes(16), learnerId, workId, expectedPrice: price };
  const first = await client.purchase(order);
  const second = await client.purchase(order);
  console.log(JSON.stringify({
    items: home.items.length,
    workId,
    price: String(price.minorUnits),
    parts: first.receipt.split.map((line) => String(line.amount.minorUnits)),
    sequence: String(first.receipt.sequence),
    outcome: `OUTCOME_${Outcome[first.outcome]}`,
    sameReceipt: Buffer.from(first.receipt.proof.leaf).equals(Buffer.from(second.receipt.proof.leaf)),
    replayed: second.replayed,
  }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

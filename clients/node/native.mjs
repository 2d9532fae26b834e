// The learner's story over native gRPC (HTTP/2), read from protos/ at run time: feed, top-up, purchase, the same purchase again.
//
//   KP_TOKEN=... node native.mjs 127.0.0.1:5081 learner-1
//
// KP_TOKEN is the learner's bearer token; the development issuer gives one: README, "Call it".
//
// Prints one JSON object; exits 1 with the server's message when a call fails.
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const [address, learnerId] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const contract = grpc.loadPackageDefinition(
  loader.loadSync("kp/learner/v1/learner_service.proto", {
    includeDirs: [join(root, "protos"), join(root, "third_party", "googleapis")],
    longs: String,
    enums: String,
    defaults: true,
  }),
);

const client = new contract.kp.learner.v1.LearnerService(address, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();
metadata.set("authorization", `Bearer ${process.env.KP_TOKEN}`);
const call = (method, request) =>
  promisify((done) => client[method](request, metadata, { deadline: Date.now() + 20_000 }, done))();

try {
  const home = await call("getHome", { learnerId, count: 5 });
  const { workId, price } = home.items[0].work;
  await call("topUp", { idempotencyKey: randomBytes(16), learnerId, amount: price });
  const order = { idempotencyKey: randomBytes(16), learnerId, workId, expectedPrice: price };
  const first = await call("purchase", order);
  const second = await call("purchase", order);
  console.log(JSON.stringify({
    items: home.items.length,
    workId,
    price: price.minorUnits,
    parts: first.receipt.split.map((line) => line.amount.minorUnits),
    sequence: first.receipt.sequence,
    outcome: first.outcome,
    sameReceipt: first.receipt.proof.leaf.equals(second.receipt.proof.leaf),
    replayed: second.replayed,
  }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  client.close();
}

import assert from "node:assert/strict";
import { test } from "node:test";

import { Code, ConnectError } from "@connectrpc/connect";

import { Outcome } from "../generated/kp/learner/v1/purchase_pb.js";
import { Write } from "../src/learner/write.js";

test("send: an outcome that is not known is asked for again with the same key, until it is", async () => {
  const keys: Uint8Array[] = [];
  const answers = [
    () => Promise.reject(new ConnectError("no answer", Code.DeadlineExceeded)),
    () => Promise.reject(new TypeError("the network is gone")),
    () => Promise.resolve({ outcome: Outcome.UNKNOWN }),
    () => Promise.resolve({ outcome: Outcome.COMPLETED }),
  ];
  const write = new Write((key) => {
    keys.push(key);
    return answers[keys.length - 1]!();
  });
  const states = [await write.send(), await write.send(), await write.send(), await write.send()];
  assert.deepEqual(states.map((state) => state.kind), ["unknown", "unknown", "unknown", "completed"]);
  assert.ok(keys.every((key) => key.length === 16 && key === write.key));
});

test("send: a refusal is certain, and another write has another key", async () => {
  const refuse = (): Promise<never> => Promise.reject(new ConnectError("too little money", Code.FailedPrecondition));
  const [one, other] = [new Write(refuse), new Write(refuse)];
  assert.equal((await one.send()).kind, "refused");
  assert.notDeepEqual(one.key, other.key);
});

import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { Session } from "../src/api/session.js";

const LEARNER = { subject: "learner-0001", roles: ["learner"] };

function answer(status: number, body: unknown): (input: unknown, init?: RequestInit) => Promise<Response> {
  return () => Promise.resolve(new Response(JSON.stringify(body), { status }));
}

afterEach(() => mock.restoreAll());

test("signIn: a Gateway without development sign-in leaves the door open, and calls carry no token", async () => {
  mock.method(globalThis, "fetch", answer(404, {}));
  const session = new Session();
  assert.equal(await session.signIn(LEARNER), "open-door");
  assert.equal(await session.authorization(), undefined);
});

test("signIn: a token is sent as bearer, and fetched anew shortly before it ends", async () => {
  let issued = 0;
  const fetching = mock.method(globalThis, "fetch", (_: unknown, init?: RequestInit) => {
    assert.deepEqual(JSON.parse(String(init?.body)), LEARNER);
    issued++;
    return answer(200, { access_token: `t${issued}`, token_type: "Bearer", expires_in: issued === 1 ? 10 : 3600 })(undefined);
  });
  const session = new Session();
  assert.equal(await session.signIn(LEARNER), "signed-in");
  assert.equal(await session.authorization(), "Bearer t2");
  assert.equal(await session.authorization(), "Bearer t2");
  assert.equal(fetching.mock.callCount(), 2);
});

test("signIn: a refusal and a malformed answer are told", async () => {
  const session = new Session();
  mock.method(globalThis, "fetch", answer(400, { error_description: "subject: must be 1 to 128 characters" }));
  await assert.rejects(session.signIn(LEARNER), /400 .*subject/);
  mock.restoreAll();
  mock.method(globalThis, "fetch", answer(200, { token: "x" }));
  await assert.rejects(session.signIn(LEARNER), /access_token/);
});

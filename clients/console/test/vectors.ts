import { readFileSync } from "node:fs";

// Bundled tests run from artifacts/console-tests, two folders below the root.
const root = new URL("../../", import.meta.url);

/** Reads a file of published vectors, the same that the tests of src/MerkleLog read. */
export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`tests/MerkleLog.Tests/Vectors/${name}.json`, root), "utf8")) as T;
}

/** Reads a file beside these tests. */
export function readOwn<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`clients/console/test/Vectors/${name}.json`, root), "utf8")) as T;
}

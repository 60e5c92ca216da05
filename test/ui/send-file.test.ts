import { describe, expect, test } from "vitest";
import { type FileLike, fingerprintOf, type Line, SendingRefused, sendFile } from "#app/ui/upload/send-file.ts";

function fileOf(bytes: Uint8Array<ArrayBuffer>, lastModified = 1): FileLike {
  return {
    size: bytes.length,
    lastModified,
    slice: (from, to) => ({ arrayBuffer: async () => bytes.slice(from, to).buffer }),
  };
}
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length).subarray(0, Math.min(length, 65_536)));
function large(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  const seed = random(65_536);
  for (let at = 0; at < length; at += seed.length) bytes.set(seed.subarray(0, Math.min(seed.length, length - at)), at);
  bytes.forEach((byte, at) => {
    if (at % 65_536 === 0) bytes[at] = byte ^ (at >> 16);
  });
  return bytes;
}

/** The other side: keeps what follows on, knows its uploads by fingerprint. `fails` says what happens to each piece. */
function receiver(fails: (call: number) => "no" | "before" | "after" = () => "no") {
  const uploads = new Map<string, number[]>();
  let calls = 0;
  let ended = 0;
  const line: Line & { size: number } = {
    size: 0,
    async begin({ fingerprint, size }) {
      line.size = size;
      uploads.set(fingerprint, uploads.get(fingerprint) ?? []);
      return { id: fingerprint, offset: uploads.get(fingerprint)!.length };
    },
    async send(id, offset, bytes) {
      const fate = fails(calls++);
      if (fate === "before") throw new TypeError("the line is dead");
      const kept = uploads.get(id)!;
      if (kept.length === offset) for (const byte of new Uint8Array(bytes)) kept.push(byte);
      if (kept.length === line.size) ended += 1;
      if (fate === "after") throw new TypeError("the answer got lost");
      return kept.length;
    },
    offsetOf: async (id) => uploads.get(id)!.length,
  };
  return { line, arrived: () => Uint8Array.from([...uploads.values()].at(-1) ?? []), ended: () => ended };
}

const NO_WAIT = { onProgress: () => undefined, wait: async () => undefined };

describe("a file that is sent in pieces", () => {
  test.each<[string, (call: number) => "no" | "before" | "after"]>([
    ["over a good line", () => "no"],
    ["when every other piece is lost", (call) => (call % 2 === 0 ? "before" : "no")],
    ["when every other answer is lost", (call) => (call % 2 === 0 ? "after" : "no")],
    ["when both are", (call) => (["before", "after", "no"] as const)[call % 3] ?? "no"],
  ])("arrives byte by byte %s", async (_what, fails) => {
    const bytes = large((9 << 20) + 17);
    const { line, arrived } = receiver(fails);
    await sendFile(fileOf(bytes), line, NO_WAIT);
    expect(Buffer.compare(arrived(), bytes)).toBe(0);
  });

  test("goes on where it stopped when the page was loaded again, and says the end again when nobody heard it", async () => {
    const bytes = large((9 << 20) + 17);
    let calls = 0;
    const { line, arrived, ended } = receiver();
    const broken: Line = {
      ...line,
      send: (...piece) => {
        if (++calls > 1) throw new SendingRefused("the page was closed");
        return line.send(...piece);
      },
    };
    await expect(sendFile(fileOf(bytes), broken, NO_WAIT)).rejects.toThrow(SendingRefused);
    const seen: number[] = [];
    await sendFile(fileOf(bytes), line, { ...NO_WAIT, onProgress: (there) => seen.push(there) });
    expect(seen[0]).toBe(4 << 20);
    expect(Buffer.compare(arrived(), bytes)).toBe(0);
    await sendFile(fileOf(bytes), line, NO_WAIT);
    expect(ended()).toBe(2);
  });

  test("waits longer and longer, says that the line is lost, and gives up on a refusal alone", async () => {
    const waits: number[] = [];
    const connected: boolean[] = [];
    const { line } = receiver((call) => (call < 8 ? "before" : "no"));
    await sendFile(fileOf(large(100)), line, {
      onProgress: (_arrived, isConnected) => connected.push(isConnected),
      wait: async (seconds) => void waits.push(seconds),
    });
    expect(waits).toEqual([1, 2, 4, 8, 15, 30, 30, 30]);
    expect(connected).toEqual([true, ...Array(8).fill(false), true]);
    const refusing: Line = { ...line, begin: () => Promise.reject(new SendingRefused("too large")) };
    await expect(sendFile(fileOf(large(10)), refusing, NO_WAIT)).rejects.toThrow("too large");
  });

  test("of no bytes at all is ended by one empty piece", async () => {
    const { line, ended } = receiver();
    await sendFile(fileOf(new Uint8Array()), line, NO_WAIT);
    expect(ended()).toBe(1);
  });
});

test("a fingerprint tells files apart by length, time of change, beginning and end", async () => {
  const bytes = large(3 << 20);
  const changed = (at: number) => {
    const copy = bytes.slice();
    copy[at]! ^= 1;
    return copy;
  };
  const prints = await Promise.all(
    [
      fileOf(bytes),
      fileOf(bytes, 2),
      fileOf(bytes.slice(0, -1)),
      fileOf(changed(0)),
      fileOf(changed(bytes.length - 1)),
    ].map(fingerprintOf),
  );
  expect(new Set(prints).size).toBe(5);
  expect(await fingerprintOf(fileOf(bytes.slice()))).toBe(prints[0]);
  expect(prints[0]).toMatch(/^[0-9a-f]{64}$/);
});

import { expect, test } from "vitest";
import { receiveFile } from "#app/routes/desk.feeds.receive.server.ts";

const BOUNDARY = "----a-boundary-of-a-test";
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const fileHead = (filename: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: text/csv\r\n\r\n`;
const END = `\r\n--${BOUNDARY}--\r\n`;

/** A request whose body is drawn piece by piece; an Error as a piece is a connection that breaks there. */
function upload(pieces: Iterable<string | Error>, type = `multipart/form-data; boundary=${BOUNDARY}`): Request {
  const from = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = from.next();
        if (done) controller.close();
        else if (value instanceof Error) controller.error(value);
        else controller.enqueue(Buffer.from(value));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: "POST", body, duplex: "half", headers: { "content-type": type } };
  return new Request("http://portal.invalid/desk/feeds/upload", init as RequestInit);
}

async function readAll(_log: string, stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

test("the chosen log and the file's bytes arrive as they were sent", async () => {
  const form = [field("log", "oak/alpr"), fileHead("x.csv"), "a,b\r\n", "1,2\r\n", END];
  const received = await receiveFile(upload(form), async (log, stream) => `${log}|${await readAll(log, stream)}`);
  expect(received).toEqual({ kind: "taken", result: "oak/alpr|a,b\r\n1,2\r\n" });
});

test("a file is never held whole: what is not read yet is not drawn from the network", async () => {
  const MEGABYTE = "x".repeat(1 << 20);
  let drawn = 0;
  function* pieces() {
    yield fileHead("large.csv");
    for (let n = 0; n < 100; n++) {
      drawn += 1;
      yield MEGABYTE;
    }
    yield END;
  }
  let ahead = 0;
  const received = await receiveFile(upload(pieces()), async (_log, stream) => {
    let read = 0;
    for await (const chunk of stream) {
      read += chunk.byteLength;
      ahead = Math.max(ahead, drawn - read / (1 << 20));
    }
    return read;
  });
  expect(received).toEqual({ kind: "taken", result: 100 << 20 });
  expect(ahead).toBeLessThan(6);
});

test("a refusal after the first bytes is told, and the rest of the upload is read away", async () => {
  let drawn = 0;
  function* pieces() {
    yield fileHead("wrong.csv");
    for (let n = 0; n < 50; n++) {
      drawn += 1;
      yield "y".repeat(1 << 18);
    }
    yield END;
  }
  const refuse = receiveFile(upload(pieces()), async (_log, stream) => {
    for await (const _ of stream) throw new Error("wrong header");
  });
  await expect(refuse).rejects.toThrow("wrong header");
  expect(drawn).toBe(50);
});

test("a taker that never looks at the file does not stall the upload", async () => {
  const form = [field("log", "of/nobody"), fileHead("x.csv"), ...Array<string>(40).fill("z".repeat(1 << 16)), END];
  expect(await receiveFile(upload(form), async () => null)).toEqual({ kind: "taken", result: null });
});

test.each<[string, Iterable<string | Error>, string | undefined]>([
  ["a connection that breaks", [fileHead("x.csv"), "a,b\r\n", new Error("gone")], undefined],
  ["a body that ends too early", [fileHead("x.csv"), "a,b\r\n"], undefined],
  ["another kind of form", ["log=x"], "application/x-www-form-urlencoded"],
  ["a form without a boundary", [fileHead("x.csv"), END], "multipart/form-data"],
])("%s is unreadable, and never taken for a whole file", async (_what, pieces, type) => {
  expect(await receiveFile(upload(pieces, type), readAll)).toEqual({ kind: "unreadable" });
});

test("a form sent without choosing a file says so", async () => {
  expect(await receiveFile(upload([field("log", "oak/alpr"), fileHead(""), END]), readAll)).toEqual({
    kind: "no-file",
  });
  expect(await receiveFile(upload([field("log", "oak/alpr").trimEnd(), END]), readAll)).toEqual({ kind: "no-file" });
});

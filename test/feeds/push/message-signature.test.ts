import { createPrivateKey, createPublicKey } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContentDigest, writeContentDigest } from "#app/feeds/push/content-digest.ts";
import {
  BadSignature,
  isSignedBy,
  readSignature,
  type SignedRequest,
  signatureBase,
  signRequest,
} from "#app/feeds/push/message-signature.ts";
import { parseDictionary, serializeInnerList } from "#app/feeds/push/structured-field.ts";

// RFC 9421, Appendix B.1.4 (the key), B.2 (the request) and B.2.6 (its signature).
const PUBLIC = createPublicKey(`-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`);
const PRIVATE = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`);
const COVERED = ["date", "@method", "@path", "@authority", "content-type", "content-length"];
const INPUT = `("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`;
const SIGNATURE = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
const REQUEST: SignedRequest = {
  method: "POST",
  scheme: "https",
  authority: "example.com",
  path: "/foo",
  query: "?param=Value&Pet=dog",
  fields: {
    host: ["example.com"],
    date: ["Tue, 20 Apr 2021 02:07:55 GMT"],
    "content-type": ["application/json"],
    "content-length": ["18"],
    "signature-input": [`sig-b26=${INPUT}`],
    signature: [`sig-b26=:${SIGNATURE}:`],
  },
};
const withFields = (fields: SignedRequest["fields"]): SignedRequest => ({
  ...REQUEST,
  fields: { ...REQUEST.fields, ...fields },
});

describe("the test vector of RFC 9421, B.2.6", () => {
  test("gives the signature base of the RFC, byte by byte", () => {
    expect(signatureBase(REQUEST, COVERED, INPUT)).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        `"@signature-params": ${INPUT}`,
      ].join("\n"),
    );
  });

  test("verifies", () => {
    const signature = readSignature(REQUEST.fields);
    expect(signature).toMatchObject({ covered: COVERED, created: 1618884473, keyid: "test-key-ed25519" });
    expect(isSignedBy(PUBLIC, REQUEST, signature)).toBe(true);
  });

  test("is made anew, since Ed25519 draws no chance", () => {
    const made = signRequest(PRIVATE, REQUEST, COVERED, { created: 1618884473, keyid: "test-key-ed25519" });
    expect(made.signature).toBe(`sig1=:${SIGNATURE}:`);
    expect(made["signature-input"]).toBe(`sig1=${INPUT}`);
  });

  test("verifies however its list was spaced on the way", () => {
    const spaced = INPUT.replace('("date"', '(  "date"').replace('content-length")', 'content-length"  )');
    const request = withFields({ "signature-input": [`sig-b26=${spaced.replace(";created", "; created")}`] });
    expect(isSignedBy(PUBLIC, request, readSignature(request.fields))).toBe(true);
  });

  test.each<[string, SignedRequest]>([
    ["another method", { ...REQUEST, method: "PUT" }],
    ["another path", { ...REQUEST, path: "/fop" }],
    ["another host", { ...REQUEST, authority: "example.org" }],
    ["another type", withFields({ "content-type": ["application/jsom"] })],
    ["a second line of a field", withFields({ "content-type": ["application/json", "text/csv"] })],
    ["another created", withFields({ "signature-input": [`sig-b26=${INPUT.replace("4473", "4474")}`] })],
    [
      "another order",
      withFields({ "signature-input": [`sig-b26=${INPUT.replace('"date" "@method"', '"@method" "date"')}`] }),
    ],
    [
      "a parameter less",
      withFields({ "signature-input": [`sig-b26=${INPUT.replace(';keyid="test-key-ed25519"', "")}`] }),
    ],
  ])("does not verify with %s", (_what, request) => {
    expect(isSignedBy(PUBLIC, request, readSignature(request.fields))).toBe(false);
  });

  test("does not verify with any bit of it flipped", () => {
    const signature = readSignature(REQUEST.fields);
    for (let bit = 0; bit < 512; bit++) {
      const bytes = Buffer.from(signature.bytes);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(isSignedBy(PUBLIC, REQUEST, { ...signature, bytes })).toBe(false);
    }
  });
});

describe("what is no signature", () => {
  const refused = (fields: SignedRequest["fields"]) => () => readSignature(withFields(fields).fields);

  test.each<[string, SignedRequest["fields"]]>([
    ["none at all", { "signature-input": undefined, signature: undefined }],
    ["the bytes alone", { "signature-input": undefined }],
    ["two of them", { "signature-input": [`a=${INPUT}, b=${INPUT}`], signature: ["a=:AA==:, b=:AA==:"] }],
    [
      "two lines with one each",
      { "signature-input": [`a=${INPUT}`, `b=${INPUT}`], signature: ["a=:AA==:", "b=:AA==:"] },
    ],
    ["one name twice", { "signature-input": [`sig-b26=${INPUT}, sig-b26=${INPUT}`] }],
    ["bytes of another name", { signature: [`other=:${SIGNATURE}:`] }],
    ["a text for bytes", { signature: ['sig-b26="x"'] }],
    ["no list", { "signature-input": ["sig-b26=:AA==:"] }],
    ["a component twice", { "signature-input": ['sig-b26=("date" "date");created=1'] }],
    ["a component of another request", { "signature-input": ['sig-b26=("date";req);created=1'] }],
    ["created as a text", { "signature-input": ['sig-b26=("date");created="1"'] }],
    ["keyid as a number", { "signature-input": ['sig-b26=("date");keyid=1'] }],
    ["a parameter twice", { "signature-input": ['sig-b26=("date");created=1;created=2'] }],
    ["items that touch", { "signature-input": ['sig-b26=("date""host")'] }],
    ["an open list", { "signature-input": ['sig-b26=("date"'] }],
    ["a comma at the end", { "signature-input": [`sig-b26=${INPUT},`] }],
  ])("%s", (_what, fields) => {
    expect(refused(fields)).toThrow(BadSignature);
  });

  test.each(["x-not-there", "Date", "@status", "@query-param"])("one that covers %s", (name) => {
    expect(() => signatureBase(REQUEST, [name], "()")).toThrow(BadSignature);
  });

  test("whatever the bytes of the header are, it is refused or read, and read the same again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab"\\();=:,*? 1-\t.é'), maxLength: 40 }), (text) => {
        let members: ReturnType<typeof parseDictionary>;
        try {
          members = parseDictionary(text);
        } catch (error) {
          expect((error as Error).name).toBe("NotStructured");
          return;
        }
        for (const [key, member] of members) {
          if (member.kind !== "list") continue;
          const again = parseDictionary(`${key}=${serializeInnerList(member)}`).get(key);
          expect(again).toEqual(member);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test("the derived components are those of the request's own line", () => {
  const base = signatureBase(REQUEST, ["@target-uri", "@scheme", "@request-target", "@query"], "()");
  expect(base.split("\n").slice(0, 4)).toEqual([
    '"@target-uri": https://example.com/foo?param=Value&Pet=dog',
    '"@scheme": https',
    '"@request-target": /foo?param=Value&Pet=dog',
    '"@query": ?param=Value&Pet=dog',
  ]);
  expect(signatureBase({ ...REQUEST, query: "" }, ["@query"], "()")).toContain('"@query": ?\n');
});

test("Content-Digest is read from among others, and is nothing when it is not one SHA-256", () => {
  const digest = "ab".repeat(32);
  expect(readContentDigest([writeContentDigest(digest)])).toBe(digest);
  expect(readContentDigest(["sha-512=:AAAA:", writeContentDigest(digest)])).toBe(digest);
  for (const wrong of ["sha-256=:AAAA:", "sha-512=:AAAA:", "sha-256", 'sha-256="x"', "", "sha-256=:!:"]) {
    expect(readContentDigest([wrong])).toBeNull();
  }
  expect(readContentDigest([writeContentDigest(digest), writeContentDigest("cd".repeat(32))])).toBeNull();
  expect(readContentDigest(undefined)).toBeNull();
});

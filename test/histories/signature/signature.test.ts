import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkRelease } from "#app/histories/gates.server.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { makeKeyPair } from "#app/histories/signature/certificate.server.ts";
import { readSignature, sha256Hex } from "#app/histories/signature/read-signature.ts";
import { readKeyPair, signPdf } from "#app/histories/signature/sign-pdf.server.ts";
import { historyOf } from "../document/histories.ts";
import { everythingIn } from "../document/reading.ts";

const AT = new Date("2026-06-19T17:00:00Z");
const HISTORY = historyOf(3);

let keys: Awaited<ReturnType<typeof makeKeyPair>>;
let seal: { certificate: string; at: Date };
let unsigned: Buffer;
let signed: Buffer;
beforeAll(async () => {
  keys = await makeKeyPair("wholooked.example", AT);
  seal = { certificate: await sha256Hex(keys.certificate), at: AT };
  unsigned = await renderHistory(HISTORY, AT);
  signed = await signPdf(unsigned, keys);
});

/** What another program says of it: poppler's pdfsig, which trusts none of our code. */
function pdfsig(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-pdfsig-"));
  try {
    const file = join(folder, "signed.pdf");
    writeFileSync(file, pdf);
    return execFileSync("pdfsig", [file], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const stateOf = async (pdf: Buffer) => (await readSignature(pdf)).state;
const gatesOf = async (pdf: Buffer) => [
  ...new Set((await checkRelease(pdf, HISTORY, ["Kowalczyk"], seal)).failures.map(({ gate }) => gate)),
];

/** One byte of the file changed, at a place that a pattern finds. */
function changed(pdf: Buffer, pattern: RegExp, replacement: string): Buffer {
  const text = pdf.toString("latin1");
  const made = Buffer.from(text.replace(pattern, replacement), "latin1");
  expect(made.equals(pdf)).toBe(false);
  return made;
}

describe("a signed release", () => {
  it("holds one valid PAdES signature over the whole file, and passes the gates", async () => {
    expect(await readSignature(signed)).toEqual({ certificates: [seal.certificate], state: "valid" });
    expect(await checkRelease(signed, HISTORY, ["Kowalczyk"], seal)).toEqual({ ok: true, failures: [] });
  });

  it("is valid for pdfsig too, which says that all of the document is signed", () => {
    const said = pdfsig(signed);
    expect(said).toContain("Signature is Valid.");
    expect(said).toContain("Total document signed");
    expect(said).toContain("ETSI.CAdES.detached");
    expect(said.match(/Signature #/g)).toHaveLength(1);
  });

  it("is valid by a brought RSA key", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const folder = mkdtempSync(join(tmpdir(), "wholooked-openssl-"));
    try {
      const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
      writeFileSync(join(folder, "key.pem"), key);
      const certificate = execFileSync(
        "openssl",
        ["req", "-x509", "-key", join(folder, "key.pem"), "-subj", "/CN=Alder Creek", "-days", "30"],
        { encoding: "utf8" },
      );
      const brought = await signPdf(unsigned, readKeyPair({ key, certificate }));
      expect(await stateOf(brought)).toBe("valid");
      expect(pdfsig(brought)).toContain("Signature is Valid.");
      expect(await gatesOf(brought)).toEqual(["signature"]);
      const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
      const pem = other.export({ type: "pkcs8", format: "pem" }).toString();
      expect(() => readKeyPair({ key: pem, certificate })).toThrow("not this key's");
      expect(() => readKeyPair({ key: certificate, certificate })).toThrow("no private key");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("differs from another signing of the same answer in /Contents alone", async () => {
    const again = await signPdf(await renderHistory(HISTORY, AT), keys);
    const without = (pdf: Buffer) => pdf.toString("latin1").replace(/\/Contents <[0-9a-f]+>/, "");
    expect(without(again) === without(signed)).toBe(true);
    expect(everythingIn(signed)).not.toContain("Kowalczyk");
  });
});

describe("attacks on a signed release", () => {
  it("an altered byte", async () => {
    const altered = changed(signed, /FlateDecode/, "FlateDecodf");
    expect(await readSignature(altered)).toEqual({ certificates: [seal.certificate], state: "bytes" });
    expect(pdfsig(altered)).toContain("Digest Mismatch");
    expect(await gatesOf(altered)).toContain("signature");
  });

  it("an appended revision", async () => {
    const at = signed.lastIndexOf("startxref");
    const update =
      "\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 0\ntrailer\n<</Size 2/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF";
    const appended = Buffer.concat([signed, Buffer.from(update)]);
    expect(at).toBeGreaterThan(0);
    expect(await readSignature(appended)).toEqual({ certificates: [seal.certificate], state: "range" });
    expect(await gatesOf(appended)).toEqual(expect.arrayContaining(["signature", "readable"]));
    expect(await gatesOf(Buffer.concat([signed, Buffer.from("\n")]))).toContain("signature");
  });

  it("an object that was slipped in before signing as a further revision", async () => {
    const text = unsigned.toString("latin1");
    const doubled = Buffer.from(`${text}\nstartxref\n9\n%%EOF`, "latin1");
    expect(await stateOf(await signPdf(doubled, keys))).toBe("revision");
  });

  it("a second signature", async () => {
    const text = unsigned.toString("latin1");
    const xref = text.lastIndexOf("\nxref\n") + 1;
    const second = "999999 0 obj\n<</Type/Sig/ByteRange [0 1 2 3]/Contents <00>>>\nendobj\n";
    const tail = text.slice(xref).replace(/startxref\s+\d+/, `startxref\n${xref + second.length}`);
    const two = await signPdf(Buffer.from(text.slice(0, xref) + second + tail, "latin1"), keys);
    expect(await stateOf(two)).toBe("several");
    expect(await gatesOf(two)).toContain("signature");
    // One that is written so that a search for the name misses it: the reader of objects does not.
    const hidden = second.replace("/ByteRange", "/Byte#52ange");
    const moved = text.slice(xref).replace(/startxref\s+\d+/, `startxref\n${xref + hidden.length}`);
    const disguised = await signPdf(Buffer.from(text.slice(0, xref) + hidden + moved, "latin1"), keys);
    expect(await stateOf(disguised)).toBe("valid");
    expect(await gatesOf(disguised)).toContain("signature");
  });

  it("a shortened range", async () => {
    const [, a, b, c] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(signed.toString("latin1")) ?? [];
    const shorter = `/ByteRange [0 ${a} ${b} ${Number(c) - 10}]`.padEnd(`/ByteRange [0 ${a} ${b} ${c}]`.length);
    const shortened = changed(signed, /\/ByteRange \[0 \d+ \d+ \d+\]/, shorter);
    expect(await readSignature(shortened)).toEqual({ certificates: [seal.certificate], state: "range" });
    expect(await gatesOf(shortened)).toContain("signature");
  });

  it("something in the room behind the signature", async () => {
    const smuggled = changed(signed, /00000000>/, `${Buffer.from("Kowa").toString("hex")}>`);
    // The signature itself still holds: this is why the gate looks at the room.
    expect(pdfsig(smuggled)).toContain("Signature is Valid.");
    expect(await stateOf(smuggled)).toBe("padding");
    expect(await gatesOf(smuggled)).toContain("signature");
  });

  it("no signature, an empty one, another's, and one of another time", async () => {
    expect(await gatesOf(await renderHistory(HISTORY))).toContain("signature");
    expect(await gatesOf(unsigned)).toContain("signature");
    const stranger = await makeKeyPair("wholooked.example", AT);
    expect(await gatesOf(await signPdf(unsigned, stranger))).toEqual(["signature"]);
    const late = await signPdf(await renderHistory(HISTORY, new Date("2026-06-20T17:00:00Z")), keys);
    expect(await gatesOf(late)).toEqual(["signature"]);
    // And where none is due, one closes the gate.
    const { failures } = await checkRelease(signed, HISTORY, []);
    expect(failures.map(({ gate }) => gate)).toContain("signature");
  });

  it("a certificate put in the place of the signer's", async () => {
    const stranger = await makeKeyPair("wholooked.example", AT);
    const forged = await signPdf(unsigned, { certificate: keys.certificate, privateKey: stranger.privateKey });
    expect(await readSignature(forged)).toEqual({ certificates: [seal.certificate], state: "bytes" });
    expect(await gatesOf(forged)).toContain("signature");
  });
});

// A statement handed in, looked at and shredded; a letter with a code printed and its code typed: over HTTP, as browsers do.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exif, jpeg, pdf } from "#test/requests/identity/given-files.ts";
import { codeOn } from "#test/requests/identity/given-identity.ts";
import { pdfText } from "#test/requests/identity/paper.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { enterStaff, fileRequest, type Staff } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { signIn, type Visitor } from "#test/support/visitor.ts";

let portal: PortalProcess;
let client: pg.Client;
let staff: Staff;
let resident: Visitor;
let requestId: string;
let caseId: string;

beforeAll(async () => {
  portal = await startPortalProcess();
  client = await connectTo(portal.dataFolder);
  staff = await enterStaff(portal);
  resident = await signIn(portal, "identity@resident.example");
  requestId = await fileRequest(resident);
  caseId = (await client.query('SELECT id FROM "case" WHERE request_id = $1', [requestId])).rows[0].id;
});
afterAll(async () => {
  await client.end();
  await portal[Symbol.asyncDispose]();
});

function handIn(by: Visitor, bytes: Buffer, name: string, type: string) {
  const form = new FormData();
  form.append("case", caseId);
  form.append("purpose", "document");
  form.append("file", new Blob([new Uint8Array(bytes)], { type }), name);
  return by.post(`/request/${requestId}/upload`, form);
}

const uploads = async () =>
  (await client.query("SELECT id, media_type FROM identity_upload WHERE removed_at IS NULL ORDER BY at")).rows;

describe("a file", () => {
  it("is handed in, and seen by the clerk as a picture that can do nothing else", async () => {
    const answer = await handIn(resident, jpeg({ before: [exif(6)] }), "../../me.jpg", "text/html");
    expect(answer.location).toBe(`/request/${requestId}/identity?done=upload`);
    const [{ id }] = await uploads();
    const page = await staff.clerk.get(`/desk/cases/${caseId}/identity`);
    expect(page.text).toContain(`/desk/cases/${caseId}/identity/picture/${id}`);
    const picture = await staff.clerk.get(`/desk/cases/${caseId}/identity/picture/${id}`);
    expect(picture.text).toContain("wl-upload--6");
    const bytes = await fetch(`${portal.url}/desk/cases/${caseId}/upload/${id}`, {
      headers: { cookie: staff.clerk.cookies() },
    });
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(jpeg());
    const said = (name: string) => bytes.headers.get(name) ?? "";
    expect(said("content-type")).toBe("image/jpeg");
    expect(said("x-content-type-options")).toBe("nosniff");
    expect(said("cache-control")).toContain("no-store");
    expect(said("content-security-policy")).toMatch(/default-src 'none'; sandbox/);
    for (const other of [staff.supervisor, resident, staff.operator]) {
      expect((await other.get(`/desk/cases/${caseId}/upload/${id}`)).status).toBe(404);
      expect((await other.get(`/desk/cases/${caseId}/upload/${id}.data`)).status).toBe(404);
    }
  });

  it("that is a PDF is kept by the browser, never shown", async () => {
    await handIn(resident, pdf(), "statement.pdf", "application/pdf");
    const { id } = (await uploads()).find((row) => row.media_type === "application/pdf");
    const answer = await staff.clerk.get(`/desk/cases/${caseId}/upload/${id}`);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="WL-[\d-]+-A-upload\.pdf"$/);
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
  });

  it.each([
    ["a page called a picture", Buffer.from("<script>alert(1)</script>"), "a.png", /is not what its name says/],
    ["more than 10 MB", Buffer.alloc(10_500_000, 1), "a.png", /larger than 10 MB/],
    ["no file at all", Buffer.alloc(0), "", /Choose a file/],
    ["a PDF with a script", pdf({ objects: ["<< /S /JavaScript >>"] }), "a.pdf", /can act by itself/],
  ])("that cannot be taken is answered by a sentence: %s", async (_, bytes, name, sentence) => {
    const before = await uploads();
    const answer = await handIn(resident, bytes, name, "application/octet-stream");
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(sentence);
    expect(await uploads()).toEqual(before);
  });

  it("from a stranger is not read", async () => {
    const stranger = await signIn(portal, "nobody@resident.example");
    expect((await handIn(stranger, jpeg(), "a.jpg", "image/jpeg")).status).toBe(404);
    expect((await handIn(staff.clerk, jpeg(), "a.jpg", "image/jpeg")).status).toBe(404);
  });

  it("is gone from the disk once it is withdrawn", async () => {
    const files = () => readdirSync(join(portal.dataFolder, "files"), { recursive: true }).join("\n");
    for (const { id } of await uploads()) {
      const { rows } = await client.query("SELECT file_id FROM identity_upload WHERE id = $1", [id]);
      expect(files()).toContain(rows[0].file_id);
      const intent = { intent: "withdraw", case: caseId, upload: id };
      expect((await resident.post(`/request/${requestId}/identity`, intent)).status).toBe(302);
      await expect.poll(files, { timeout: 20_000 }).not.toContain(rows[0].file_id);
    }
    expect(await uploads()).toEqual([]);
  });
});

describe("a letter with a code", () => {
  it("is prepared, printed once, and its code typed on the resident's page", async () => {
    const page = `/desk/cases/${caseId}/identity`;
    const { rows } = await client.query("SELECT id FROM identifier WHERE request_id = $1", [requestId]);
    const letter = {
      ...{ intent: "letter", addressee: "Vera Quintero", address: "1417 Quarry Lane\nFresno, CA 93721" },
      ...{ source: "vehicle-registration", "identifiers[]": rows[0].id },
      ...{ "recordedOn.year": "2021", "recordedOn.month": "1", "recordedOn.day": "1" },
    };
    const unconfirmed = await staff.clerk.post(page, letter);
    expect(unconfirmed.text).toContain("Confirm that you read the address in your own record.");
    expect(unconfirmed.text).toContain("1417 Quarry Lane");
    expect((await staff.clerk.post(page, { ...letter, "onRecord[]": "yes" })).status).toBe(302);
    const { id } = (await client.query("SELECT id FROM code_letter")).rows[0];
    const print = () =>
      fetch(`${portal.url}/desk/cases/${caseId}/letter/${id}`, {
        method: "POST",
        headers: {
          cookie: staff.clerk.cookies(),
          origin: portal.url,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: "",
        redirect: "manual",
      });
    const printed = await print();
    expect(printed.headers.get("content-type")).toBe("application/pdf");
    const code = codeOn(await pdfText(Buffer.from(await printed.arrayBuffer())));
    expect((await print()).status).toBe(409);
    const mine = `/request/${requestId}/identity`;
    expect((await resident.get(mine)).text).toContain("Type the code from your letter");
    const wrong = await resident.post(mine, { intent: "code", case: caseId, code: "AAAAA-AAAAA" });
    expect(wrong.text).toContain("This code is not valid");
    const right = await resident.post(mine, { intent: "code", case: caseId, code });
    expect(right.location).toBe(`${mine}?done=code`);
    expect((await resident.get(mine)).text).toContain("Code from a letter to the address on record");
  });

  it("hands out the statement as a PDF to the resident alone", async () => {
    const path = `/request/${requestId}/statement/${caseId}`;
    expect((await resident.get(path)).headers.get("content-type")).toBe("application/pdf");
    expect((await staff.clerk.get(path)).status).toBe(404);
  });
});

describe("a representative", () => {
  it("is invited, accepts by the link as the one it was sent to, and sees the request until it is taken back", async () => {
    const page = `/request/${requestId}/representatives`;
    const sent = await resident.post(page, {
      ...{ intent: "appoint", kind: "attorney", name: "Rhea Castellanos", email: "rhea@attorney.example" },
      ...{ "scopes[]": "see", "endsOn.year": "2027", "endsOn.month": "1", "endsOn.day": "2" },
      ...{ signature: "Vera Quintero", "confirm[]": "yes" },
    });
    expect(sent.location).toBe(`${page}?done=appointed`);
    const { text } = await resident.get("/dev/mail");
    const link = /\/representative\/[\w-]{43}/.exec(text)?.[0] ?? "";
    const attorney = await signIn(portal, "rhea@attorney.example");
    const other = await signIn(portal, "other@attorney.example");
    expect((await other.get(link)).status).toBe(404);
    expect((await other.post(link, {})).status).toBe(404);
    expect((await attorney.get(`/request/${requestId}`)).status).toBe(404);
    expect((await attorney.get(link)).text).toContain("Act for somebody");
    expect((await attorney.post(link, {})).location).toBe("/representing");
    expect((await attorney.get("/representing")).text).toContain(`/request/${requestId}`);
    const opened = await attorney.get(`/request/${requestId}`);
    expect(opened.status).toBe(200);
    expect(opened.text).not.toContain("identity@resident.example");
    expect((await attorney.get(page)).status).toBe(404);
    expect((await resident.get(page)).text).toContain("Opened");
    const { id } = (await client.query("SELECT id FROM representation")).rows[0];
    await resident.post(page, { intent: "revoke", representation: id });
    expect((await attorney.get(`/request/${requestId}`)).status).toBe(404);
  });
});

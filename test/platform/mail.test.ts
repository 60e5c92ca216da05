import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { describe, expect, it } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import { sendMail } from "#app/platform/mail/send-mail.server.ts";
import { writeLetter } from "#app/platform/mail/templates.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const TEMPLATES = "templates";

function queue(portal: TestPortal, to = { address: "vera@example.org" } as { name?: string; address: string }) {
  return inTransaction(portal, (tx) =>
    queueMail(portal, tx, {
      to,
      letter: "something-ready",
      locale: "es",
      params: { link: "https://wholooked.example/home" },
    }),
  );
}

async function withMailServer<T>(
  work: (url: string, received: ParsedMail[]) => Promise<T>,
  refusing = false,
): Promise<T> {
  const received: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, done) => done(refusing ? new Error("mailbox vera@example.org is full") : null),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        received.push(mail);
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    return await work(`smtp://127.0.0.1:${address.port}`, received);
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

describe("the outbox", () => {
  it("sends a letter once, whatever often its job runs, under the Message-ID that it was given", async () => {
    await withMailServer(async (url, received) => {
      await using portal = await openTestPortal({ env: { SMTP_URL: url, MAIL_FROM: "office@example.gov" } });
      const mailId = await queue(portal);
      await sendMail(portal, { mailId });
      await sendMail(portal, { mailId });
      const { messageId } = await portal.db.outboxMail.findUniqueOrThrow({ where: { id: mailId } });
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({ messageId, subject: "Hay novedades para usted" });
      expect(received[0]?.text).toContain("https://wholooked.example/home");
    });
  });

  it("queues the job in the same transaction as the letter", async () => {
    await using portal = await openTestPortal();
    const failing = inTransaction(portal, async (tx) => {
      await queueMail(portal, tx, {
        to: { address: "a@example.org" },
        letter: "staff-task",
        locale: "en",
        params: { link: "x" },
      });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    const { rows } = await portal.pool.query(
      "SELECT (SELECT count(*) FROM outbox_mail) + (SELECT count(*) FROM graphile_worker.jobs) AS n",
    );
    expect(Number(rows[0].n)).toBe(0);
  });

  it("notes a refusal without the server's words, and fails so that it is tried again", async () => {
    await withMailServer(async (url) => {
      await using portal = await openTestPortal({ env: { SMTP_URL: url } });
      const mailId = await queue(portal);
      const failure = await sendMail(portal, { mailId }).catch((error: Error) => error.message);
      const [failed] = await portal.db.mailEvent.findMany({ where: { mailId, kind: "failed" } });
      expect(failed?.detail).toMatch(/EENVELOPE|550|450/);
      expect(`${failure} ${failed?.detail}`).not.toContain("vera");
    }, true);
  });

  it("keeps a comma in a name from adding a recipient, and a line break from adding a header", async () => {
    await withMailServer(async (url, received) => {
      await using portal = await openTestPortal({ env: { SMTP_URL: url } });
      const mailId = await queue(portal, {
        name: "Vera, <eve@example.org>\r\nBcc: eve@example.org",
        address: "vera@example.org",
      });
      await sendMail(portal, { mailId });
      const to = received[0]?.to;
      const addresses = (Array.isArray(to) ? to : [to]).flatMap(
        (group) => group?.value.map((one) => one.address) ?? [],
      );
      expect(addresses).toEqual(["vera@example.org"]);
      expect(received[0]?.headers.has("bcc")).toBe(false);
    });
  });

  it("writes files where there is no mail server, named without the recipient", async () => {
    await using portal = await openTestPortal();
    await sendMail(portal, { mailId: await queue(portal) });
    const files = readdirSync(join(portal.config.dataFolder, "mail"));
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^[0-9a-f-]{36}\.eml$/);
    const mail = await simpleParser(readFileSync(join(portal.config.dataFolder, "mail", files[0] ?? "")));
    expect(mail.subject).toBe("Hay novedades para usted");
  });
});

describe("the letters", () => {
  const folders = ["en", "es"] as const;

  it("exist in every language under the same names", () => {
    expect(readdirSync(join(TEMPLATES, "es"))).toEqual(readdirSync(join(TEMPLATES, "en")));
  });

  it.each(folders)("name in their subject no agency, person, plate or purpose (%s)", async (locale) => {
    const log = { agency: "Oakfield Police", system: "Plate readers", gaps: "- Nothing has arrived." };
    const checkpoint = { checkpoint: '{"seq":1}', entries: "1", day: "2026-03-02" };
    const params = {
      link: "https://x.example/1",
      code: "123456",
      minutes: "10",
      days: "7",
      number: "WL-2026-00001",
      ...log,
      ...checkpoint,
    };
    // The letters of a case stand in a folder of their own: no mail carries them.
    for (const file of readdirSync(join(TEMPLATES, locale)).filter((name) => name.endsWith(".txt"))) {
      const letter = file.replace(".txt", "") as Parameters<typeof writeLetter>[1];
      const { subject, text } = await writeLetter(TEMPLATES, letter, locale, params);
      expect(subject).not.toMatch(/police|sheriff|polic|look|search|request|complaint|solicitud|queja|WhoLooked|\d/i);
      expect(text).not.toContain("{{");
    }
  });

  it("take no variable that is not theirs", async () => {
    await expect(writeLetter(TEMPLATES, "sign-in", "en", { link: "x" })).rejects.toThrow("{{code}}");
  });
});

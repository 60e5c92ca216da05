import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAccount } from "#app/people/accounts.server.ts";
import { askSignIn, makeDemoLink } from "#app/people/ask-sign-in.server.ts";
import { enterByCode, enterByLink } from "#app/people/enter.server.ts";
import { findActor, signOut } from "#app/people/sessions.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal();
});
afterEach(() => portal[Symbol.asyncDispose]());

/** What stands in the newest letter: the code, and the link's secret. */
async function newestLetter(): Promise<{ code: string; link: string; address: string }> {
  const mail = await portal.db.outboxMail.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  const { to, params } = await openMail(portal, mail);
  return { code: params["code"] ?? "", link: (params["link"] ?? "").split("/enter/")[1] ?? "", address: to.address };
}

function ask(email = "vera@example.org") {
  // Letters are told apart by their time, and this clock stands still.
  portal.time.advance({ seconds: 1 });
  return askSignIn(portal, { email, locale: "en" });
}

describe("signing in", () => {
  it("lets in by the typed code, once, in the browser that asked", async () => {
    const { asker } = await ask();
    const { code } = await newestLetter();
    const { session, accountId } = await enterByCode(portal, { asker, code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(await findActor(portal, session)).toMatchObject({ kind: "account", accountId, memberships: [] });
    await expect(enterByCode(portal, { asker, code })).rejects.toThrow("used already");
  });

  it("does not let in by a code that was read over a shoulder, in another browser", async () => {
    await ask();
    const { code } = await newestLetter();
    const { asker: other } = await ask("eve@example.org");
    await expect(enterByCode(portal, { asker: other, code })).rejects.toThrow("not valid");
    await expect(enterByCode(portal, { asker: "", code })).rejects.toThrow("not valid");
  });

  it("lets in by the link, once; the code is then spent too", async () => {
    const { asker } = await ask();
    const { code, link } = await newestLetter();
    await enterByLink(portal, link);
    await expect(enterByLink(portal, link)).rejects.toThrow("used already");
    await expect(enterByCode(portal, { asker, code })).rejects.toThrow("used already");
  });

  it("spends a link once, though two browsers press the button at the same moment", async () => {
    await ask();
    const { link } = await newestLetter();
    const tries = await Promise.allSettled([
      enterByLink(portal, link),
      enterByLink(portal, link),
      enterByLink(portal, link),
    ]);
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  it("ends after ten minutes", async () => {
    const { asker } = await ask();
    const { code, link } = await newestLetter();
    portal.time.advance({ minutes: 10 });
    await expect(enterByLink(portal, link)).rejects.toThrow("too old");
    await expect(enterByCode(portal, { asker, code })).rejects.toThrow("too old");
  });

  it("kills a code after five wrong tries, and the victim's next code works", async () => {
    const { asker } = await ask();
    const { code } = await newestLetter();
    const wrong = code === "000000" ? "000001" : "000000";
    for (let n = 0; n < 5; n++) await expect(enterByCode(portal, { asker, code: wrong })).rejects.toThrow();
    await expect(enterByCode(portal, { asker, code })).rejects.toThrow("not valid");
    const again = await ask();
    await enterByCode(portal, { asker: again.asker, code: (await newestLetter()).code });
  });

  it("lets nobody guess for longer than thirty codes a day, however many letters he asks for; the link still enters", async () => {
    let tries = 0;
    for (let quarter = 0; quarter < 4; quarter++) {
      portal.time.advance({ minutes: 16 });
      for (let letter = 0; letter < 5; letter++) {
        const { asker } = await ask();
        const { code } = await newestLetter();
        const wrong = code === "000000" ? "000001" : "000000";
        for (let n = 0; n < 5; n++) await expect(enterByCode(portal, { asker, code: wrong })).rejects.toThrow("valid");
      }
      const { _sum } = await portal.db.signIn.aggregate({ _sum: { attempts: true } });
      tries = _sum.attempts ?? 0;
    }
    expect(tries).toBe(30);
    portal.time.advance({ minutes: 16 });
    const { asker } = await ask();
    const { code, link } = await newestLetter();
    await expect(enterByCode(portal, { asker, code })).rejects.toThrow("not valid");
    await enterByLink(portal, link);
    // Another address is served meanwhile, and the next day this one too.
    const other = await ask("walter@example.org");
    await enterByCode(portal, { asker: other.asker, code: (await newestLetter()).code });
    portal.time.advance({ hours: 25 });
    const again = await ask();
    await enterByCode(portal, { asker: again.asker, code: (await newestLetter()).code });
  });

  it("leads somebody new to one account, though two letters are used at the same moment", async () => {
    const links: string[] = [];
    for (let n = 0; n < 4; n++) {
      await ask();
      links.push((await newestLetter()).link);
    }
    // Each takes its time between looking for the account and opening it.
    const createKey = async (...args: Parameters<typeof portal.vault.createKey>) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return portal.vault.createKey(...args);
    };
    const slow = { ...portal, vault: { ...portal.vault, createKey } };
    const entered = await Promise.all(links.map((link) => enterByLink(slow, link)));
    expect(new Set(entered.map(({ accountId }) => accountId)).size).toBe(1);
    expect(await portal.db.account.count()).toBe(1);
  });

  it("keeps nothing of what is asked beyond the limit, and lets nobody in by it", async () => {
    for (let n = 0; n < 5; n++) await ask();
    const keys = await portal.db.dataKey.count();
    const { asker } = await ask();
    expect(await portal.db.dataKey.count()).toBe(keys);
    expect(await portal.db.signIn.count()).toBe(5);
    await expect(enterByCode(portal, { asker, code: (await newestLetter()).code })).rejects.toThrow("not valid");
  });

  it("mails at most five letters in a quarter of an hour to one address, and serves others meanwhile", async () => {
    for (let n = 0; n < 8; n++) await ask();
    expect(await portal.db.outboxMail.count()).toBe(5);
    await ask("walter@example.org");
    expect((await newestLetter()).address).toBe("walter@example.org");
    portal.time.advance({ minutes: 16 });
    await ask();
    expect((await newestLetter()).address).toBe("vera@example.org");
  });

  it("answers alike for an address that has an account and one that has none", async () => {
    await inTransaction(portal, (tx) =>
      createAccount(portal, tx, { email: "known@example.org", name: "Known", locale: "en" }),
    );
    const known = await ask("known@example.org");
    const unknown = await ask("unknown@example.org");
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    expect(known.asker).toHaveLength(unknown.asker.length);
    expect(await portal.db.outboxMail.count()).toBe(2);
  });

  it("leads one person to one account, however the address is capitalised", async () => {
    await ask("Vera@Example.org");
    const first = await enterByLink(portal, (await newestLetter()).link);
    await ask("vera@example.org");
    const second = await enterByLink(portal, (await newestLetter()).link);
    expect(second.accountId).toBe(first.accountId);
  });
});

describe("a session", () => {
  async function enter(): Promise<string> {
    await ask();
    return (await enterByLink(portal, (await newestLetter()).link)).session;
  }

  it("ends after half an hour without a page, and after twelve hours with them", async () => {
    const idle = await enter();
    portal.time.advance({ minutes: 30 });
    expect(await findActor(portal, idle)).toBeNull();
    const busy = await enter();
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      portal.time.advance({ minutes: 20 });
      expect(await findActor(portal, busy)).not.toBeNull();
    }
    portal.time.advance({ minutes: 20 });
    expect(await findActor(portal, busy)).toBeNull();
  });

  it("ends with the sign-out, and with the account", async () => {
    const session = await enter();
    await signOut(portal, session);
    expect(await findActor(portal, session)).toBeNull();
    const second = await enter();
    await portal.db.account.updateMany({ data: { disabledAt: portal.time.now() } });
    expect(await findActor(portal, second)).toBeNull();
    await ask();
    await expect(enterByLink(portal, (await newestLetter()).link)).rejects.toThrow();
  });

  it("is kept as a hash: what stands in the database opens nothing", async () => {
    await enter();
    const { id } = await portal.db.session.findFirstOrThrow();
    expect(await findActor(portal, id)).toBeNull();
  });
});

it("makes a demo link for nobody but the demo's people", async () => {
  const real = await inTransaction(portal, (tx) =>
    createAccount(portal, tx, { email: "r@example.org", name: "R", locale: "en" }),
  );
  await expect(makeDemoLink(portal, real)).rejects.toThrow();
});

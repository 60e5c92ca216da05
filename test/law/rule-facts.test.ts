import { describe, expect, test } from "vitest";
import { CALENDARS } from "#app/law/calendars.ts";
import { LAW, lawWith, listRules } from "#app/law/law.ts";
import { addPeriod } from "#app/law/local-date.ts";
import { PENDING_CHANGES } from "#app/law/pending.ts";
import { JURISDICTIONS, type Rule, STOPS } from "#app/law/rule.ts";
import { OTHER_NAMES } from "#app/law/rules.ts";
import type { Words } from "#app/law/words.ts";

/** Every clock of the collected law, by its id there. Those without a time of their own run no clock. */
const COLLECTED = [
  ["ca.cpra.determination", "V", "10 days"],
  ["ca.cpra.writ", "B", "20 days"],
  ["ca.ipa.access", "V", "30 days"],
  ["ca.ipa.access.60", "V", "60 days"],
  ["ca.ipa.access.copy", "V", "15 days"],
  ["ca.ipa.accounting.inspect", "V", "30 days"],
  ["ca.ipa.accounting.retention", "V", "3 years"],
  ["ca.ipa.inquiry", "?", "30 days"],
  ["ca.ipa.amend", "V", "30 days"],
  ["ca.ipa.amend.review", "V", "30 days"],
  ["ca.ipa.exempt.review", "V", "30 days"],
  ["ca.ipa.suit", "V", "2 years"],
  ["ca.local.record_dispute", "V", "60 days"],
  ["ca.doj.record_dispute", "S", "30 days"],
  ["ca.cori.release_log", "B", "3 years"],
  ["ca.local.retention", "B", "2 years"],
  ["ca.complaint.disposition", "B", "30 days"],
  ["ca.complaint.retention", "V", "5 years"],
  ["ca.complaint.retention.sustained", "V", "15 years"],
  ["ca.discipline.limit", "V", "1 years"],
  ["ca.records.release", "S", "45 days"],
  ["ca.clets.misuse_reporting", "B", "1 months"],
  ["ca.post.report", "V", "10 days"],
  ["ca.post.update", "V", "90 days"],
  ["ca.post.limit", "B", "3 years"],
  ["ca.ccpa.ack", "V", "10 working-days"],
  ["ca.ccpa.respond", "V", "45 days"],
  ["ca.ccpa.records", "S", "24 months"],
  ["ca.limit.misdemeanor", "B", "1 years"],
  ["ca.limit.computer", "B", "3 years"],
  ["ca.computer.civil", "B", "3 years"],
  ["ca.alpr.civil", "?", "2 years"],
  ["ca.claims.act", "B", "6 months"],
  ["ca.claims.act.answer", "B", "45 days"],
  ["ca.claims.act.suit", "B", "6 months"],
  ["ca.sacramento.complain", "V", "1 years"],
  ["us.foia", "V", "20 working-days"],
  ["us.foia.appeal", "B", "90 days"],
  ["us.foia.appeal.determination", "V", "20 working-days"],
  ["us.pa.amend.ack", "V", "10 working-days"],
  ["us.pa.amend.review", "B", "30 working-days"],
  ["us.pa.appeal.doj", "B", "90 days"],
  ["us.pa.suit", "B", "2 years"],
  ["us.pa.accounting.retention", "V", "5 years"],
  ["us.hipaa.accounting", "B", "60 days"],
  ["us.dppa.suit", "B", "4 years"],
  ["us.1983.suit", "B", "2 years"],
  ["eu.gdpr.dsar", "V", "1 months"],
  ["eu.gdpr.breach", "V", "72 hours"],
  ["eu.gdpr.complaint", "B", "3 months"],
  ["uk.gdpr.dsar", "V", "1 months"],
  ["uk.dpa.part3", "V", "1 months"],
  ["uk.complaint.controller", "V", "30 days"],
  ["uk.complaint.ico", "B", "3 months"],
  ["uk.complaint.ico.lodge", "B", "3 months"],
  ["ee.iks.lea_access", "V", "1 months"],
  ["ee.aki.complaint", "V", "30 days"],
  ["ee.avts", "V", "5 working-days"],
  ["ee.explanation", "B", "30 days"],
] as const;

const NEWEST = COLLECTED.map(([id]) => LAW.getRule(id));

function wordsOf(rule: Rule): Words[] {
  const { title, trigger, act, extension, silence, answerMustSay, mayRefuse, fee, retention, caveat } = rule;
  const sayings = [silence, fee, retention, ...answerMustSay, ...mayRefuse].flatMap((saying) =>
    saying ? [saying.words] : [],
  );
  const grounds = [...(extension?.grounds ?? []), ...STOPS.flatMap((stop) => rule.stops[stop].grounds)];
  return [
    ...[title, trigger, act, ...sayings, ...grounds.map(({ words }) => words)],
    ...(extension ? [extension.who, extension.noticeMustSay] : []),
    ...(caveat ? [caveat] : []),
  ];
}

function citesOf(rule: Rule): string[] {
  const { cite, rolling, extension, silence, answerMustSay, mayRefuse, fee, retention } = rule;
  const others = [rolling, extension, silence, fee, retention, ...answerMustSay, ...mayRefuse].flatMap((one) =>
    one ? [one.cite] : [],
  );
  return [cite, ...others, ...STOPS.map((stop) => rule.stops[stop].cite)];
}

describe("the rules", () => {
  test("are those of the collected law, with its times and its evidence", () => {
    const shown = NEWEST.map(({ id, evidence, period }) => [id, evidence, `${period.length} ${period.unit}`]);
    expect(shown).toEqual(COLLECTED);
    expect(new Set(listRules().map(({ id }) => id))).toEqual(new Set(COLLECTED.map(([id]) => id)));
  });

  test.each(listRules().map((rule) => [`${rule.id} from ${rule.inForce.from ?? "ever"}`, rule] as const))(
    "%s says everything in two languages, with a source",
    (_name, rule) => {
      for (const { en, es } of wordsOf(rule)) {
        expect([en, es].map((text) => text.trim())).toEqual([en, es]);
        expect(es).not.toBe(en);
      }
      // A section, an article, a regulation, or the policy of a system.
      for (const cite of citesOf(rule)) expect(cite).toMatch(/§|art\.|recital|\bss?\. \d|CLETS Policies|seadus/);
      expect(rule.sourceVersion).toMatch(/\S/);
      expect(JURISDICTIONS).toContain(rule.jurisdiction);
      expect(rule.id.startsWith(`${rule.jurisdiction === "us-ca" ? "ca" : rule.jurisdiction}.`)).toBe(true);
    },
  );

  test("name calendars that exist, and grounds once each", () => {
    for (const rule of listRules()) {
      const { calendar, national, arguable } = rule.rolling ?? { calendar: null, national: [], arguable: [] };
      for (const id of [calendar, ...national, ...arguable])
        if (id) expect([...CALENDARS.keys()], rule.id).toContain(id);
      for (const grounds of [rule.extension?.grounds ?? [], rule.stops.ground.grounds]) {
        expect(new Set(grounds.map(({ id }) => id)).size, rule.id).toBe(grounds.length);
      }
      // Days off must be known to count working days.
      if (rule.period.unit === "working-days") expect(rule.rolling, rule.id).not.toBeNull();
    }
  });

  test("that bind the resident and not the agency are these", () => {
    expect(NEWEST.filter(({ who }) => who === "resident").map(({ id }) => id)).toEqual([
      "ca.cpra.writ",
      "ca.ipa.suit",
      "ca.limit.misdemeanor",
      "ca.limit.computer",
      "ca.computer.civil",
      "ca.alpr.civil",
      "ca.claims.act",
      "ca.claims.act.suit",
      "ca.sacramento.complain",
      "us.foia.appeal",
      "us.pa.appeal.doj",
      "us.pa.suit",
      "us.dppa.suit",
      "us.1983.suit",
      "uk.complaint.ico.lodge",
    ]);
  });

  test("give a resident the earliest reading, and move nothing that is kept or counts in hours", () => {
    for (const rule of listRules()) {
      if (rule.who === "agency" && rule.duty === "act-by" && rule.period.unit !== "hours") continue;
      expect([rule.rolling, rule.extension, rule.firstDay], rule.id).toEqual([null, null, "not-counted"]);
    }
  });

  test("of one id follow each other without a gap and without an overlap", () => {
    for (const versions of Map.groupBy(listRules(), ({ id }) => id).values()) {
      for (const [index, { id, inForce }] of versions.entries()) {
        const next = versions[index + 1];
        expect(next ? inForce.to && addPeriod(inForce.to, 1, "days") : inForce.to, id).toBe(next?.inForce.from ?? null);
      }
    }
  });

  test("are found under their other names, which are no rule's own", () => {
    for (const [name, id] of OTHER_NAMES) {
      expect(LAW.getRule(name).id).toBe(id);
      expect(COLLECTED.map(([own]) => own as string)).not.toContain(name);
    }
    expect(LAW.findRule("ca.ipa.access.dispersed")?.id).toBe("ca.ipa.access.60");
    // The collected law has no clock of its own under these ids, but the time of another.
    for (const id of ["ca.cpra.court", "ca.doj.record_review", "ca.complaint.procedure", "ca.records.confidential"])
      expect(LAW.findRule(id), id).not.toBeNull();
  });

  test("of access say what an answer contains, what may be refused, and what it costs", () => {
    for (const id of [
      "ca.cpra.determination",
      "ca.ipa.access",
      "ca.ipa.access.60",
      "ca.ipa.accounting.inspect",
      "us.foia",
      "us.hipaa.accounting",
      "eu.gdpr.dsar",
      "uk.gdpr.dsar",
      "uk.dpa.part3",
      "ee.iks.lea_access",
    ]) {
      for (const rule of LAW.listRules().filter((one) => one.id === id)) {
        expect([rule.answerMustSay.length > 0, rule.mayRefuse.length > 0, rule.fee !== null], id).toEqual(
          Array(3).fill(true),
        );
      }
    }
    // An accounting has its own content, and not that of a record.
    const accounting = LAW.getRule("ca.ipa.accounting.inspect").answerMustSay.map(({ words }) => words.en);
    expect(accounting.join(" ")).toMatch(/date, nature and purpose.*name, title and business address/);
    expect(LAW.getRule("ca.ipa.accounting.inspect").retention?.words.en).toContain("whichever is shorter");
    expect(LAW.getRule("ca.ipa.access").retention?.cite).toBe("Civ. Code § 1798.77");
    // Lettered (a) to (f) in § 1798.40.
    const lettered = LAW.getRule("ca.ipa.access").mayRefuse.filter(({ cite }) => cite.includes("1798.40("));
    expect(lettered.map(({ cite }) => cite.at(-2))).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  test("that rest on an open question or on an assumption say so", () => {
    for (const rule of listRules()) {
      if (rule.evidence === "?" || rule.extension?.evidence === "B-") expect(rule.caveat, rule.id).not.toBeNull();
    }
    expect(LAW.getRule("ca.ipa.inquiry").caveat?.en).toMatch(/no time.*own default/);
    expect(LAW.getRule("ca.alpr.civil").caveat?.en).toMatch(/names no time.*three years/);
  });
});

describe("what stops a clock", () => {
  const stops = (id: string, on?: string) => {
    const rule = LAW.getRule(id, on);
    return STOPS.map((stop) => {
      const { effect, arguably } = rule.stops[stop];
      return [effect, arguably].map((one) => (one ? [one.does, ...("ends" in one ? [one.ends] : [])].join(" ") : "-"));
    });
  };
  const nothing = ["nothing", "-"];

  test.each([
    ["ca.cpra.determination", undefined, [nothing, nothing, nothing, nothing]],
    ["ca.ipa.access", undefined, [["starts-clock", "-"], nothing, nothing, nothing]],
    ["ca.discipline.limit", undefined, [nothing, nothing, nothing, ["pauses one", "pauses both"]]],
    ["ca.ccpa.respond", undefined, [nothing, nothing, nothing, nothing]],
    ["us.foia", undefined, [nothing, ["pauses one", "pauses both"], ["pauses one", "pauses both"], nothing]],
    ["us.hipaa.accounting", undefined, [nothing, nothing, nothing, ["pauses one", "pauses both"]]],
    ["eu.gdpr.dsar", undefined, [["pauses one", "starts-clock"], ["nothing", "pauses both"], nothing, nothing]],
    ["uk.gdpr.dsar", "2026-02-05", [["starts-clock", "-"], ["pauses both", "-"], ["starts-clock", "-"], nothing]],
    ["uk.gdpr.dsar", "2026-02-04", [["starts-clock", "-"], ["pauses both", "-"], ["starts-clock", "-"], nothing]],
    ["uk.dpa.part3", "2026-02-05", [["starts-clock", "-"], ["pauses both", "-"], ["starts-clock", "-"], nothing]],
    ["uk.dpa.part3", "2026-02-04", [["starts-clock", "-"], nothing, ["starts-clock", "-"], nothing]],
    ["ee.avts", undefined, [nothing, nothing, nothing, nothing]],
  ] as const)("%s (on %s): identity, information, fee, a ground of the law", (id, on, expected) => {
    expect(stops(id, on)).toEqual(expected);
  });

  test("the year for discipline stops on the grounds of the section, each with how sure it is", () => {
    const { grounds } = LAW.getRule("ca.discipline.limit").stops.ground;
    expect(grounds.map(({ id, evidence }) => `${id} ${evidence}`)).toEqual([
      "criminal-case V",
      "written-waiver V",
      "multi-jurisdiction V",
      "several-employees V",
      "officer-unavailable V",
      "civil-litigation V",
      "workers-compensation-fraud B",
      "complainant-defendant S",
    ]);
    expect(LAW.getRule("ca.discipline.limit").caveat?.en).toContain("only when every pause is entered");
  });

  test("the police had no two months more before 5 February 2026", () => {
    expect(LAW.getRule("uk.dpa.part3", "2026-02-04").extension).toBeNull();
    expect(LAW.getRule("uk.dpa.part3", "2026-02-05").extension?.max).toEqual({ length: 2, unit: "months" });
  });
});

describe("pending changes", () => {
  test("say in two languages what they do, and take the place of rules and calendars that exist", () => {
    for (const change of PENDING_CHANGES) {
      for (const { en, es } of [change.title, change.effect, change.status]) expect(es, change.id).not.toBe(en);
      for (const { id } of change.rules) expect(LAW.findRule(id), change.id).not.toBeNull();
      for (const duty of Object.values(change.duties)) expect(LAW.findRule(duty.rule), change.id).not.toBeNull();
      if (change.holiday) expect([...CALENDARS.keys()]).toContain(change.holiday.calendar);
      expect(change.needs === "month-and-day", change.id).toBe(change.holiday !== null);
    }
  });

  test("one that would begin later never comes into force beside an earlier one", () => {
    const twice = ["2027-01-01", "2026-06-01"].map((from) => ({ change: "ca.ab-1821", from, detail: null }));
    const versions = lawWith(twice)
      .listRules()
      .filter(({ id }) => id === "ca.cpra.determination");
    expect(versions.map(({ inForce }) => inForce)).toEqual([
      { from: null, to: "2026-05-31" },
      { from: "2026-06-01", to: null },
    ]);
  });

  test("AB 1337 moves a local agency under the Information Practices Act from its day", () => {
    const law = lawWith([{ change: "ca.ab-1337", from: "2027-01-01", detail: null }]);
    const rule = (on: string) => law.dutyOf("local-agency", "copy-of-access-log", on).rule;
    expect([rule("2026-12-31"), rule("2027-01-01")]).toEqual(["ca.cpra.determination", "ca.ipa.access"]);
  });
});

import type { CoverageFacts, DocumentWords, GlanceFacts, SentenceFacts, Spoken } from "./word-list.ts";

const plural = (count: number, one: string, many: string): string => `${grouped(count)} ${count === 1 ? one : many}`;
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

function agencyOf(agency: Spoken): string {
  if (agency.kind === "shown") return agency.text;
  if (agency.kind === "withheld") return "an agency that is withheld";
  return agency.kind === "missing"
    ? "an agency that the log does not name"
    : "an agency that was already hidden in the log we received";
}

function who(user: Spoken, agency: Spoken): string {
  if (user.kind === "shown") return `user ${user.text} of ${agencyOf(agency)}`;
  if (user.kind === "withheld") return `a user, withheld here, of ${agencyOf(agency)}`;
  return user.kind === "missing"
    ? `a user whom the log does not name, of ${agencyOf(agency)},`
    : `a user who was already hidden in the log we received, of ${agencyOf(agency)},`;
}

function searched(system: Spoken, by: Spoken): string {
  const what = system.kind === "shown" ? system.text : "a system that is not named here";
  if (by.kind === "shown") return `searched ${what} using “${by.text}”`;
  return by.kind === "withheld"
    ? `searched ${what}; what they typed is withheld`
    : `searched ${what}; what they typed is not in the log we received`;
}

function why(purpose: Spoken, caseNumber: Spoken): string {
  const reason =
    purpose.kind === "shown"
      ? `Reason given: “${purpose.text}”.`
      : {
          withheld: "The reason given is withheld.",
          missing: "The log gives no reason.",
          hidden: "The reason was already hidden in the log we received.",
        }[purpose.kind];
  const number =
    caseNumber.kind === "shown"
      ? `Case number: ${caseNumber.text}.`
      : {
          withheld: "The case number is withheld.",
          missing: "The log gives no case number.",
          hidden: "The case number was already hidden in the log we received.",
        }[caseNumber.kind];
  return `${reason} ${number}`;
}

function sentence(facts: SentenceFacts): string {
  const on = facts.on === null ? "On a date that is withheld" : `On ${facts.on}`;
  return `${on}, ${who(facts.user, facts.agency)} ${searched(facts.system, facts.searchedBy)}. ${why(facts.purpose, facts.caseNumber)}`;
}

function summary(facts: GlanceFacts): string {
  if (facts.lines === 0) {
    return `We found ${plural(facts.withheld, "look-up", "look-ups")} of you, and the law cited below lets us withhold ${facts.withheld === 1 ? "it" : "all of them"} for now. Each is listed under “What we withheld, and why”.`;
  }
  const by = [
    facts.users > 0
      ? `by ${plural(facts.users, "user", "different users")} whom this answer identifies`
      : "by users whom this answer does not identify",
    facts.agencies > 0 ? `at ${plural(facts.agencies, "agency", "agencies")}` : "",
  ].filter((part) => part !== "");
  const said = [`We found ${plural(facts.lines, "look-up", "look-ups")} of you that you may see, ${by.join(" ")}.`];
  if (facts.first !== null && facts.last !== null) {
    said.push(
      facts.first === facts.last
        ? `The date was ${facts.first}.`
        : `The first was on ${facts.first}, the latest on ${facts.last}.`,
    );
  }
  if (facts.undated > 0)
    said.push(
      `For ${plural(facts.undated, "look-up", "look-ups")} the date is withheld, so the chart leaves ${facts.undated === 1 ? "it" : "them"} out.`,
    );
  if (facts.withheld > 0)
    said.push(`${plural(facts.withheld, "more look-up is", "more look-ups are")} withheld as a whole.`);
  return said.join(" ");
}

function coverageStatement(facts: CoverageFacts): string {
  const said = [`You asked about ${facts.asked}.`];
  said.push(
    facts.held.length > 0
      ? `The log we hold covers ${list(facts.held)}.`
      : "We hold no part of this log for that period.",
  );
  said.push(
    facts.missing.length > 0
      ? `It does not cover ${list(facts.missing)}: a look-up made then would not be in this answer.`
      : "Nothing of that period is missing.",
  );
  if (facts.unread > 0)
    said.push(
      `${plural(facts.unread, "entry", "entries")} could not be read and ${facts.unread === 1 ? "waits" : "wait"} to be repaired; ${facts.unread === 1 ? "it was" : "they were"} not searched.`,
    );
  if (facts.latest !== null) said.push(`The latest delivered entries are from ${facts.latest}.`);
  return said.join(" ");
}

export const english: DocumentWords = {
  locale: "en",
  language: "en-US",
  title: "Who looked you up",
  fileTitle: (reference, edition) => `Who looked you up: answer ${reference}, edition ${edition}`,
  months: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
  shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  date: (day, month, year) => `${month} ${day}, ${year}`,
  period: (from, to) => (from === to ? from : `${from} to ${to}`),
  openPeriod: (from) => `since ${from}`,
  count: grouped,
  list,
  demoLabel: "DEMO: all invented",
  demoNotice: "DEMO. Every person, agency and look-up in this document is invented. It is not an answer to anyone.",
  runningHead: (reference, edition) => `Who looked you up  ·  ${reference}  ·  edition ${edition}`,
  page: (page, pages) => `Page ${page} of ${pages}`,
  continued: "continued",
  greeting: (name) => `Dear ${name},`,
  opening: (agency, requestedOn, period) =>
    `On ${requestedOn} you asked ${agency} who looked you up in its databases, and why. You asked about ${period}. This is our answer. It says what we found, what we could not see, what we withheld and under which law, and what you can do next.`,
  contact: (unit, email, reference) =>
    `If anything in this answer is not clear, write to ${unit} at ${email} and give the reference ${reference}. You need not say why you ask.`,
  facts: {
    reference: "Reference",
    edition: "Edition",
    requested: "You asked on",
    answered: "We answer on",
    due: "Due by law on",
    rule: "The law that sets the date",
  },
  glance: {
    heading: "Your answer at a glance",
    lookUps: (count) => (count === 1 ? "look-up you may see" : "look-ups you may see"),
    users: (count) => (count === 1 ? "user identified" : "users identified"),
    agencies: (count) => (count === 1 ? "agency" : "agencies"),
    since: "first look-up",
    summary,
    nothing: (covered, uncovered) =>
      `No look-up was found in the logs we hold; they cover ${covered}; they do not cover ${uncovered}.`,
    coversNothing: "no part of the period you asked about",
    coversAll: "systems and periods that are not listed in this answer",
    covers: (system, periods) => `${system}: ${periods}`,
    notAnAllClear: "This does not prove that you were never looked up. It says what these logs contain.",
  },
  chart: {
    caption: (unit) => `Look-ups by ${unit}, in the time that the logs cover`,
    alt: (unit, counts) => `Bar chart of the look-ups by ${unit}. ${counts}`,
    point: (label, count) => `${label}: ${count}`,
  },
  ranking: {
    caption: "Look-ups by agency",
    alt: (counts) => `Bar chart of the look-ups by the agency that made them. ${counts}`,
    others: (agencies) => plural(agencies, "other agency", "other agencies"),
    unnamed: "agency withheld, or not in the log",
  },
  coverage: {
    heading: "What the logs cover, and what they do not",
    intro:
      "An answer can only be as complete as the logs behind it. A solid bar is a period whose log we hold and searched. A hatched bar is a gap.",
    held: "log held and searched",
    missing: "gap: no log held",
    timelineAlt: (rows) => `Timeline of the logs. ${rows}`,
    systemOf: (system, custodian) => `${system}, log kept by ${custodian}`,
    statement: coverageStatement,
  },
  searched: {
    heading: "What we searched for",
    intro: "Only what was confirmed to be yours, and only for the time when it was yours.",
    kind: "What",
    value: "As searched",
    period: "Yours during",
    nothing: "Nothing could be confirmed to be yours, so nothing was searched for.",
  },
  lookUps: {
    heading: "The look-ups, newest first",
    intro:
      "Each look-up has a number. Use it when you ask about a look-up or dispute it. Grey words in italics are ours: they say why a place is empty. A boxed mark stands where the law lets us withhold something; the letter names the ground. Every mark has the same width, whatever is behind it.",
    number: "No.",
    fields: {
      at: "When",
      system: "System",
      agency: "Agency",
      user: "User",
      searchedBy: "Searched by",
      purpose: "Reason",
      caseNumber: "Case number",
      scope: "How widely",
    },
    purposeAndCase: "Reason, case number",
    nothing: "There is no look-up to list.",
  },
  sentence,
  plainly: (meaning) => `That reason, in plain words: ${meaning}`,
  mark: (letter) => `WITHHELD ${letter}`,
  absences: {
    empty: "empty in the log",
    "not-exported": "not in the log we received",
    "hidden-by-vendor": "hidden by the system’s vendor before we received it",
    "hidden-by-agency": "hidden by the searching agency before we received it",
    placeholder: "only a placeholder in the log",
  },
  withheld: {
    heading: "What we withheld, and why",
    intro:
      "The law lets us keep some things back. Here is every one of them, with the law and the day on which we look at it again. You need not wait for that day: the next section says how to have any of them reviewed now.",
    none: "We withheld nothing.",
    line: "No.",
    what: "What is withheld",
    why: "Ground and law",
    review: "We look again on",
    wholeLine: {
      withhold: "The whole look-up",
      defer: "The whole look-up, for now: it comes to you by itself if the reason ends",
    },
    fieldsOf: (fields) => `In this look-up: ${fields}`,
    noReview: "no date set; you can ask for a review",
    groundsHeading: "The grounds, in plain words",
    ground: (letter, plain, cite) => `${letter}. ${plain} (${cite})`,
    uses: (count) => (count === 1 ? "Used once in this answer." : `Used ${grouped(count)} times in this answer.`),
    responsible:
      "Who decided to withhold it, by name and title, stands in our letter of decision. If you have no such letter, ask us for it.",
  },
  required: {
    heading: "What the law wants an answer to say",
    intro: "This is what the law under which we answer asks of us. Hold our answer against it.",
  },
  reviews: {
    heading: "If you disagree: have this answer reviewed",
    intro: "You do not have to accept what was withheld, or that the search was complete. These ways are open to you:",
    item: (plain, cite) => `${plain} (${cite})`,
    nothing: "Write to the agency at the address on the first page and ask for a review.",
  },
  dispute: {
    heading: "If a look-up was not right: dispute it",
    intro: "You need no lawyer and no proof. It is enough to say that you do not understand why someone looked you up.",
    steps: [
      "Open your answer on the portal and choose “I did not expect this” beside the look-up. Or write to the agency at the address on the first page.",
      "Give the reference, the edition and the number of the look-up. You can name several.",
      "It becomes a complaint at the internal affairs of the agency that looked, and you see each step and its date.",
      "If you are afraid of the person who looked you up, you can speak with an advocate first. The agency sees what you write.",
    ],
  },
  readers: {
    heading: "Who at the agency opened your file",
    intro:
      "Your request is private too. This is everyone who worked on it, day by day, up to the making of this edition.",
    at: "When",
    role: "Who, by role",
    act: "What they did",
    nothing: "No one at the agency had opened this file when this edition was made.",
    roles: {
      resident: "you",
      clerk: "records clerk",
      supervisor: "supervisor",
      intake: "complaints intake officer",
      advocate: "your advocate",
      representative: "your representative",
      operator: "system operator",
      system: "the portal itself",
    },
  },
  check: {
    heading: "How to check that this document is genuine",
    intro: "Anyone to whom you show this document can check it. The check says nothing about you.",
    steps: (url) => [
      `Go to ${url}`,
      "Choose this PDF file. It is compared with the fingerprint that was written down on the day of the answer.",
      "You learn whether the file is genuine, was altered, or was replaced by a newer edition.",
    ],
    code: (url) => `Square code for a phone’s camera. It opens ${url}`,
  },
  glossary: {
    heading: "The words in this document",
    intro: "One word always means one thing here.",
    entries: [
      [
        "Look-up",
        "One recorded search that found or could have found your record: when, by whom, with what, and for what stated reason.",
      ],
      ["System", "A database whose searches are recorded."],
      ["User", "The account that searched, as the log names it. Some logs hold a code instead of a name."],
      ["Gap", "A period whose log we do not hold. Nothing can be said about it."],
      ["Withheld", "Known to us and kept back, under the law that is named."],
      ["Edition", "One fixed version of this answer. If more can be told later, you get a new edition."],
    ],
  },
};

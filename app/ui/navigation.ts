/** Which pages each role's menu leads to. */
import type { WordKey } from "./words/words.ts";

export interface NavigationLink {
  to: string;
  label: WordKey;
}

const RESIDENT: readonly NavigationLink[] = [
  { to: "/my", label: "common.navRequests" },
  { to: "/complaint", label: "common.navMyComplaints" },
];

/** Everybody's last link. */
const ACCOUNT: NavigationLink = { to: "/account", label: "factors.accountTitle" };

const CALENDAR: NavigationLink = { to: "/calendar", label: "common.navCalendar" };

/** Of those who answer an agency's cases. */
const DESK: readonly NavigationLink[] = [
  { to: "/desk", label: "common.navDesk" },
  { to: "/desk/feeds", label: "common.navFeeds" },
  { to: "/desk/figures", label: "common.navFigures" },
  { to: "/desk/papers", label: "reach.navPapers" },
  { to: "/desk/signs", label: "walls.signsTitle" },
  CALENDAR,
];

const BY_ROLE: Readonly<Record<string, readonly NavigationLink[]>> = {
  resident: RESIDENT,
  clerk: DESK,
  supervisor: [
    ...DESK,
    { to: "/desk/closures", label: "closures.title" },
    { to: "/desk/signals", label: "signals.title" },
    { to: "/desk/outside-queue", label: "audit.outsideNav" },
  ],
  admin: [{ to: "/admin", label: "member.title" }],
  auditor: [{ to: "/audit", label: "audit.title" }],
  intake: [{ to: "/intake", label: "common.navComplaints" }, CALENDAR],
  advocate: [{ to: "/advocate", label: "common.navAdvocate" }, CALENDAR],
  operator: [
    { to: "/operator", label: "common.navOperator" },
    { to: "/operator/law", label: "changes.title" },
    { to: "/desk/feeds", label: "common.navFeeds" },
  ],
};

/** The menu of someone with these roles, each page once; someone without any is a resident. */
export function listLinks(roles: readonly string[]): NavigationLink[] {
  const own = roles.length === 0 ? RESIDENT : roles.flatMap((role) => BY_ROLE[role] ?? []);
  const links = [...own, ACCOUNT];
  return links.filter((link, index) => links.findIndex((other) => other.to === link.to) === index);
}

/** The link under which a page lies: the longest that leads towards it. */
export function currentLink(links: readonly NavigationLink[], pathname: string): NavigationLink | undefined {
  const above = links.filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return above.sort((one, other) => other.to.length - one.to.length)[0];
}

/** The page on which someone with these roles begins. */
export function homeOf(roles: readonly string[]): string {
  return listLinks(roles)[0]?.to ?? "/my";
}

/** Whether these are roles of people at work: they need no quick exit. */
export function isStaff(roles: readonly string[]): boolean {
  return roles.some((role) => role !== "resident");
}

/** Pages whose query is a question that anyone may ask and that holds nothing of the one who asks. */
const OPEN_QUESTIONS: readonly string[] = ["/deadlines"];

/** What of an address may be carried along in another: everywhere else a query may hold what someone typed. */
export function carriedAlong({ pathname, search }: { pathname: string; search: string }): string {
  return OPEN_QUESTIONS.includes(pathname) ? `${pathname}${search}` : pathname;
}

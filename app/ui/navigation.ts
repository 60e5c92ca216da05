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

const BY_ROLE: Readonly<Record<string, readonly NavigationLink[]>> = {
  resident: RESIDENT,
  clerk: [
    { to: "/desk", label: "common.navDesk" },
    { to: "/desk/feeds", label: "common.navFeeds" },
  ],
  supervisor: [
    { to: "/desk", label: "common.navDesk" },
    { to: "/desk/feeds", label: "common.navFeeds" },
  ],
  intake: [{ to: "/intake", label: "common.navComplaints" }],
  advocate: [{ to: "/advocate", label: "common.navAdvocate" }],
  operator: [{ to: "/operator", label: "common.navOperator" }],
};

/** The menu of someone with these roles, each page once; someone without any is a resident. */
export function listLinks(roles: readonly string[]): NavigationLink[] {
  if (roles.length === 0) return [...RESIDENT];
  const links = roles.flatMap((role) => BY_ROLE[role] ?? []);
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

import { isIPv4, isIPv6 } from "node:net";

/**
 * The neighbourhood of an address: its /24 (IPv4) or /56 (IPv6), what one household or office is given. Null for
 * what is no address, and for this very machine: behind a proxy that is not trusted everybody would come from it,
 * and be counted as one.
 */
export function networkOf(address: string | undefined): string | null {
  const plain = (address ?? "").replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIPv4(plain)) return plain.startsWith("127.") ? null : plain.replace(/\.\d+$/, ".0/24");
  if (!isIPv6(plain)) return null;
  const groups = groupsOf(plain);
  if (groups.slice(0, 7).every((group) => group === 0)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(":")}::/56`;
}

/** The eight groups of an IPv6 address; one that ends in an IPv4 address has that in its last two. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const read = (part: string) => part.split(":").flatMap(readGroup);
  const first = head === "" ? [] : read(head);
  if (tail === undefined) return first;
  const last = tail === "" ? [] : read(tail);
  return [...first, ...Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last];
}

function readGroup(group: string): number[] {
  if (!group.includes(".")) return [Number.parseInt(group, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}

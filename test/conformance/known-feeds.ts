/** Logs that are known to the last row, by the digest of their bytes: what an import of each must find. */
export interface KnownFeed {
  readonly name: string;
  /** SHA-256 of the file, hex. */
  readonly digest: string;
  readonly profile: string;
  readonly rows: number;
  readonly users: number;
  readonly emptyPurposes: number | null;
  /** A plate that is followed: how many look-ups were by it, by whom, and between which days (in UTC). */
  readonly plate: { value: string; lookUps: number; user: string; from: string; to: string } | null;
}

export const KNOWN_FEEDS: readonly KnownFeed[] = [
  {
    name: "eugene-or-alpr-audit-2025.csv",
    digest: "5423cbd85840368ad5aac09c0e9617be8a46107bd0ef598b77ba5c575df4237b",
    profile: "alpr-portal",
    rows: 4294,
    users: 147,
    emptyPurposes: 5,
    plate: null,
  },
  {
    name: "alpr-network-audit-13col.csv",
    digest: "cf2377aa5b563a0a5f6d743322b91a1e2d4661b334863091cad8b1c01963deee",
    profile: "alpr-network-audit",
    rows: 4294,
    users: 147,
    emptyPurposes: null,
    plate: {
      value: "8WLK042",
      lookUps: 36,
      user: "1b31ef4c-baa1-45a4-abd1-d7ad62110ff0",
      from: "2025-08-01",
      to: "2025-10-16",
    },
  },
];

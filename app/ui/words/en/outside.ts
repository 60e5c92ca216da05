/** The operator's page about what is handed outside of the ledger, and about the keys. */
export const outside = {
  notVerified:
    "The ledger has not been walked yet. This is done every hour; `wholooked ledger verify` does it at once.",
  verifiedAt: "Last walked from end to end: {{date}}. This is done every hour.",
  title: "The ledger outside this portal",
  apart: "The role with which the portal works cannot change the ledger.",
  notApart:
    "The role with which the portal works owns the ledger too. Whoever takes it over can forge entries. Set DATABASE_OWNER_URL to a second role, as the README describes.",
  tooFew:
    "Checkpoints go to {{count}} places. It takes two, so that one may be lost: “wholooked ledger checkpoint to ...”.",
  place: "Place",
  kind: "Kind",
  file: "Folder",
  mail: "Mail",
  url: "Web address",
  has: "Newest checkpoint there",
  none: "None yet",
  since: "Since",
  state: "State",
  well: "Well",
  fault: "Not taken ({{code}}); it is tried again",
  behind: "Behind: the newest is {{newest}}",
} as const;

/** The end of a request: its keys shredded. */
export const purge = {
  act: "Deleted your request for good: nothing of its contents can be opened any more",
  days: "A request is kept for a whole number of days, from 1 to {{most}}.",
  early: "This request may be purged from {{from}} on, and not before.",
  open: "This request has not ended: a case is not answered, or a complaint is open.",
} as const;

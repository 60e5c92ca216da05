export const advocate = {
  title: "Complaints you follow",
  oneTitle: "A complaint you follow",
  lead: "Open complaints of people who asked you to follow them. The most urgent stands first. When someone takes that back, the complaint leaves this list at once.",
  empty: "No open complaints to follow",
  emptyText:
    "A complaint appears here when a person lets you follow it, and leaves when it ends or when they take that back.",
  open_one: "{{count}} open complaint",
  open_other: "{{count}} open complaints",
  late_one: "{{count}} past its date",
  late_other: "{{count}} past their date",
  scopeTitle: "What you can see",
  scopeText:
    "The number, where it is, its state and its dates. Not the look-ups, and nothing that the person wrote. Each time you open a complaint, the person can see that you did.",
  disputed: "Disputed look-ups",
} as const;

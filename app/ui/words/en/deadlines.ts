export const deadlines = {
  title: "Work out a deadline",
} as const;

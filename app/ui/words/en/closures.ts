export const closures = {
  title: "Closed days",
} as const;

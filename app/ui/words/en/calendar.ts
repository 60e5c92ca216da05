export const calendar = {
  title: "Your dates in your own calendar",
} as const;

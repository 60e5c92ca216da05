export const figures = {
  title: "How we keep our dates",
} as const;

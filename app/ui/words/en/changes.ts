export const changes = {
  title: "Changes of the law",
} as const;

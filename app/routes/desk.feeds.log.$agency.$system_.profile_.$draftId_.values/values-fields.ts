import type { MarkField } from "#app/feeds/stored-profile.ts";

/** The names of the form's fields that there are several of. */
export const constantField = (index: number) => `constant-field-${index}`;
export const constantText = (index: number) => `constant-text-${index}`;
export const markField = (mark: MarkField) => `mark-${mark}`;

/** As many constants as the form has lines for. */
export const CONSTANTS = 5;
/** Lists of texts of the whole file. */
export const LISTS = ["hiddenByVendor", "hiddenByAgency", "placeholder"] as const;

/** What a resident may hand in as proof: which files, how large, for what. Pure, and small: browsers load it too. */

/** What an upload is meant to show. */
export const PURPOSES = ["document", "notarised-statement", "sworn-statement", "authorisation", "court-paper"] as const;
export type Purpose = (typeof PURPOSES)[number];

export const MOST_BYTES = 10 << 20;
/** As many as lie with one case at a time. */
export const MOST_UPLOADS = 10;
/** Longest that an upload stays when nobody looks at it. */
export const UPLOAD_DAYS = 30;

export const MEDIA_TYPES = ["image/jpeg", "image/png", "application/pdf"] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Why a file is not taken; each is the key of a sentence. */
export type UploadFault =
  | "uploadEmpty"
  | "uploadTooLarge"
  | "uploadKind"
  | "uploadDisguised"
  | "uploadBroken"
  | "uploadTooManyPixels"
  | "uploadActive"
  | "uploadLocked";

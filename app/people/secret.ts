import { createHash } from "node:crypto";

/** What is kept of a secret that stands in a link or a cookie: what lies in the database opens nothing. */
export const secretHash = (secret: string) => createHash("sha256").update(secret).digest("hex");

import { WrongSetting } from "./config/config.server.ts";
import { faultLine, faultOf } from "./log/fault.ts";
import { KekUnavailable } from "./sealing/key-encryption-key.ts";

const UNREACHABLE = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
];
/** PostgreSQL: the password, the role or the database is not one; 57P03: it is still starting. */
const NOT_LET_IN = ["28P01", "28000", "3D000", "57P03", "53300"];
const OWN_FOLDER = ["EACCES", "EROFS", "ENOSPC", "EPERM", "ENOTDIR"];

/**
 * Why the portal, or a command, could not begin: for the person at the shell, in words that name what
 * to set. What no sentence is known for is told by kind and place, never by an error's own message.
 */
export function startFailure(error: unknown): string {
  if (error instanceof WrongSetting || error instanceof KekUnavailable || isOwnSentence(error)) return error.message;
  const { code, frames } = faultOf(error);
  if (code === "EADDRINUSE") return "PORT is taken by another program on this machine; set PORT to a free one.";
  if (code === "EADDRNOTAVAIL")
    return "HOST is no address of this machine; set HOST to one that is, such as 127.0.0.1.";
  if (code !== null && isListening(error)) return `The portal may not listen there (${code}); set PORT and HOST.`;
  if (code !== null && UNREACHABLE.includes(code)) {
    return `The database at DATABASE_URL cannot be reached (${code}); start it, or set DATABASE_URL to where it is.`;
  }
  if (code !== null && NOT_LET_IN.includes(code)) {
    return `The database at DATABASE_URL does not let the portal in (${code}); it needs a role, its password and a database.`;
  }
  if (code !== null && OWN_FOLDER.includes(code)) {
    return `A file or folder of the portal cannot be written (${code}); WHOLOOKED_DATA takes a folder that it may write to.`;
  }
  return [
    `It could not be done (${faultLine(error)}). Nothing half-done was kept.`,
    ...frames.map((at) => `  ${at}`),
  ].join("\n");
}

/** Such as "No PostgreSQL comes with WhoLooked for this machine": a plain error without a code is ours. */
function isOwnSentence(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error && !("code" in error);
}

function isListening(error: unknown): boolean {
  return (error as { syscall?: unknown }).syscall === "listen";
}

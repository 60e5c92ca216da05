/** A folder that is watched, or a server that is asked, for one custodian's log. Pure. */
import { z } from "zod";
import type { Locale } from "../problem.ts";

export const DOOR_KINDS = ["folder", "sftp"] as const;
export type PullKind = (typeof DOOR_KINDS)[number];

const profile = z.string().nullable();

export const folderSettings = z.strictObject({
  kind: z.literal("folder"),
  path: z.string().startsWith("/", { error: "The folder is named by its whole path, from /." }),
  /** Null: the one that the custodian has promised. */
  profile,
});
export type FolderSettings = z.infer<typeof folderSettings>;

const HOST_KEY = /^SHA256:[A-Za-z0-9+/]{43}=?$/;

export const sftpSettings = z.strictObject({
  kind: z.literal("sftp"),
  host: z.string().regex(/^[\w.:-]{1,253}$/, { error: "--host takes a name or an address, such as sftp.example.gov." }),
  port: z.int({ error: "--port takes a port number." }).min(1).max(65_535),
  user: z.string().regex(/^[\w.@-]{1,64}$/, { error: "--user takes the name of an account there." }),
  privateKey: z.string().includes("PRIVATE KEY", { error: "--key takes the file of a private key." }),
  /** As ssh-keyscan HOST | ssh-keygen -lf - says it: no other server is believed. */
  hostKey: z.string().regex(HOST_KEY, {
    error: "--host-key takes the fingerprint of the server's key, as ssh-keygen -lf says it: SHA256:...",
  }),
  folder: z.string().min(1).max(1_000),
  everyMinutes: z.int({ error: "--every takes a number of minutes." }).min(1).max(10_080),
  profile,
});
export type SftpSettings = z.infer<typeof sftpSettings>;

export const doorSettings = z.discriminatedUnion("kind", [folderSettings, sftpSettings]);
export type DoorSettings = z.infer<typeof doorSettings>;

/** What can be wrong with a door: an operator is told, in words that name no path and no host. */
const FAULTS = {
  "folder-gone": {
    en: "The folder is not there, or is no folder.",
    es: "La carpeta no está, o no es una carpeta.",
  },
  "folder-unsafe": {
    en: "A symbolic link stands in the folder's path, or in the place of done or refused.",
    es: "Hay un enlace simbólico en la ruta de la carpeta, o en lugar de done o refused.",
  },
  "folder-closed": {
    en: "The portal's account may not read the folder, or not move files in it.",
    es: "La cuenta del portal no puede leer la carpeta, o no puede mover archivos en ella.",
  },
  "file-name": {
    en: "A file's name is not written in UTF-8. It is left where it is; give it another.",
    es: "El nombre de un archivo no está escrito en UTF-8. Se deja donde está; póngale otro.",
  },
  "sftp-unreachable": {
    en: "The server does not answer, or ended the connection.",
    es: "El servidor no responde, o cortó la conexión.",
  },
  "sftp-other-host": {
    en: "The server shows another key than the one that was agreed. Nothing was asked of it.",
    es: "El servidor muestra una clave distinta de la acordada. No se le pidió nada.",
  },
  "sftp-not-let-in": {
    en: "The server does not let the account in.",
    es: "El servidor no admite la cuenta.",
  },
  "sftp-bad-key": {
    en: "The private key cannot be used: it takes a key without a passphrase, in OpenSSH or PEM form.",
    es: "La clave privada no sirve: se acepta una clave sin contraseña, en formato OpenSSH o PEM.",
  },
  "sftp-no-folder": {
    en: "The folder on the server is not there, or may not be read.",
    es: "La carpeta del servidor no está, o no se puede leer.",
  },
  "sftp-broken-off": {
    en: "A file could not be fetched whole. It is tried again.",
    es: "Un archivo no se pudo traer entero. Se intentará de nuevo.",
  },
  "file-too-large": {
    en: "A file is larger than UPLOAD_LIMIT_MB. It is left where it is.",
    es: "Un archivo es mayor que UPLOAD_LIMIT_MB. Se deja donde está.",
  },
  failed: {
    en: "Looking there failed; the log says where in the code.",
    es: "La consulta falló; el registro del sistema dice en qué parte del código.",
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type DoorFault = keyof typeof FAULTS;

export function faultSentence(fault: string, locale: Locale): string {
  return (FAULTS as Record<string, Record<Locale, string>>)[fault]?.[locale] ?? fault;
}

/** Something is wrong with the door itself; what it holds was not judged. */
export class DoorClosed extends Error {
  readonly fault: DoorFault;
  constructor(fault: DoorFault, cause?: unknown) {
    super(FAULTS[fault].en, { cause });
    this.name = "DoorClosed";
    this.fault = fault;
  }
}

/** Why a thing in a folder is no delivery, for whoever put it there. */
const NO_FILES = {
  "not-a-file": {
    en: "This is not an ordinary file. A link, a pipe or a device is not followed.",
    es: "Esto no es un archivo corriente. No se sigue un enlace, una tubería ni un dispositivo.",
  },
  "linked-elsewhere": {
    en: "This file has a second name elsewhere. Copy it into the folder.",
    es: "Este archivo tiene un segundo nombre en otro lugar. Cópielo a la carpeta.",
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type NoFile = keyof typeof NO_FILES;

export function noFileSentence(code: NoFile, locale: Locale): string {
  return NO_FILES[code][locale];
}

/** A file that is still being written changes; one that stands still this long is whole. */
export const STILL_FOR_MS = 20_000;

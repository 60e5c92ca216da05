/** `wholooked feed folder ...`, `feed sftp ...`, `feed doors`: ways in that an operator sets up for a custodian. */
import { parseArgs } from "node:util";
import { faultSentence, sftpSettings } from "#app/feeds/pull/door.ts";
import { listDoors, removeDoor, setDoor } from "#app/feeds/pull/doors.server.ts";
import { setFolder } from "#app/feeds/pull/set-folder.server.ts";
import { type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";
import { readSmallFile } from "./small-file.ts";

const LOG = { custodian: { type: "string" }, system: { type: "string" }, json: { type: "boolean" } } as const;

/** Whose log it is. @throws WrongUsage */
function readLog(
  command: string,
  { custodian, system }: { custodian?: string | undefined; system?: string | undefined },
) {
  if (custodian === undefined || system === undefined) {
    throw new WrongUsage(`${command} needs to know whose log it is: --custodian and --system.`);
  }
  return { agencySlug: custodian, systemSlug: system };
}

/** `feed folder set PATH --custodian A --system S [--profile P]`: has a folder watched; files go to done/ or refused/. */
export const feedFolderSet: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: { ...LOG, profile: { type: "string" } },
    allowPositionals: true,
  });
  const log = readLog("feed folder set", values);
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new WrongUsage("Give the path of one folder.");
  const portal = await context.portal();
  await setFolder(portal, operatorOf(portal), { ...log, path, profile: values.profile ?? null });
  return {
    ok: true,
    json: { custodian: log.agencySlug, system: log.systemSlug, kind: "folder" },
    lines: ["The folder is watched from now on. A file is taken when it has lain still for a minute."],
  };
};

/** `feed folder remove --custodian A --system S`. */
export const feedFolderRemove: Command = (args, context) => remove("folder", args, context);

async function remove(kind: "folder" | "sftp", ...[args, context]: Parameters<Command>) {
  const { values } = parseArgs({ args, options: LOG });
  const log = readLog(`feed ${kind} remove`, values);
  const portal = await context.portal();
  await removeDoor(portal, operatorOf(portal), { ...log, kind });
  return {
    ok: true,
    json: { custodian: log.agencySlug, system: log.systemSlug, kind },
    lines: ["Nothing comes in that way any more."],
  };
}

/**
 * `feed sftp set --custodian A --system S --host H [--port N] --user U --key FILE --host-key SHA256:... --folder PATH
 * [--every MINUTES] [--profile P]`: has a server asked for new files.
 */
export const feedSftpSet: Command = async (args, context) => {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...LOG,
      ...{ host: text, port: text, user: text, key: text, "host-key": text, folder: text, every: text, profile: text },
    },
  });
  const log = readLog("feed sftp set", values);
  const settings = sftpSettings.safeParse({
    kind: "sftp",
    host: values.host,
    port: Number(values.port ?? 22),
    user: values.user,
    privateKey: await readSmallFile(values.key === undefined ? [] : [values.key], "the private key's file (--key)"),
    hostKey: values["host-key"],
    folder: values.folder,
    everyMinutes: Number(values.every ?? 15),
    profile: values.profile ?? null,
  });
  if (!settings.success) {
    const { path, message, code } = settings.error.issues[0] ?? { path: [], message: "", code: "custom" };
    throw new WrongUsage(code === "invalid_type" ? `feed sftp set needs its ${path.join(".")}. ${message}` : message);
  }
  const portal = await context.portal();
  await setDoor(portal, operatorOf(portal), { ...log, settings: settings.data });
  return {
    ok: true,
    json: { custodian: log.agencySlug, system: log.systemSlug, kind: "sftp", every: settings.data.everyMinutes },
    lines: [
      `The server is asked every ${settings.data.everyMinutes} minutes from now on; the key is kept sealed. feed doors says how it goes.`,
    ],
  };
};

/** `feed sftp remove --custodian A --system S`. */
export const feedSftpRemove: Command = (args, context) => remove("sftp", args, context);

/** `feed doors`: every folder and server, when it was looked at, and what is wrong. */
export const feedDoors: Command = async (args, context) => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const portal = await context.portal();
  const doors = (await listDoors(portal, operatorOf(portal))).map(
    ({ agency, custody, kind, lookedAt, wellAt, fault }) => ({
      custodian: agency.slug,
      system: custody.system.slug,
      kind,
      looked: lookedAt?.toISOString() ?? null,
      well: wellAt?.toISOString() ?? null,
      fault,
    }),
  );
  return {
    ok: doors.every(({ fault }) => fault === null),
    json: { doors },
    lines:
      doors.length === 0
        ? ["No folder is watched, and no server is asked."]
        : doors.map(({ custodian, system, kind, looked, fault }) => {
            const state =
              fault === null ? (looked === null ? "not looked at yet" : "well") : faultSentence(fault, "en");
            return `${custodian}  ${system}  ${kind}  ${looked ?? "-"}  ${state}`;
          }),
  };
};

import { asLedgerActor } from "#app/people/actor.ts";
import { readConfig } from "#app/platform/config/config.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { type Installation, openInstallation } from "#app/platform/installation.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { openLog } from "#app/platform/log/log.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { startFailure } from "#app/platform/start-failure.server.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { accountResetFactors } from "./account.ts";
import { agencyAlias, agencyClose, agencyReopen } from "./agency.ts";
import { agencyAlternate } from "./agency-alternate.ts";
import { agencySignInRemove, agencySignInSet, agencySignInShow } from "./agency-sign-in.ts";
import { type Command, type CommandContext, WrongUsage } from "./command.ts";
import { complaintsExport } from "./complaints.ts";
import { runDeadline } from "./deadline.ts";
import { demo } from "./demo.ts";
import { feedCheck, feedImport, feedSchema } from "./feed.ts";
import { feedDoors, feedFolderRemove, feedFolderSet, feedSftpRemove, feedSftpSet } from "./feed-door.ts";
import { feedKeyAdd, feedKeyList, feedKeyRevoke } from "./feed-key.ts";
import { feedRetention } from "./feed-retention.ts";
import { keysRotate, keysStatus } from "./keys.ts";
import { lawList, lawSwitch } from "./law.ts";
import {
  checkpointDrop,
  checkpointList,
  checkpointNow,
  checkpointTo,
  ledgerExport,
  ledgerKey,
  ledgerKeyReplace,
  ledgerVerify,
} from "./ledger.ts";
import { matchEvaluate } from "./match.ts";
import { operatorOf } from "./operator.ts";
import { peopleDisable, peopleEnable, peopleEnd, peopleInvite, peopleList } from "./people.ts";
import { isReaderGone } from "./reader-gone.ts";
import { releaseVerify } from "./release.ts";
import { requestsKeep, requestsPurge } from "./requests.ts";
import { signalsCount } from "./signals.ts";
import { keysSigning, keysSigningReplace } from "./signing-key.ts";

interface Entry {
  readonly usage: string;
  readonly run: Command;
  /** Moves invented people in: nobody's data, and nobody need be named for it. */
  readonly unnamed?: true;
}

/** Commands by their words. `deadline` stands apart: its batches are written while they are read. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  demo: { usage: "demo", run: demo, unnamed: true },
  "agency alias": { usage: "agency alias SLUG NAME", run: agencyAlias },
  "agency alternate": {
    usage: "agency alternate SLUG --agency OTHER | --account MAIL | --none",
    run: agencyAlternate,
  },
  "agency close": {
    usage: "agency close SLUG DATE [--to DATE] [--emergency] --why TEXT [--dry-run]",
    run: agencyClose,
  },
  "agency reopen": { usage: "agency reopen SLUG DATE [--dry-run]", run: agencyReopen },
  "agency sign-in set": {
    usage:
      "agency sign-in set SLUG --issuer URL --client ID --secret-file FILE --domain D ... [--acr VALUE ...] [--amr VALUE ...]",
    run: agencySignInSet,
  },
  "agency sign-in remove": { usage: "agency sign-in remove SLUG", run: agencySignInRemove },
  "agency sign-in show": { usage: "agency sign-in show SLUG", run: agencySignInShow },
  "account reset-factors": {
    usage: "account reset-factors EMAIL --seen in-person|by-video|by-supervisor",
    run: accountResetFactors,
  },
  "law list": { usage: "law list", run: lawList },
  "law switch": {
    usage: "law switch CHANGE --from DATE [--detail MM-DD] | --off [--dry-run]",
    run: lawSwitch,
  },
  "feed import": { usage: "feed import FILE --custodian A --system S --profile P", run: feedImport },
  "feed check": { usage: "feed check FILE --profile P [--locale en|es]", run: feedCheck },
  "feed schema": { usage: "feed schema", run: feedSchema },
  "feed doors": { usage: "feed doors", run: feedDoors },
  "feed folder set": { usage: "feed folder set PATH --custodian A --system S [--profile P]", run: feedFolderSet },
  "feed folder remove": { usage: "feed folder remove --custodian A --system S", run: feedFolderRemove },
  "feed sftp set": {
    usage:
      "feed sftp set --custodian A --system S --host H [--port N] --user U --key FILE --host-key SHA256:... --folder PATH [--every MINUTES] [--profile P]",
    run: feedSftpSet,
  },
  "feed sftp remove": { usage: "feed sftp remove --custodian A --system S", run: feedSftpRemove },
  "feed key add": { usage: "feed key add FILE.pem --custodian A [--from DATE] [--to DATE]", run: feedKeyAdd },
  "feed key list": { usage: "feed key list --custodian A", run: feedKeyList },
  "feed key revoke": { usage: "feed key revoke KEYID", run: feedKeyRevoke },
  "feed retention": { usage: "feed retention --custodian A --system S (--days N | --keep)", run: feedRetention },
  "people invite": {
    usage: "people invite ADDRESS [--agency SLUG] --role ROLE ... [--organisation NAME] [--locale en|es]",
    run: peopleInvite,
  },
  "people list": { usage: "people list [--agency SLUG]", run: peopleList },
  "people end": { usage: "people end MEMBERSHIP", run: peopleEnd },
  "people disable": { usage: "people disable ADDRESS", run: peopleDisable },
  "people enable": { usage: "people enable ADDRESS", run: peopleEnable },
  "signals count": { usage: "signals count FILE --profile P --system SLUG [--zone Z]", run: signalsCount },
  "match evaluate": { usage: "match evaluate --events FILE --people FILE", run: matchEvaluate },
  "keys rotate": { usage: "keys rotate [--kek-only] [--detach] [--grace SECONDS]", run: keysRotate },
  "keys status": { usage: "keys status", run: keysStatus },
  "keys signing": { usage: "keys signing", run: keysSigning },
  "keys signing replace": {
    usage: "keys signing replace [--key KEY.pem --certificate CERTIFICATE.pem]",
    run: keysSigningReplace,
  },
  "ledger verify": {
    usage: "ledger verify [--checkpoint FILE ...] [--key PUBLIC] [--dump FILE]",
    run: ledgerVerify,
  },
  "ledger export": { usage: "ledger export FILE", run: ledgerExport },
  "ledger key": { usage: "ledger key", run: ledgerKey },
  "ledger key replace": { usage: "ledger key replace", run: ledgerKeyReplace },
  "ledger checkpoint to": {
    usage: "ledger checkpoint to file FOLDER | mail ADDRESS | url URL",
    run: checkpointTo,
  },
  "ledger checkpoint list": { usage: "ledger checkpoint list", run: checkpointList },
  "ledger checkpoint drop": { usage: "ledger checkpoint drop PLACE", run: checkpointDrop },
  "ledger checkpoint now": { usage: "ledger checkpoint now", run: checkpointNow },
  "release verify": { usage: "release verify FILE.pdf", run: releaseVerify },
  "requests keep": { usage: "requests keep [--days N]", run: requestsKeep },
  "requests purge": { usage: "requests purge NUMBER", run: requestsPurge },
  "complaints export": { usage: "complaints export --format csv|json", run: complaintsExport },
};

const USAGE = [
  "wholooked <command> [--json]",
  ...Object.values(COMMANDS).map((entry) => `  ${entry.usage}`),
  "  deadline --rule ID --on DATE [--event KIND:DATE ...] [--calendar ID] | --batch FILE | --list [--law CHANGE:DATE]",
].join("\n");

/** Runs one command line. @returns the exit code: 0 it worked, 1 it did not, 2 it was not understood. */
export async function runCommand(words: string[]): Promise<number> {
  const output = { out: writeAnswer, err: (text: string) => void process.stderr.write(text) };
  if (words[0] === "deadline") return runDeadline(words.slice(1), output);
  const name = [3, 2, 1].map((count) => words.slice(0, count).join(" ")).find((known) => known in COMMANDS);
  const entry = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || entry === undefined) {
    output.err(`${USAGE}\n`);
    return 2;
  }
  const args = words.slice(name.split(" ").length);
  return withInstallation((context) => answer(entry, args, entry.unnamed ? context : underName(name, context)));
}

/**
 * What a command is handed: the installation opens for a named operator alone, and the ledger notes the command
 * before it reads or changes anything. What it then does stands there too, by the use cases that it calls.
 */
export function underName(command: string, context: CommandContext): CommandContext {
  let noted: Promise<Portal> | undefined;
  async function note(): Promise<Portal> {
    const portal = await context.portal();
    const actor = asLedgerActor(operatorOf(portal));
    await inTransaction(portal, (tx) =>
      appendLedger(portal, tx, { actor, act: "operator.command", thing: { type: "command", id: command } }),
    );
    return portal;
  }
  return {
    ...context,
    portal: () => {
      noted ??= note();
      return noted;
    },
  };
}

async function answer(entry: Entry, args: string[], context: CommandContext): Promise<number> {
  try {
    const { ok, json, lines } = await entry.run(args, context);
    await writeAnswer(
      args.includes("--json") ? `${JSON.stringify(json)}\n` : lines.map((line) => `${line}\n`).join(""),
    );
    return ok ? 0 : 1;
  } catch (error) {
    if (error instanceof WrongUsage || isParseError(error)) {
      context.say(`${(error as Error).message}\nUsage: ${entry.usage} [--json]`);
      return 2;
    }
    // A driver's error is not thrown on: Node would print it with the values that hang on it.
    context.say(error instanceof NotFound || error instanceof Refused ? error.message : startFailure(error));
    return 1;
  }
}

/** node:util's parseArgs says what is wrong with an option in words a person can use. */
function isParseError(error: unknown): boolean {
  return error instanceof TypeError && String((error as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS");
}

/** Opens the installation when a command first asks for it, and closes it in the end. */
async function withInstallation(work: (context: CommandContext) => Promise<number>): Promise<number> {
  let opened: Installation | undefined;
  const context: CommandContext = {
    portal: async () => {
      if (!opened) {
        const config = readConfig();
        opened = await openInstallation(config, openLog(config.logLevel === "info" ? "warn" : config.logLevel));
      }
      return opened.portal;
    },
    time: systemTime,
    say: (line) => void process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? (line) => void process.stderr.write(`\r${line.padEnd(60)}`) : null,
  };
  try {
    return await work(context);
  } finally {
    await opened?.close();
  }
}

/**
 * Waits until the bytes are out: a reader at the other end of a pipe may be slow. One that has gone
 * (`... | head`) is no failure to report; app/wholooked.ts makes the exit code say that not all was read.
 */
function writeAnswer(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error && !isReaderGone(error) ? reject(error) : resolve()));
  });
}

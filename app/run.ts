import { offerDemo } from "./cli/demo.server.ts";
import { readConfig, WrongSetting } from "./platform/config/config.server.ts";
import { openInstallation } from "./platform/installation.server.ts";
import { faultOf } from "./platform/log/fault.ts";
import { type Logger, openLog } from "./platform/log/log.server.ts";
import type { Portal } from "./platform/portal.server.ts";
import { startFailure } from "./platform/start-failure.server.ts";
import { type Running, SERVER_ROLES, type ServerRole, startServer } from "./server.ts";

/** Opens the installation and serves until SIGTERM or SIGINT. Whatever keeps it from starting is one sentence. */
export async function runServer(role: string): Promise<void> {
  const stop = stopAsked();
  try {
    const stopping = await serve(asRole(role));
    await stop;
    await stopping();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exit(1);
  }
}

/** Heard from the first moment on: a start that is stopped half-way is finished and then undone. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    // Once: the second signal ends the process at once, for somebody who cannot wait.
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
}

/** @returns how to stop it: requests and jobs end, then the database closes */
async function serve(role: ServerRole): Promise<() => Promise<void>> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  endWithoutWords(log);
  const installation = await openInstallation(config, log);
  let running: Running;
  try {
    // The demo's people move in before the first page is served: a page says whether they live here.
    const lines = await welcome(installation.portal, role);
    running = await startServer(installation.portal, role);
    process.stdout.write(`${lines.join("\n")}\n`);
  } catch (error) {
    await installation.close();
    throw error;
  }
  return async () => {
    await running.stop();
    await installation.close();
  };
}

async function welcome(portal: Portal, role: ServerRole): Promise<string[]> {
  if (role === "worker") return ["WhoLooked works its jobs."];
  return [`WhoLooked is at ${portal.config.url}`, ...(await offerDemo(portal))];
}

/**
 * A fault that nobody caught ends the process, as it would anyway; but Node would print the error with
 * all that a driver hung on it, a person's data among it.
 */
function endWithoutWords(log: Logger): void {
  const end = (error: unknown) => {
    log.fatal(faultOf(error), "a fault that nobody caught");
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}

function asRole(text: string): ServerRole {
  const role = SERVER_ROLES.find((known) => known === text);
  if (!role) throw new WrongSetting(`--role takes ${SERVER_ROLES.join(", ")}.`);
  return role;
}

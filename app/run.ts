import { offerDemo } from "./cli/demo.server.ts";
import { readConfig, WrongSetting } from "./platform/config/config.server.ts";
import { openInstallation } from "./platform/installation.server.ts";
import { openLog } from "./platform/log/log.server.ts";
import { type Running, SERVER_ROLES, type ServerRole, startServer } from "./server.ts";

/** Opens the installation and serves until SIGTERM or SIGINT. A wrong setting ends it with one sentence. */
export async function runServer(role: string): Promise<void> {
  try {
    await serve(asRole(role));
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function serve(role: ServerRole): Promise<void> {
  const config = readConfig();
  const log = openLog(config.logLevel);
  const installation = await openInstallation(config, log);
  const { portal } = installation;
  let running: Running;
  try {
    running = await startServer(portal, role);
    const welcome =
      role === "worker"
        ? ["WhoLooked works its jobs."]
        : [`WhoLooked is at ${config.url}`, ...(await offerDemo(portal))];
    process.stdout.write(`${welcome.join("\n")}\n`);
  } catch (error) {
    await installation.close();
    throw error;
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    await installation.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function asRole(text: string): ServerRole {
  const role = SERVER_ROLES.find((known) => known === text);
  if (!role) throw new WrongSetting(`--role takes ${SERVER_ROLES.join(", ")}.`);
  return role;
}

import { runDeadline } from "#app/cli/deadline.ts";

/** Runs the command as a shell would, and hands back what it printed. */
export async function run(...args: string[]) {
  let out = "";
  let err = "";
  const exitCode = await runDeadline(args, {
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
  });
  return { exitCode, out, err };
}

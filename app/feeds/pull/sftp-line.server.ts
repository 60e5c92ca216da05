/** The line to a custodian's SFTP server. Its errors' own words hold paths and names: none of them leaves this file. */
import { createHash } from "node:crypto";
import { DoorClosed, type SftpSettings } from "./door.ts";
import type { FileFacts } from "./seen-files.server.ts";

const READY_MS = 20_000;
/** Nothing arrives for so long. */
const SILENT_MS = 30_000;
/** A server that lets bytes drip would hold up everybody else's logs. */
const SLOW_AFTER_MS = 60_000;
const SLOWEST_BYTES_PER_SECOND = 16_384;

export interface SftpLine {
  /** Ordinary files directly in the folder, but for hidden ones and those still being written (.part). */
  list(): Promise<FileFacts[]>;
  /** A file's bytes. @throws DoorClosed when they do not come, or hardly */
  read(file: FileFacts): AsyncGenerator<Uint8Array>;
  /** Whether it has not broken. */
  isOpen(): boolean;
  close(): Promise<void>;
}

/** @throws DoorClosed */
export async function openSftpLine(settings: SftpSettings): Promise<SftpLine> {
  // Loaded with the first server that is asked: most portals have none.
  const { default: SftpClient } = await import("ssh2-sftp-client");
  let isOtherHost = false;
  let isOpen = true;
  const ignore = () => undefined;
  const lost = () => {
    isOpen = false;
  };
  // The library would write what goes wrong to the console, with paths in it.
  const client = new SftpClient("feeds", { error: lost, end: lost, close: lost });
  const { host, port, user: username, privateKey, folder } = settings;
  try {
    await client.connect({
      ...{ host, port, username, privateKey },
      readyTimeout: READY_MS,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
      hostVerifier: (key: Buffer) => {
        isOtherHost = fingerprintOf(key) !== settings.hostKey.replace(/=$/, "");
        return !isOtherHost;
      },
    });
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    if (isOtherHost) throw new DoorClosed("sftp-other-host");
    if (/parse privateKey|passphrase/i.test(words)) throw new DoorClosed("sftp-bad-key");
    throw new DoorClosed(/authentication/i.test(words) ? "sftp-not-let-in" : "sftp-unreachable");
  }
  return {
    async list() {
      const entries = await inTime(client.list(folder)).catch(() => {
        throw new DoorClosed("sftp-no-folder");
      });
      return entries
        .filter(({ type, name }) => type === "-" && isPlainName(name))
        .map(({ name, size, modifyTime }) => ({ name, size, changedAt: modifyTime }));
    },
    async *read({ name }) {
      const stream = client.createReadStream(`${folder.replace(/\/$/, "")}/${name}`);
      // Once destroyed it may still say that it was.
      stream.on("error", ignore);
      const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      const began = performance.now();
      let bytes = 0;
      try {
        for (;;) {
          const { done, value } = await inTime(chunks.next(), lost);
          if (done) return;
          bytes += value.length;
          const milliseconds = performance.now() - began;
          if (milliseconds > SLOW_AFTER_MS && (bytes * 1000) / milliseconds < SLOWEST_BYTES_PER_SECOND) {
            throw new DoorClosed("sftp-broken-off");
          }
          yield value;
        }
      } catch {
        throw new DoorClosed("sftp-broken-off");
      } finally {
        stream.destroy();
      }
    },
    isOpen: () => isOpen,
    close: async () => {
      // Gone already, or not answering: there is nothing left to end.
      await inTime(client.end()).catch(ignore);
    },
  };
}

/** As ssh-keygen -lf says it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function isPlainName(name: string): boolean {
  return !name.startsWith(".") && !name.toLowerCase().endsWith(".part") && !/[/\\\0]/.test(name);
}

/** A line that died without a word answers nothing, for ever. */
async function inTime<T>(answer: Promise<T>, tooLate?: () => void): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => {
      tooLate?.();
      reject(new DoorClosed("sftp-broken-off"));
    }, SILENT_MS);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(late);
  }
}

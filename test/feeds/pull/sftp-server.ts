// A custodian's SFTP server in this process: one account, one folder, and whatever is to go wrong.

import { createHash } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import ssh2, { type Attributes, type SFTPWrapper } from "ssh2";

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const REGULAR = 0o100_644;
const LINK = 0o120_777;

export interface RemoteFile {
  bytes: Buffer;
  /** Seconds since 1970. */
  changedAt: number;
  isLink?: boolean;
  /** What is said of its length, when that is not true. */
  listedSize?: number;
  /** After so many bytes of it the connection breaks. */
  breaksAfter?: number;
}

export interface SftpServer {
  readonly port: number;
  /** As ssh-keygen -lf says it. */
  readonly hostKey: string;
  readonly files: Map<string, RemoteFile>;
  /** Names of files that were opened, in order; how many logins were tried. */
  readonly opened: string[];
  logins(): number;
  close(): Promise<void>;
}

export const FOLDER = "/outgoing/audit";

export function newSshKey(): { public: string; private: string } {
  return ssh2.utils.generateKeyPairSync("ed25519");
}

/** Lets in `user` with this public key alone. */
export async function startSftpServer(user: string, publicKey: string, host = newSshKey()): Promise<SftpServer> {
  const files = new Map<string, RemoteFile>();
  const opened: string[] = [];
  let logins = 0;
  const allowed = parseKey(publicKey);
  const server = new ssh2.Server({ hostKeys: [host.private] }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", (context) => {
      logins += 1;
      const isHis =
        context.method === "publickey" && context.username === user && context.key.data.equals(allowed.getPublicSSH());
      if (!isHis) return context.reject(["publickey"]);
      const { blob, signature, hashAlgo } = context;
      if (signature && allowed.verify(blob ?? Buffer.alloc(0), signature, hashAlgo) !== true) return context.reject();
      context.accept();
    });
    client.on("ready", () => {
      client.on("session", (accept) => {
        accept().on("sftp", (acceptSftp) => serve(acceptSftp(), () => client.end()));
      });
    });
  });

  function serve(sftp: SFTPWrapper, hangUp: () => void): void {
    const handles = new Map<number, { name: string | null; isListed: boolean }>();
    const handleOf = (bytes: Buffer) => handles.get(bytes.readUInt32BE(0));
    const give = (id: number, name: string | null) => {
      const number = handles.size + 1;
      handles.set(number, { name, isListed: false });
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(number);
      sftp.handle(id, bytes);
    };
    sftp.on("OPENDIR", (id, path) => {
      if (path === FOLDER) give(id, null);
      else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    });
    sftp.on("READDIR", (id, handle) => {
      const directory = handleOf(handle);
      if (!directory || directory.isListed) return sftp.status(id, STATUS_CODE.EOF);
      directory.isListed = true;
      const names = [...files].map(([filename, file]) => ({
        filename,
        longname: longname(filename, file),
        attrs: attrs(file),
      }));
      return sftp.name(id, names);
    });
    sftp.on("OPEN", (id, path, flags) => {
      const name = path.slice(FOLDER.length + 1);
      if (flags !== OPEN_MODE.READ || !files.has(name)) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      opened.push(name);
      return give(id, name);
    });
    sftp.on("READ", (id, handle, offset, length) => {
      const file = files.get(handleOf(handle)?.name ?? "");
      if (!file) return sftp.status(id, STATUS_CODE.FAILURE);
      if (file.breaksAfter !== undefined && offset + length > file.breaksAfter) return hangUp();
      const bytes = file.bytes.subarray(offset, offset + length);
      return bytes.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.data(id, bytes);
    });
    sftp.on("FSTAT", (id, handle) => {
      const file = files.get(handleOf(handle)?.name ?? "");
      if (file) sftp.attrs(id, attrs({ ...file, listedSize: file.bytes.length }));
      else sftp.status(id, STATUS_CODE.FAILURE);
    });
    sftp.on("CLOSE", (id) => sftp.status(id, STATUS_CODE.OK));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const digest = createHash("sha256").update(parseKey(host.public).getPublicSSH()).digest("base64");
  return {
    ...{ files, opened },
    port: (server.address() as AddressInfo).port,
    hostKey: `SHA256:${digest.replace(/=+$/, "")}`,
    logins: () => logins,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function parseKey(text: string) {
  const parsed = ssh2.utils.parseKey(text);
  if (parsed instanceof Error) throw parsed;
  return Array.isArray(parsed) ? parsed[0]! : parsed;
}

function attrs(file: RemoteFile): Attributes {
  const { bytes, changedAt, isLink, listedSize = bytes.length } = file;
  return { mode: isLink ? LINK : REGULAR, uid: 0, gid: 0, size: listedSize, atime: changedAt, mtime: changedAt };
}

function longname(name: string, { isLink, bytes }: RemoteFile): string {
  return `${isLink ? "l" : "-"}rw-r--r-- 1 root root ${bytes.length} Nov 25 00:00 ${name}`;
}

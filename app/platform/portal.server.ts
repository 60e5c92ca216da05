import { join } from "node:path";
import type pg from "pg";
import type { Config } from "./config/config.server.ts";
import { type Database, openDatabase } from "./database/database.server.ts";
import type { Logger } from "./log/log.server.ts";
import type { KeyEncryptionKey } from "./sealing/key-encryption-key.ts";
import { openKek } from "./sealing/open-kek.server.ts";
import { openVault, type Vault } from "./sealing/vault.server.ts";
import { openFolderStorage, type Storage } from "./storage/storage.server.ts";
import type { Time } from "./time/time.ts";

/** What every use case is handed first: the means of this installation, and its clock. */
export interface Portal {
  readonly config: Config;
  readonly db: Database;
  /** For the event store's own SQL alone. */
  readonly pool: pg.Pool;
  readonly vault: Vault;
  /** For the exchange of keys, and to see whether it can be reached; all else goes through the vault. */
  readonly kek: KeyEncryptionKey;
  readonly storage: Storage;
  readonly time: Time;
  readonly log: Logger;
  close(): Promise<void>;
}

/** Opens the means over a database that is already there and migrated. */
export async function openPortal(parts: {
  config: Config;
  databaseUrl: string;
  time: Time;
  log: Logger;
}): Promise<Portal> {
  const { config, databaseUrl, time, log } = parts;
  const kek = await openKek(config);
  const { db, pool, close } = openDatabase(databaseUrl, log);
  const vault = openVault(db, kek, time);
  const storage = openFolderStorage(join(config.dataFolder, "files"), vault);
  return { config, db, pool, vault, kek, storage, time, log, close };
}

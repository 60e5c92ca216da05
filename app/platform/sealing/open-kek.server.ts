import type { Config, KekSetting } from "../config/config.server.ts";
import { openAwsKms } from "./aws-kms.server.ts";
import { type KeyEncryptionKey, withFormer } from "./key-encryption-key.ts";
import { openKeyFile } from "./key-file.server.ts";
import { openVaultTransit } from "./vault-transit.server.ts";

/**
 * The key-encryption key of this installation, as WHOLOOKED_KEK says, and those of WHOLOOKED_KEK_FORMER behind it.
 * @throws WrongSetting or KekUnavailable with a sentence when it cannot be used
 */
export async function openKek(config: Config): Promise<KeyEncryptionKey> {
  const openOne = (setting: KekSetting) => openSetting(config, setting);
  const kek = withFormer(await openOne(config.kek), await Promise.all(config.formerKeks.map(openOne)));
  await kek.check();
  return kek;
}

async function openSetting(config: Config, setting: KekSetting): Promise<KeyEncryptionKey> {
  if (setting.kind === "aws-kms") return openAwsKms(setting.arn);
  if (setting.kind === "vault") return openVaultTransit(setting, config.vaultToken);
  return openKeyFile(config.keyFile);
}

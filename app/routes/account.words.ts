import type { Browser, Machine, ProofKind } from "#app/people/session.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";

/** Where an hour is shown to somebody of whom no agency is known: the state's own zone. */
export const ZONE = "America/Los_Angeles";

const BROWSER_WORDS: Readonly<Record<Browser, WordKey>> = {
  edge: "factors.browserEdge",
  firefox: "factors.browserFirefox",
  chrome: "factors.browserChrome",
  safari: "factors.browserSafari",
  other: "factors.browserOther",
};

const MACHINE_WORDS: Readonly<Record<Machine, WordKey>> = {
  iphone: "factors.machineIphone",
  android: "factors.machineAndroid",
  windows: "factors.machineWindows",
  mac: "factors.machineMac",
  linux: "factors.machineLinux",
  other: "factors.machineOther",
};

export const PROOF_WORDS = {
  mail: "factors.byMail",
  totp: "factors.byTotp",
  passkey: "factors.byPasskey",
  recovery: "factors.byRecovery",
  agency: "factors.byAgency",
  demo: "factors.byDemo",
} as const satisfies Record<ProofKind, WordKey>;

/** Says a browser and its machine: "Firefox on Linux". */
export function useDeviceName(): (device: { browser: Browser; machine: Machine }) => string {
  const { t, say } = useWords();
  return ({ browser, machine }) =>
    t("factors.deviceOn", {
      browser: say({ key: BROWSER_WORDS[browser] }),
      machine: say({ key: MACHINE_WORDS[machine] }),
    });
}

import { Alert } from "#app/ui/alert.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { useWords } from "#app/ui/words/use-words.tsx";

/** Why an answer that goes out now is not read yet. */
export function FrozenUntil({ until, zone }: { until: string | null; zone: string }) {
  const { t, locale } = useWords();
  if (until === null) return null;
  return <Alert kind="warning">{t("desk.frozenUntil", { date: formatInstant(until, zone, locale) })}</Alert>;
}

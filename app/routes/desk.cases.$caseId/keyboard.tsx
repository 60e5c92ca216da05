import { type RefObject, useEffect, useRef, useState } from "react";
import { useWords } from "#app/ui/words/use-words.tsx";
import { COMMANDS, commandOf, KEYS } from "./desk-keys.ts";
import { clickInList, isTypingIn, run } from "./drive-list.ts";

/** Where a browser keeps that its reader wants no single keys. */
const OFF = "wholooked-desk-keys";

/** What drives the list by single keys, and says which; nothing without scripts, where Tab and Space do it all. */
export function Keyboard({ form }: { form: RefObject<HTMLFormElement> }) {
  const { t } = useWords();
  const [on, setOn] = useState<boolean | null>(null);
  const help = useRef<HTMLDetailsElement>(null);
  const anchor = useRef<string | null>(null);
  useEffect(() => setOn(localStorage.getItem(OFF) === null), []);
  useEffect(() => {
    if (on !== true) return;
    const press = (event: KeyboardEvent) => {
      const command = commandOf(event, isTypingIn(event.target));
      if (command === null || form.current === null) return;
      event.preventDefault();
      run(command, { form: form.current, help: help.current, anchor });
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on, form]);
  useEffect(() => {
    const list = form.current;
    if (list === null) return;
    const click = (event: MouseEvent) => clickInList(event, list, anchor);
    list.addEventListener("click", click);
    return () => list.removeEventListener("click", click);
  }, [form]);
  if (on === null) return null;
  const turn = (wanted: boolean) => {
    if (wanted) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
    setOn(wanted);
  };
  return (
    <details className="wl-details" ref={help}>
      <summary>{t("workspace.keysTitle")}</summary>
      <div className="wl-details__body">
        <p>{t("workspace.keysLead")}</p>
        <div className="usa-checkbox">
          <input
            className="usa-checkbox__input"
            id="keys-on"
            type="checkbox"
            checked={on}
            onChange={(event) => turn(event.currentTarget.checked)}
          />
          <label className="usa-checkbox__label" htmlFor="keys-on">
            {t("workspace.keysOn")}
          </label>
        </div>
        <dl className="wl-keys">
          {COMMANDS.map((command) => (
            <div key={command}>
              <dt>
                <kbd>{KEYS[command].shift === true ? `Shift+${KEYS[command].key}` : KEYS[command].key}</kbd>
              </dt>
              <dd>{t(KEYS[command].says)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}

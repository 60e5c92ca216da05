import { randomUUID } from "node:crypto";

/** A new row's id. Random, so that nobody can walk from his own id to a neighbour's. */
export function newId(): string {
  return randomUUID();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether text from a URL can be an id at all; PostgreSQL would answer anything else with an error. */
export function isId(text: string | undefined): text is string {
  return text !== undefined && UUID.test(text);
}

import type { Response } from "express";

/**
 * The few answers that are given before any page can be drawn, and so before a language is known:
 * one plain sentence in each.
 */
export function answerPlainly(response: Response, status: number, sentence: { en: string; es: string }): void {
  response.status(status).type("text/plain").send(`${sentence.en}\n${sentence.es}\n`);
}

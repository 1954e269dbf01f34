// SPDX-License-Identifier: EUPL-1.2
// An answer of `match` with types made of its schema: npm install && npm run typescript
import type { MatchAnswer, MatchLine } from "./match.answer";

/** The best vacancy of each candidate that can start now. */
export function bestNow(json: string): Map<string, MatchLine> {
  const answer: MatchAnswer = JSON.parse(json);
  const now = answer.matches.filter((line) => line.rank === 1 && line.readiness.class === "now");
  return new Map(now.map((line) => [line.candidate, line]));
}

/** What has to be done first for a line, in the order of time. */
export function steps(line: MatchLine): string[] {
  return (line.readiness.steps ?? []).map((step) => `${step.owner}: ${step.id}, about ${step.days?.usual} days`);
}

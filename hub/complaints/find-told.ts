import {
  type Answer,
  digestText,
  type EventType,
  type FollowUp,
  normaliseText,
  type Post,
} from '../../schemas/index.ts';
import { isPartOf, wordsOf } from './event-facts.ts';
import { isAtHub } from './speakers.ts';
import type { Link, Matter, NumberedEvent, Statement } from './state.ts';

/**
 * The event that told this part before. It is found by the board's id of the part, otherwise by its words, which a
 * board shows each time. A caller or a form that repeats words means them as new; repeated calls were recognised before
 * (repetition.ts).
 */
export function findTold(
  matter: Matter,
  statement: Statement,
  part: Answer | FollowUp,
  types: readonly EventType[],
): NumberedEvent | undefined {
  const { via, agency } = statement.actor;
  const link = isAtHub(statement.actor) ? undefined : matter.links.find((one) => one.agency === agency);
  const words = normaliseText(part.text);
  const same = matter.told.filter((event) => isPartOf(event, types));
  if (link && part.id) {
    const bySeq = same.filter((event) => link.parts[event.seq] === part.id);
    const newest = bySeq.at(-1);
    // An officer who corrects an answer on its own board says something new. What the hub wrote there may have lost its
    // layout on the way and is not news.
    if (newest)
      return newest.linkId !== link.id || normaliseText(wordsOf(newest)) === words ? newest : undefined;
    if (via !== 'board') return undefined;
    const echo = same.find(
      (event) => link.parts[event.seq] === undefined && normaliseText(wordsOf(event)) === words,
    );
    if (echo) link.parts[echo.seq] = part.id;
    return echo;
  }
  if (via !== 'board' || hasComeBack(link, statement, words, same)) return undefined;
  return same.find((event) => normaliseText(wordsOf(event)) === words);
}

/**
 * A board that keeps one answer without an id may show A, then B, then A again. Then the newest words are gone, and
 * words are there that the last look did not show and nobody delivered.
 */
function hasComeBack(
  link: Link | undefined,
  statement: Statement,
  words: string,
  same: NumberedEvent[],
): boolean {
  const newest = same.at(-1);
  if (!link?.seen.told || !newest || isOutdated(link, statement)) return false;
  const before = link.seen.told;
  const { held = 0 } = link.seen;
  const wasReplaced = digestText(wordsOf(newest));
  const isBrought = same.some(
    (event) => event.linkId !== link.id && event.seq > held && normaliseText(wordsOf(event)) === words,
  );
  return (
    before.includes(wasReplaced) &&
    !before.includes(digestText(words)) &&
    !listTold(statement.post).includes(wasReplaced) &&
    !isBrought
  );
}

/** The parts of a post that only their words can tell apart. */
export const listTold = ({ answers = [], followUps = [] }: Post): string[] =>
  [...answers, ...followUps].filter(({ id }) => id === undefined).map(({ text }) => digestText(text));

/** While a board is brought up to date after a set-back, it passes through old states. */
export function isOutdated(source: Link | undefined, { readAt }: Statement): boolean {
  return source?.returnedAt !== undefined && readAt !== undefined && readAt <= source.returnedAt;
}

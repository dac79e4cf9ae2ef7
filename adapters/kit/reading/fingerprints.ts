import { digestText, digestTitle, type Status, statuses, toReason } from '../../../schemas/index.ts';
import { BoardError, type Fingerprint, isStandIn, type PartPrint, type Pulled } from '../../contract.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { minusSeconds } from '../text/board-time.ts';
import { toId } from './board-ref.ts';
import { fingerprint } from './digest.ts';
import { readList } from './page-rows.ts';

/** How an agency's configuration describes the list of what its board holds. */
export interface HoldingMapping {
  items: Mapping;
  externalId: Mapping;
  /** Reads one item. Returns the part of the canonical post that the list shows. */
  post: Mapping;
}

export interface HoldingPlan {
  pageSize: number;
  mapping: HoldingMapping;
  /** Returns the board's reply for the page after this post (absent: the first). Pages count from 1. */
  fetchPage(after: string | undefined, page: number): Promise<unknown>;
}

/**
 * Lists what the board holds, page by page in the board's own order. A page begins after the last post's id if the
 * board can do that, else pages are numbered.
 */
export async function* listHoldings({
  pageSize,
  mapping,
  fetchPage,
}: HoldingPlan): AsyncGenerator<Fingerprint> {
  let after: string | undefined;
  let last: string | undefined;
  for (let page = 1; ; page++) {
    const list = await readList(mapping.items, await fetchPage(after, page));
    if (list === undefined) throw new BoardError('malformed', toReason('no_holdings'));
    const before = last;
    for (const item of list) {
      const externalId = toId(await mapping.externalId.evaluate(item).catch(() => undefined));
      // A record without an id cannot be compared. It hides no other record.
      if (externalId === undefined || isStandIn(externalId)) continue;
      after = externalId;
      yield toFingerprint(externalId, await mapping.post.evaluate(item).catch(() => undefined));
    }
    if (list.length < pageSize) return;
    last = fingerprint(list.at(-1));
    if (last !== before) continue;
    // A board that gives more than a page gives everything at once.
    if (list.length > pageSize) return;
    throw new BoardError('malformed', toReason('same_page_again'));
  }
}

/**
 * For a board whose configuration describes no list of its own. It reads everything as `pull` does, from one overlap
 * before `since`.
 */
export async function* listPulled(
  pull: (cursor: string | undefined) => Promise<Pulled>,
  toPost: (raw: unknown) => Promise<unknown>,
  from: { since: Date | undefined; overlapSeconds: number },
): AsyncGenerator<Fingerprint> {
  let cursor = from.since && startingAt(minusSeconds(from.since.toISOString(), from.overlapSeconds));
  for (let more = true; more; ) {
    const pulled = await pull(cursor);
    for (const { externalId, raw } of pulled.posts)
      if (!isStandIn(externalId)) yield toFingerprint(externalId, await toPost(raw));
    ({ cursor, more } = pulled);
  }
}

/** A cursor of kit/reading/cursor.ts that begins at this time. */
const startingAt = (since: string) => JSON.stringify({ since, page: 1, seen: {} });

/** The marks of those parts of a canonical post that are present. */
export function toFingerprint(externalId: string, post: unknown): Fingerprint {
  const { receiptNumber, content, status, answers, followUps } = asObject(post);
  const { title, body, filedAt } = asObject(content);
  const marks = {
    receiptNumber: toText(receiptNumber),
    filedAt: toText(filedAt),
    status: statuses.find((one) => one === status) as Status | undefined,
    title: toText(title) && digestTitle(String(title)),
    body: toText(body) && digestText(String(body)),
    answers: toParts(answers),
    followUps: toParts(followUps),
  };
  const given = Object.entries(marks).filter(([, mark]) => mark !== undefined);
  return { externalId, ...Object.fromEntries(given) };
}

function toParts(parts: unknown): PartPrint[] | number | undefined {
  if (typeof parts === 'number') return parts;
  if (!Array.isArray(parts)) return undefined;
  return parts.map((part) => {
    const { id, text } = asObject(part);
    const own = toId(id);
    return { text: digestText(String(text ?? '')), ...(own !== undefined && { id: own }) };
  });
}

const toText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

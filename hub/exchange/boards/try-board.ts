import type { CheckReport, Normalised, PulledPost } from '../../../adapters/contract.ts';
import type { EventType, Post, Problem } from '../../../schemas/index.ts';
import { fromGivenProblem, reasonOf } from '../../../schemas/reason.ts';
import { maskSample } from '../../access/people/mask-sample.ts';
import type { Board } from './boards.ts';
import { toSampleChanges } from './sample-changes.ts';

/** A post of a board, kept for trying mappings on it. */
export interface Sample {
  externalId: string;
  raw: unknown;
}

export type Tried = { externalId: string } & ({ ok: true; post: Post } | { ok: false; problems: Problem[] });

export type Drafted = { event: EventType } & (
  | { ok: true; request: unknown }
  | { ok: false; problems: Problem[] }
);

const milliseconds = 60_000;
/** The most posts in one answer of an agent (schemas/calls/agent-calls.ts). */
const mostOfAgent = 100;

/** Checks whether the board answers, accepts the hub's credentials, and has the expected shape. */
export function checkBoard({ adapter }: Pick<Board, 'adapter'>): Promise<CheckReport> {
  return adapter.check(AbortSignal.timeout(milliseconds));
}

/**
 * Posts of the board, oldest change first, with personal data masked. Nothing is stored, and the hub's cursor stays
 * where it is. Throws BoardError, or RangeError if the board is not read.
 */
export async function sampleBoard(board: Board, most: number): Promise<Sample[]> {
  const { connection, beside } = board;
  const posts = await (beside
    ? beside.sample(Math.min(most, mostOfAgent), AbortSignal.timeout(milliseconds))
    : pullSome(board, most));
  const tables = (connection.settings.codes ?? {}) as Record<string, Record<string, string>>;
  const codes = new Set(Object.values(tables).flatMap((table) => Object.keys(table)));
  return posts.slice(0, most).map(({ externalId, raw }) => ({ externalId, raw: maskSample(raw, { codes }) }));
}

async function pullSome({ adapter, agency }: Board, most: number): Promise<PulledPost[]> {
  const posts: PulledPost[] = [];
  let cursor: string | undefined;
  for (let more = true; more && posts.length < most; ) {
    if (!adapter.pull) throw new RangeError(`the board of ${agency.code} is not read (no pull)`);
    const pulled = await adapter.pull(cursor, AbortSignal.timeout(milliseconds));
    posts.push(...pulled.posts);
    ({ cursor, more } = pulled);
  }
  return posts;
}

/** What the mapping makes of each sample, and its problems. */
export function tryMapping({ adapter }: Board, samples: Sample[]): Promise<Tried[]> {
  return Promise.all(
    samples.map(async ({ externalId, raw }) => ({ externalId, ...toTried(await adapter.normalise(raw)) })),
  );
}

/** What the board would be sent for an invented complaint, one event each, and the problems. Nothing is sent. */
export function tryPush({ adapter, agency }: Pick<Board, 'adapter' | 'agency'>): Promise<Drafted[]> {
  if (!adapter.draft) throw new RangeError(`the adapter of ${agency.code} has nothing to show`);
  return Promise.all(
    toSampleChanges(agency.code)
      .filter(({ event }) => adapter.carries.has(event.type))
      .map(async (change): Promise<Drafted> => {
        const { type: event, seq } = change.event;
        const key = `${change.complaint.receiptNumber}/${seq}`;
        try {
          return { event, ok: true, request: await adapter.draft?.(change, key) };
        } catch (error) {
          return { event, ok: false, problems: problemsOf(error) };
        }
      }),
  );
}

/** A refusal names its fields. Any other error is about the whole request. */
function problemsOf(error: unknown): Problem[] {
  const { fields } = error as { fields?: Problem[] };
  return Array.isArray(fields) && fields.length > 0 ? fields : [{ pointer: '', reason: reasonOf(error) }];
}

const toTried = (normalised: Normalised) =>
  normalised.ok ? normalised : { ok: false as const, problems: normalised.problems.map(fromGivenProblem) };

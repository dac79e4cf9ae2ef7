/** The methods of a board that is described by expressions. Each kind of board adds how requests are sent. */
import { type EventType, ReasonError, toReason } from '../../../schemas/index.ts';
import type {
  Abilities,
  BoardAdapter,
  BoardRef,
  Change,
  CheckReport,
  Fingerprint,
  Normalised,
  Outcome,
  Pulled,
  PulledPost,
} from '../../contract.ts';
import { HttpError } from '../http/http-errors.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { normalise } from '../mapping/normalise.ts';
import { toBoardError, toOutcome } from '../outcome/call-error.ts';
import { refusedBefore } from '../outcome/refused-before.ts';
import { toPushInput, toRef } from '../reading/board-ref.ts';
import { checkPaging } from '../reading/check-paging.ts';
import { checkReading, toReport } from '../reading/check-reading.ts';
import { pullPosts } from '../reading/cursor.ts';
import { findAsks } from '../reading/find-asks.ts';
import { type HoldingMapping, listHoldings, listPulled } from '../reading/fingerprints.ts';
import { findRecordProblems, type RowMapping, toPageRows, toPulledPost } from '../reading/page-rows.ts';
import type { PageRow, PullPlan } from '../reading/pull-plan.ts';
import { hideSecretMarks, mapJsonTexts } from '../text/secret-mark.ts';
import { completeRead, itemOf, problemOf, toCompletion } from './detailed-posts.ts';
import { beginLook, type FurtherCall, type Look, makeFurtherCalls } from './further-calls.ts';
import type { Prepare, Send } from './prepare.ts';

export interface MappedQuestion {
  prepare: Prepare;
  /**
   * Reads {reply, change, key}, or for a file {reply} and the input. Returns {externalId, partId?}, or nothing if the
   * board does not hold it.
   */
  ref: Mapping;
  /** True if the error says that the board does not hold it. */
  isAbsent?(error: HttpError): boolean;
}

interface MappedPush {
  prepare: Prepare;
  /** Builds the same request for people to look at. Marks of secrets may be in it. */
  draft(input: Record<string, unknown>): Promise<unknown>;
  externalId?: Mapping;
  partId?: Mapping;
}

export interface MappedBoard {
  /** Absent: the board is only written to. */
  normalise?: Mapping;
  /** `prepare` reads {since, page, size}. */
  pull?: RowMapping & {
    prepare: Prepare;
    /** Calls about a page, before `items`. They know {reply, since, page, size}. */
    pageDetail?: readonly FurtherCall[] | undefined;
    /** Calls about each new or changed post. They know {item, externalId}. */
    detail?: readonly FurtherCall[] | undefined;
    /** What `prepare` evaluates, and its text. It tells whether this board is asked by time and by page. */
    question: { mapping: Mapping; source: string };
    pageSize?: number | undefined;
    overlapSeconds?: number | undefined;
  };
  /** How posts that the board sends by itself are known. */
  received?: Pick<RowMapping, 'externalId' | 'updatedAt'>;
  push: ReadonlyMap<string, MappedPush>;
  find?: MappedQuestion;
  /** `prepare` reads {since, after, page, size}. */
  fingerprints?: HoldingMapping & { prepare: Prepare; pageSize?: number | undefined };
  /** `prepare` reads {externalId}. */
  read?: { prepare: Prepare; item: Mapping; isAbsent(error: HttpError): boolean | Promise<boolean> };
}

type Pull = NonNullable<MappedBoard['pull']>;

interface Call {
  key: string;
  signal: AbortSignal;
}

/** Creates only the methods that are described. A board that cannot be asked has no `find`. */
export function createMappedBoard(
  board: MappedBoard,
): Pick<
  BoardAdapter,
  'pull' | 'normalise' | 'carries' | 'push' | 'draft' | 'find' | 'fingerprints' | 'read'
> {
  const { pull: rows, find, read } = board;
  return {
    ...(rows && { pull: (cursor, signal, pace) => pull(rows, cursor, beginLook(signal, pace)) }),
    normalise: (raw) => normaliseRecord(board, raw),
    carries: new Set([...board.push.keys()] as EventType[]),
    ...(board.push.size > 0 && {
      push: (change, call) => push(board, change, call),
      draft: (change, key) => draft(board, change, key),
    }),
    ...(find && {
      find: (change, { key, signal }) => ask(find, toPushInput(change, key), { change, key }, signal),
    }),
    ...((board.fingerprints ?? rows) && {
      fingerprints: (since, signal) => fingerprints(board, since, signal),
    }),
    ...(read && rows && { read: (id, signal) => readOne(read, rows, id, signal) }),
  };
}

/** The abilities of the board that {@link createMappedBoard} creates from such settings. */
export const toAbilities = (settings: {
  pull?: object;
  push?: object;
  fingerprints?: object;
}): Abilities => ({
  carries: new Set(Object.keys(settings.push ?? {}) as EventType[]),
  pull: settings.pull !== undefined,
  changes: false,
  fingerprints: (settings.fingerprints ?? settings.pull) !== undefined,
});

/** A record that cannot be placed on its board, or completed, is no post, whatever the mapping makes of it. */
async function normaliseRecord(
  { normalise: mapping, pull: rows, received }: MappedBoard,
  raw: unknown,
): Promise<Normalised> {
  const problem = rows?.detail && problemOf(raw);
  if (problem) return { ok: false, problems: [problem] };
  const marks = rows ?? received;
  const problems = marks ? await findRecordProblems(marks, rows?.detail ? itemOf(raw) : raw) : [];
  return problems.length > 0 ? { ok: false, problems } : normalise(mapping, raw);
}

/** "Test connection" for a board that is read: the first page, what the mapping makes of it, and how the board pages. */
export async function checkPulling(
  board: MappedBoard,
  rows: Pull,
  signal: AbortSignal,
): Promise<CheckReport> {
  const report = await checkReading(
    () => pull(rows, undefined, beginLook(signal), 1),
    (raw) => normaliseRecord(board, raw),
  );
  if (!report.lines[0]?.ok) return report;
  const lines = [...report.lines, ...(await checkPaging(await toPlan(rows, beginLook(signal))))];
  return toReport(lines);
}

async function toPlan(rows: Pull, look: Look): Promise<Omit<PullPlan, 'cursor' | 'maxPages'>> {
  const { question, pageSize = 100, overlapSeconds = 60, detail } = rows;
  const { mapping, source } = question;
  let at: { since: string | undefined; page: number } = { since: undefined, page: 1 };
  return {
    pageSize,
    overlapSeconds,
    asks: await findAsks(mapping, { source, size: pageSize }),
    async fetchPage(since, page) {
      const found = await readPage(rows, { since, page }, look);
      // A question that had no answer is no page: it only tried the board.
      if (found.length > 0) at = { since, page };
      return found;
    },
    complete: detail && toCompletion(detail, look, () => readPage(rows, at, look)),
  };
}

async function pull(rows: Pull, cursor: string | undefined, look: Look, maxPages = 10): Promise<Pulled> {
  try {
    const plan = await toPlan(rows, look);
    const { failed, ...pulled } = await pullPosts({ cursor, maxPages, ...plan });
    // A look that was given up has got somewhere, so the board is not at fault.
    return failed && !look.signal.aborted ? { ...pulled, failed } : pulled;
  } catch (error) {
    throw toBoardError(error);
  }
}

async function readPage(
  rows: Pull,
  { since, page }: { since: string | undefined; page: number },
  look: Look,
): Promise<PageRow[]> {
  const known = { since, page, size: rows.pageSize ?? 100 };
  const send = await rows.prepare(known);
  await look.pace();
  const reply = await send(look.signal);
  if (!rows.pageDetail) return toPageRows(rows, reply, since);
  const told = { ...known, reply };
  return toPageRows(rows, { ...told, ...(await makeFurtherCalls(rows.pageDetail, told, look)) }, since);
}

async function draft(board: MappedBoard, change: Change, key: string): Promise<unknown> {
  const { type } = change.event;
  const operation = board.push.get(type);
  if (!operation) throw new ReasonError(toReason('carries_not', { event: type }));
  return mapJsonTexts(await operation.draft(toPushInput(change, key)), hideSecretMarks);
}

async function push(board: MappedBoard, change: Change, { key, signal }: Call): Promise<Outcome> {
  const { type } = change.event;
  const operation = board.push.get(type);
  if (!operation) return { kind: 'refused', reason: toReason('carries_not', { event: type }) };
  if (!operation.externalId && !change.ref)
    return {
      kind: 'refused',
      reason: toReason('at', { place: `push.${type}`, detail: toReason('not_held') }),
    };
  let send: Send;
  try {
    send = await operation.prepare(toPushInput(change, key));
  } catch (error) {
    return refusedBefore(error, `push.${type}`);
  }
  try {
    const reply = await send(signal);
    const externalId = operation.externalId
      ? await operation.externalId.evaluate(reply)
      : change.ref?.externalId;
    const ref = toRef(externalId, await operation.partId?.evaluate(reply));
    return ref ? { kind: 'done', ref } : { kind: 'unknown', reason: toReason('no_post_named'), isOver: true };
  } catch (error) {
    return toOutcome(error);
  }
}

/**
 * Asks whether the board holds what `input` describes. `told` is what `ref` reads. Throws BoardError when the board
 * gives no answer.
 */
export async function ask(
  { prepare, ref, isAbsent }: MappedQuestion,
  input: Record<string, unknown>,
  told: Record<string, unknown>,
  signal: AbortSignal,
): Promise<BoardRef | undefined> {
  try {
    const send = await prepare(input);
    const found = (await ref.evaluate({ reply: await send(signal), ...told })) as
      | Partial<BoardRef>
      | undefined;
    return toRef(found?.externalId, found?.partId);
  } catch (error) {
    if (error instanceof HttpError && isAbsent?.(error)) return undefined;
    throw toBoardError(error);
  }
}

async function* fingerprints(
  { normalise: mapping, fingerprints: holdings, pull: rows }: MappedBoard,
  since: Date | undefined,
  signal: AbortSignal,
): AsyncGenerator<Fingerprint> {
  try {
    if (holdings) {
      const { prepare, pageSize = 100 } = holdings;
      const fetchPage = async (after: string | undefined, page: number) => {
        const send = await prepare({ since: since?.toISOString(), after, page, size: pageSize });
        return send(signal);
      };
      yield* listHoldings({ pageSize, mapping: holdings, fetchPage });
    } else if (rows) {
      const toPost = async (raw: unknown) => {
        // Without a call per post, the list shows only that the post is there.
        const result = rows.detail ? undefined : await normalise(mapping, raw);
        return result?.ok ? result.post : undefined;
      };
      const { overlapSeconds = 60 } = rows;
      const listed = { ...rows, detail: undefined };
      const read = (cursor: string | undefined) => pull(listed, cursor, beginLook(signal), 1);
      yield* listPulled(read, toPost, { since, overlapSeconds });
    }
  } catch (error) {
    throw toBoardError(error);
  }
}

async function readOne(
  { prepare, item, isAbsent }: NonNullable<MappedBoard['read']>,
  rows: Pull,
  externalId: string,
  signal: AbortSignal,
): Promise<PulledPost | undefined> {
  try {
    const send = await prepare({ externalId });
    const found = await item.evaluate(await send(signal));
    if (found === undefined) return undefined;
    const post = await toPulledPost(rows, found);
    if (!rows.detail) return post;
    const { version, ...listed } = post;
    return await completeRead(rows.detail, rows.version ? post : listed, beginLook(signal));
  } catch (error) {
    if (error instanceof HttpError && (await isAbsent(error))) return undefined;
    throw toBoardError(error);
  }
}

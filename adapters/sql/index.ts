import { type EventType, ReasonError, reasonOf, toReason } from '../../schemas/index.ts';
import {
  type AdapterContext,
  type AdapterKind,
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type Change,
  type CheckReport,
  type Fingerprint,
  type Normalised,
  type Outcome,
  type Pulled,
  type PulledPost,
} from '../contract.ts';
import { mustBeAllowedPath } from '../kit/http/allowed-path.ts';
import { toAuthorityPaths } from '../kit/http/certificate-authority.ts';
import { normalise } from '../kit/mapping/normalise.ts';
import { toBoardError, toOutcome } from '../kit/outcome/call-error.ts';
import { checkReading, toReport } from '../kit/reading/check-reading.ts';
import { pullPosts } from '../kit/reading/cursor.ts';
import { listHoldings } from '../kit/reading/fingerprints.ts';
import { findRecordProblems, toPulledPost } from '../kit/reading/page-rows.ts';
import type { PageRow } from '../kit/reading/pull-plan.ts';
import { minusSeconds } from '../kit/text/board-time.ts';
import { createSqlShape } from './board-shape.ts';
import { checkProduct } from './check-product.ts';
import { checkTables } from './check-tables.ts';
import { createSqlClient } from './client.ts';
import { checkSqlSettings, listSqlPlaces, readSqlSettings, SqlSettings } from './config.ts';
import { checkFiles, createSqlFiles } from './files/files.ts';
import { compileSqlMappings, toRowMapping } from './mapping.ts';
import { checkDraft, draft } from './rows/draft.ts';
import { readPage } from './rows/read.ts';
import { settle } from './rows/settle.ts';
import { type ConnectedParts as Parts, toEventJob } from './rows/work.ts';
import { bring, findBrought } from './rows/write.ts';
import { createShapes } from './shape.ts';
import { listWrittenPlaces } from './written-places.ts';

/** Boards whose own tables are read and written, as data describes. */
export const sqlAdapter: AdapterKind = {
  name: 'sql',
  carriesParts: true,
  offers: ['pull', 'push', 'find', 'fingerprints', 'fetchAttachment', 'pushAttachment', 'shape'],
  settings: SqlSettings,
  checkSettings: checkSqlSettings,
  expressions: listSqlPlaces,
  needs: (settings) => {
    const { host, filesIn, tls } = readSqlSettings(settings);
    return {
      hosts: [host],
      paths: [...(filesIn === undefined ? [] : [filesIn]), ...toAuthorityPaths(tls?.ca)],
    };
  },
  writesTo: (settings) => listWrittenPlaces(readSqlSettings(settings)),
  abilities(settings) {
    const { pull, ...read } = readSqlSettings(settings);
    return { carries: listCarried(read), pull: !!pull, changes: false, fingerprints: !!pull };
  },
  create: (settings, context) => createSqlAdapter(readSqlSettings(settings), context),
};

interface Call {
  key: string;
  signal: AbortSignal;
}

function createSqlAdapter(settings: SqlSettings, given: AdapterContext): BoardAdapter {
  const context = { ...given, timeZone: settings.timeZone ?? given.timeZone };
  if (settings.filesIn !== undefined) mustBeAllowedPath(context, settings.filesIn);
  const client = createSqlClient(settings, context);
  const { dialect } = client;
  const { timeZone } = context;
  const parts: Parts = {
    settings,
    mappings: compileSqlMappings(settings, context),
    client,
    dialect,
    timeZone,
    shapes: createShapes(dialect),
  };
  const carries = listCarried(settings);
  return {
    ...(settings.pull && {
      pull: (cursor: string | undefined, signal: AbortSignal) => pull(parts, cursor, signal),
      fingerprints: (since: Date | undefined, signal: AbortSignal) => fingerprints(parts, since, signal),
      read: (id: string, signal: AbortSignal) => read(parts, id, signal),
    }),
    normalise: (raw) => normaliseRow(parts, raw),
    carries,
    ...(carries.size > 0 && {
      push: (change: Change, call: Call) => push(parts, carries, change, call),
      draft: async (change: Change, key: string) => {
        const { type } = change.event;
        if (!carries.has(type)) throw new ReasonError(toReason('carries_not', { event: type }));
        return draft(parts, change, key);
      },
      checkDraft,
      find: (change: Change, call: Call) => find(parts, change, call),
      findIsFinal: true as const,
    }),
    ...createSqlFiles(parts),
    ...createSqlShape(parts),
    check: (signal) => check(parts, signal),
    close: client.close,
  };
}

function listCarried({ push = {}, carries }: Pick<SqlSettings, 'push' | 'carries'>): Set<EventType> {
  const described = Object.keys(push) as EventType[];
  return new Set(described.filter((type) => carries?.includes(type) ?? true));
}

/** A row that cannot be placed among the posts is no post, whatever the mapping makes of it. */
async function normaliseRow({ settings, mappings, timeZone }: Parts, raw: unknown): Promise<Normalised> {
  const { pull: plan } = settings;
  const problems = plan ? await findRecordProblems(toRowMapping(plan, timeZone), raw) : [];
  return problems.length > 0 ? { ok: false, problems } : normalise(mappings.normalise, raw);
}

async function pull(
  parts: Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages = 10,
): Promise<Pulled> {
  const { settings, client, timeZone } = parts;
  const { pull: plan } = settings;
  if (!plan) throw new BoardError('malformed', toReason('not_read'));
  const { pageSize = 100, overlapSeconds = 60 } = plan;
  try {
    return await client.use(signal, (session) => {
      const fetchPage = async (since: string | undefined, page: number) => {
        const rows = await readPage(parts, session, plan, timeZone, { since, page });
        // The first reading of a board looks at its whole past, and so does a check.
        if (cursor !== undefined) await settle(parts, session, plan, rows);
        return rows;
      };
      return pullPosts({ cursor, overlapSeconds, pageSize, maxPages, fetchPage });
    });
  } catch (error) {
    throw toBoardError(error);
  }
}

/** Reads in the order of ids, so that changes meanwhile move nothing. It begins one overlap before `since`. */
async function* fingerprints(
  parts: Parts,
  since: Date | undefined,
  signal: AbortSignal,
): AsyncGenerator<Fingerprint> {
  const { settings, mappings, client, timeZone } = parts;
  const { pull: plan } = settings;
  if (!plan) throw new BoardError('malformed', toReason('not_read'));
  const { pageSize = 100, overlapSeconds = 60 } = plan;
  const from = since && minusSeconds(since.toISOString(), overlapSeconds);
  const over = (read: (row: PageRow) => unknown) => ({
    evaluate: async (row: unknown) => read(row as PageRow),
  });
  const mapping = {
    items: { evaluate: async (rows: unknown) => rows },
    externalId: over(({ externalId }) => externalId),
    post: over(({ raw }) => mappings.normalise.evaluate(raw)),
  };
  const fetchPage = (after: string | null = null) =>
    client.use(signal, (session) => readPage(parts, session, plan, timeZone, { since: from, after }));
  try {
    yield* listHoldings({ pageSize, mapping, fetchPage });
  } catch (error) {
    throw toBoardError(error);
  }
}

async function read(parts: Parts, id: string, signal: AbortSignal): Promise<PulledPost | undefined> {
  const { settings, client, timeZone } = parts;
  const { pull: plan } = settings;
  if (!plan) throw new BoardError('malformed', toReason('not_read'));
  try {
    const [row] = await client.use(signal, (session) => readPage(parts, session, plan, timeZone, { id }));
    return row && (await toPulledPost(toRowMapping(plan, timeZone), row.raw));
  } catch (error) {
    throw toBoardError(error);
  }
}

async function push(
  parts: Parts,
  carries: ReadonlySet<EventType>,
  change: Change,
  { key, signal }: Call,
): Promise<Outcome> {
  const { type } = change.event;
  if (!carries.has(type)) return { kind: 'refused', reason: toReason('carries_not', { event: type }) };
  if (type !== 'registered' && !change.ref)
    return {
      kind: 'refused',
      reason: toReason('at', { place: `push.${type}`, detail: toReason('not_held') }),
    };
  try {
    const ref = await parts.client.use(signal, (session) =>
      bring(parts, session, toEventJob(parts, change, key)),
    );
    return { kind: 'done', ref };
  } catch (error) {
    return toOutcome(error);
  }
}

async function find(parts: Parts, change: Change, { key, signal }: Call): Promise<BoardRef | undefined> {
  if (change.event.type !== 'registered' && !change.ref) return undefined;
  try {
    return await parts.client.use(signal, (session) =>
      findBrought(parts, session, toEventJob(parts, change, key)),
    );
  } catch (error) {
    throw toBoardError(error);
  }
}

/** Checks the connection, the tables and the rights. If the settings read the board, it also reads a page. */
async function check(parts: Parts, signal: AbortSignal): Promise<CheckReport> {
  try {
    const tables = await parts.client.use(signal, (session) => checkTables(parts, session, parts.timeZone));
    const lines = [...tables, ...(await checkFiles(parts, signal))];
    if (lines.some(({ ok }) => !ok)) return toReport(lines);
    lines.push(...(await parts.client.use(signal, (session) => checkProduct(parts, session))));
    if (!parts.settings.pull) return toReport(lines);
    const read = async () => (await pull(parts, undefined, signal, 1)).posts;
    const reading = await checkReading(read, (raw) => normaliseRow(parts, raw));
    return toReport([...lines, ...reading.lines]);
  } catch (error) {
    return toReport([{ what: toReason('checked_database'), ok: false, detail: reasonOf(error) }]);
  }
}

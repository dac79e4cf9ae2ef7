import type {
  AgentAsk,
  AgentChange,
  AgentChanges,
  ChangesRequest,
  EventType,
} from '../../../schemas/index.ts';
import { toFileName } from '../../attachments/file-name.ts';
import { type Disclosure, disclosureOf, rolesWithFiles } from '../../complaints/disclosure/disclosure.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import type { Store } from '../../store/database.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import { agentPolicy } from '../boards/agent-policy.ts';
import type { Board } from '../boards/boards.ts';
import { keyOf } from '../delivery/level-link.ts';
import { mustBeGivenOut, UnknownCursor } from '../feed/feed-cursor.ts';
import { giveOut, giveOutAll } from '../feed/feed-give-out.ts';
import type { Recipient } from '../feed/feed-item.ts';
import { type GivenRow, noteProvided, readGiven } from '../feed/feed-read.ts';
import { keyOfFile } from '../files/bring-files.ts';
import { toLinkedChange } from '../parts/to-part-change.ts';
import { takeLogAsk } from './agent-logs.ts';

/** The changes that an agent should bring, and the questions for it. */
export type Due = Pick<AgentChanges, 'changes' | 'cursor' | 'more' | 'asks'>;

/** The hub's own tables, and those of test complaints. */
export interface FeedStores {
  store: Store;
  trialStore: Store;
}

/**
 * Reads on behind a cursor: what is real of an agency that is live, and test complaints of one on trial. In rehearsal
 * nothing is written to its board, and its agent is only asked. Errors: UnknownCursor; the agent then has to ask
 * without a cursor.
 */
export async function readDue(
  { store, trialStore }: FeedStores,
  board: Board,
  request: ChangesRequest,
): Promise<Due> {
  const { code } = board.agency;
  const stage = stageOf(board.agency);
  const due =
    stage === 'rehearsal'
      ? { changes: [], cursor: request.after ?? '0', more: false }
      : await readChanges(
          stage === 'live' ? store : trialStore,
          board,
          await listKnown(store, code, board.adapter.carries),
          request,
        );
  return { ...due, asks: await takeAllAsks(store, code, stage === 'live') };
}

/**
 * An agent without a cursor is new, or has lost its state. Its board may then hold what was given out before, so these
 * changes are marked as such.
 */
async function readChanges(
  store: Store,
  { agency, adapter }: Board,
  known: ReadonlySet<EventType>,
  { after, limit = 100 }: ChangesRequest,
): Promise<Omit<Due, 'asks'>> {
  const { code } = agency;
  const disclosure = disclosureOf(agency);
  const recipient: Recipient = {
    agency: code,
    carries: adapter.push ? known : new Set(),
    isAskable: adapter.find !== undefined,
    files: adapter.pushAttachment ? 'taken' : 'not taken',
    filesFor: rolesWithFiles(disclosure),
  };
  await mustBeGivenOut(store.pool, code, after).catch((error) => distrust(store, recipient, error));
  await giveOut(store, recipient);
  if (after === undefined) await markAgain(store, code);
  const { rows, cursor, more } = await readGiven(store, code, await findPlace(store, code, after), limit);
  if (rows.length === 0) return { changes: [], cursor: after ?? '0', more };
  await noteRead(store, code, cursor);
  const given = rows.map((row) => ({ row, ...toAgentChange(row, disclosure) }));
  await noteProvided(store.pool, code, given);
  return { changes: given.map(({ change }) => change), cursor, more };
}

/**
 * A cursor may have been moved by changes of the other stage: what was not read in this one is given nevertheless.
 */
async function findPlace({ pool }: Store, agency: string, after?: string): Promise<string | undefined> {
  if (after === undefined) return undefined;
  const { rows } = await pool.query<{ place: string }>(
    'select least(read_to, $2::bigint)::text as place from feeds where agency = $1',
    [agency, after],
  );
  return rows[0]?.place ?? after;
}

/** What the board can hold, of what its agent understands. Agents stand among the real tables only. */
async function listKnown({ pool }: Store, agency: string, carries: ReadonlySet<EventType>) {
  if (!carries.has('step_taken')) return carries;
  const { rows } = await pool.query<{ knows: boolean | null }>(
    `select (heartbeat ->> 'knowsSteps')::boolean as knows from agents where agency = $1`,
    [agency],
  );
  return rows[0]?.knows ? carries : new Set([...carries].filter((type) => type !== 'step_taken'));
}

async function markAgain({ pool }: Store, agency: string): Promise<void> {
  await pool.query(
    `update feed_changes set again = true
     where agency = $1 and not again and position <= (select read_to from feeds where agency = $1)`,
    [agency],
  );
}

/**
 * A hub restored from a backup does not know what its agent has brought since. The board may hold anything that is
 * due now.
 */
async function distrust(store: Store, recipient: Recipient, error: unknown): Promise<never> {
  if (error instanceof UnknownCursor) {
    await giveOutAll(store, recipient);
    await store.pool.query('update feeds set read_to = position where agency = $1', [recipient.agency]);
  }
  throw error;
}

async function noteRead({ pool }: Store, agency: string, cursor: string): Promise<void> {
  await pool.query('update feeds set read_to = $2 where agency = $1 and read_to < $2', [agency, cursor]);
}

function toAgentChange(row: GivenRow, disclosure: Disclosure): { change: AgentChange; provided: Provided } {
  const given = toLinkedChange(row, row.file ? 'file' : 'event', disclosure);
  const { complaint, role, part } = given;
  const { linkId: _own, ...event } = given.event;
  const { external_id: externalId, part_id: partId, file } = row;
  const change: AgentChange = {
    cursor: row.position,
    key: file ? keyOfFile({ complaint, event }, file.id) : keyOf({ complaint, event }, row.rounds[event.seq]),
    again: row.again,
    event,
    complaint,
    role,
    ...(part && { part }),
    ...(externalId !== null && { ref: { externalId, ...(file && partId !== null && { partId }) } }),
    ...(file && { file: { ...file, name: toFileName(file.name) } }),
  };
  return { change, provided: given.provided };
}

const takeAllAsks = async (store: Store, agency: string, isLive: boolean): Promise<AgentAsk[]> => [
  ...(await takeAsks(store, agency, isLive)),
  ...(await takeLogAsk(store.pool, agency)),
];

/**
 * Takes asks that were never given out, or so long ago that the reply may be lost. Those that last are of agencies that
 * are live, and wait until this process knows that.
 */
async function takeAsks({ pool }: Store, agency: string, isLive: boolean): Promise<AgentAsk[]> {
  const { rows } = await pool.query<{ id: string; ask: Omit<AgentAsk, 'id'> }>({
    name: 'take-asks',
    text: `update agent_asks set given_at = now() where agency = $1 and expires_at > now()
             and (given_at is null or given_at < now() - make_interval(secs => $2))
             and ($3 or expires_at <> 'infinity') returning id, ask`,
    values: [agency, agentPolicy.askAgain, isLive],
  });
  return rows.map(({ id, ask }) => ({ id, ...ask }));
}

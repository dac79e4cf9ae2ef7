import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Board, Boards } from '../boards/boards.ts';
import type { Accept, Accepted } from '../intake/incoming.ts';
import type { ParkedActions } from '../parked/parked-actions.ts';
import { note } from '../reconcile/decide-repairs.ts';
import { type MappedItem, mapItems } from './mapped-items.ts';

/**
 * Why nothing was mapped again.
 * - `no_board`: the agency has no board now, so there is no mapping
 * - `running`: its items are being mapped again already
 */
export class RemapError extends Error {
  readonly kind: 'no_board' | 'running';
  override readonly name = 'RemapError';
  constructor(kind: RemapError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface RemapPage {
  /** Items that today's mapping reads differently, or can read for the first time. */
  rows: MappedItem[];
  /** Where to go on. Absent: all were looked at. */
  next?: string;
}

/** Maps again what boards gave before, after a mapping was corrected. Decisions are kept with login and time. */
export interface RemapActions {
  /** Throws {@link RemapError} `no_board`, as all do. */
  preview(agency: string, after?: string): Promise<RemapPage>;
  /** Applies these items now. Resolves with how many were applied. */
  apply(agency: string, ids: string[], by: string): Promise<number>;
  /** Applies all items that differ, in the background. Resolves with the id of the work. Throws `running`. */
  applyAll(agency: string, by: string): Promise<string>;
}

export interface RemapDependencies {
  store: Store;
  boards: Boards;
  accept: Accept;
  parked: Pick<ParkedActions, 'retryItem'>;
  look(topic: Topic): void;
}

const shown = 20;
const batch = 200;
/** The most items that one preview looks at, so that a page comes in time. The next page goes on from there. */
const lookedAt = 2000;

export function createRemapActions(dependencies: RemapDependencies): RemapActions {
  const { store, boards, look } = dependencies;
  return {
    preview: (agency, after) => previewItems(store, getBoard(boards, agency), after),

    async apply(agency, ids, by) {
      const board = getBoard(boards, agency);
      const items = await mapItems(store.pool, board, { ids, limit: ids.length });
      let applied = 0;
      for (const item of items) if (await applyItem(dependencies, board, item, by)) applied += 1;
      await note(store.pool, 'remap', ids[0] ?? newId(), 'apply', by, `${agency}: ${ids.join(', ')}`);
      return applied;
    },

    async applyAll(agency, by) {
      getBoard(boards, agency);
      const id = newId();
      await inTransaction(store.pool, async (client) => {
        const { rowCount } = await client.query(
          "insert into remaps (id, agency, state, asked_by) values ($1, $2, 'running', $3) on conflict do nothing",
          [id, agency, by],
        );
        if (!rowCount) throw new RemapError('running', `items of ${agency} are being mapped again already`);
        await note(client, 'remap', id, 'apply_all', by, agency);
      });
      look(`remap:${agency}`);
      return id;
    },
  };
}

async function previewItems({ pool }: Store, board: Board, after: string | undefined): Promise<RemapPage> {
  const found: MappedItem[] = [];
  let position = after ?? null;
  for (let looked = 0; looked < lookedAt; looked += batch) {
    const items = await mapItems(pool, board, { after: position, limit: batch });
    found.push(...items.filter(({ changes }) => changes.length > 0));
    const rows = found.slice(0, shown);
    const last = rows.at(-1);
    if (found.length > shown && last) return { rows, next: last.id };
    if (items.length < batch) return { rows };
    position = items.at(-1)?.id ?? position;
  }
  return { rows: found, ...(position && { next: position }) };
}

function getBoard(boards: Boards, agency: string): Board {
  const board = boards.find(agency);
  if (!board) throw new RemapError('no_board', `the agency ${agency} has no board, so there is no mapping`);
  return board;
}

/**
 * Applies an item through the one way in. An applied item becomes a revision of the fields that its agency owns; a
 * parked one is retried as a person would. False: it changes nothing, or cannot be applied.
 */
export async function applyItem(
  { accept, parked }: Pick<RemapDependencies, 'accept' | 'parked'>,
  { agency }: Board,
  item: MappedItem,
  by: string,
): Promise<boolean> {
  if (item.changes.length === 0) return false;
  const isDone = ({ outcome }: Accepted) => outcome === 'applied' || outcome === 'duplicate';
  if (item.outcome === 'parked') return isDone(await parked.retryItem(item.id, by));
  const { externalId, version, raw, normalised } = item;
  const incoming = { agency: agency.code, source: 'poll' as const, externalId, version, raw, normalised };
  return isDone(await accept({ ...incoming, user: by, retryOf: item.id, remapped: true }));
}

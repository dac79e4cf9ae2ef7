import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Place } from '../../store/read-page.ts';
import type { ReplayFilter } from '../../store/tables/column-types.ts';
import type { Boards } from '../boards/boards.ts';
import { note } from '../reconcile/decide-repairs.ts';
import { insertReplayLinks, previewReplay, type ReplayPreview } from './select-links.ts';

/**
 * Why a replay was not started or changed.
 * - `empty`: the filter selects nothing
 * - `may_double`: a board of the selection cannot be asked what it holds, and nobody has accepted duplicates
 * - `state`: it has ended, or is in that state already
 */
export class ReplayError extends Error {
  readonly kind: 'empty' | 'may_double' | 'state';
  override readonly name = 'ReplayError';
  constructor(kind: ReplayError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

interface ReplayOrder {
  filter: ReplayFilter;
  /** Links begun per minute. */
  perMinute: number;
  /** Includes boards that cannot be asked: events that they already hold would stand there twice. */
  mayDouble?: boolean;
  by: string;
}

/** Repeats deliveries. Every decision is kept with the person's login and the time. */
export interface ReplayActions {
  preview(filter: ReplayFilter, place?: Place): Promise<ReplayPreview>;
  /** Resolves with its id. Throws {@link ReplayError} `empty` or `may_double`. */
  start(order: ReplayOrder): Promise<string>;
  /** All three throw {@link ReplayError} `state`. Links that were begun are delivered in any case. */
  pause(id: string, by: string): Promise<void>;
  resume(id: string, by: string): Promise<void>;
  cancel(id: string, by: string): Promise<void>;
}

export function createReplayActions(
  store: Store,
  boards: Boards,
  look: (topic: Topic) => void,
): ReplayActions {
  async function change(id: string, by: string, action: 'pause' | 'resume' | 'cancel'): Promise<void> {
    const { from, to } = moves[action];
    await inTransaction(store.pool, async (client) => {
      const { rowCount } = await client.query(
        `update replays set state = $2, finished_at = case when $2 = 'cancelled' then now() end
         where id = $1 and state = any($3::text[])`,
        [id, to, from],
      );
      if (!rowCount) throw new ReplayError('state', `there is no replay ${id} that is ${from.join(' or ')}`);
      await note(client, 'replay', id, action, by);
    });
  }

  return {
    preview: (filter, place) => previewReplay(store.pool, boards, filter, place),

    async start({ filter, perMinute, mayDouble = false, by }) {
      const { agencies } = await previewReplay(store.pool, boards, filter);
      const doubling = agencies.filter((one) => one.mayDouble).map(({ agency }) => agency);
      if (doubling.length > 0 && !mayDouble)
        throw new ReplayError('may_double', `${doubling.join(', ')} cannot be asked what it holds (find)`);
      const id = newId();
      await inTransaction(store.pool, async (client) => {
        await client.query(
          "insert into replays (id, filter, per_minute, state, asked_by) values ($1, $2, $3, 'running', $4)",
          [id, JSON.stringify(filter), perMinute, by],
        );
        const links = await insertReplayLinks(client, boards, id, filter);
        if (links === 0) throw new ReplayError('empty', 'the filter selects nothing that was delivered');
        await note(client, 'replay', id, 'start', by, `${links} links`);
      });
      look(`replay:${id}`);
      return id;
    },

    pause: (id, by) => change(id, by, 'pause'),
    async resume(id, by) {
      await change(id, by, 'resume');
      look(`replay:${id}`);
    },
    cancel: (id, by) => change(id, by, 'cancel'),
  };
}

const moves = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
};

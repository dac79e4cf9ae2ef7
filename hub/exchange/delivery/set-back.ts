import type pg from 'pg';
import { setBackLink } from '../../store/states/link-state.ts';
import type { LinkState } from '../../store/tables/column-types.ts';

export interface SetBack {
  linkId: string;
  /** Numbers of the events that the board gets again. None: a parked link goes on from where it stands. */
  events: number[];
  /**
   * What the board has lost.
   * - `post`: everything, so its id of the post means nothing
   * - `parts`: these events
   * - `nothing`: it may hold all of them, so it is asked before anything is sent
   */
  lost: 'post' | 'parts' | 'nothing';
  /** Seconds in which the board may still be working on a call without a reply. Counts only for a lost post. */
  settling?: number;
  /** Login of the person who decided it. */
  by: string;
}

/**
 * Sets a link back, so that the levelling loop brings the named events again and passes over the others. Only a
 * link at rest can be set back: a delivery under way would overwrite it. `gone`: there is no such link, or its
 * agency has no board.
 */
export async function setBack(
  client: pg.PoolClient,
  { linkId, events, lost, by, settling = 0 }: SetBack,
): Promise<'done' | 'under way' | 'gone'> {
  // This lock also excludes every transaction that takes in something about this complaint, since it writes the
  // links too.
  await client.query(
    'select from complaints where id = (select complaint_id from links where id = $1) for update',
    [linkId],
  );
  const { rows } = await client.query<Row>(
    `select state, held, due, reached, again, rounds, attempting,
       coalesce(attempting_since > now() - make_interval(secs => $2), false) as is_settling
     from links where id = $1 for update`,
    [linkId, settling],
  );
  const [link] = rows;
  if (!link || link.state === 'screen') return 'gone';
  const isParked = link.state === 'parked';
  const isCalled = link.attempting !== null && (link.is_settling || !(isParked && lost === 'post'));
  if (isCalled || !(isParked || link.held >= link.due)) return 'under way';
  const left = link.again.filter((seq) => seq > link.held);
  const reached = Math.max(link.reached, link.held);
  const wanted = events.filter((seq) => seq <= reached);
  const again = [...new Set([...wanted, ...left])].sort((a, b) => a - b);
  const rounds = { ...link.rounds };
  if (lost !== 'nothing') for (const seq of wanted) rounds[seq] = (rounds[seq] ?? 0) + 1;
  await setBackLink(client, {
    linkId,
    again,
    rounds,
    lost,
    by,
    held: (again[0] ?? link.held + 1) - 1,
    reached: again.length > 0 ? reached : link.reached,
    events: wanted,
  });
  return 'done';
}

interface Row {
  state: LinkState;
  held: number;
  due: number;
  reached: number;
  again: number[];
  rounds: Record<string, number>;
  attempting: number | null;
  is_settling: boolean;
}

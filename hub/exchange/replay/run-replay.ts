import type pg from 'pg';
import type { Look } from '../../queue/looks.ts';
import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { setBack } from '../delivery/set-back.ts';

export interface RunReplayDependencies {
  store: Store;
  exclusive: Exclusive;
  look(topic: Topic): void;
}

const atOnce = 50;

/**
 * Sets the links of one replay back, a few at a time and within its pace; the levelling loop does the rest. All its
 * state is in the database, so a restart changes nothing.
 */
export function createRunReplay({ store, exclusive, look }: RunReplayDependencies): Look {
  async function work(id: string, stop: AbortSignal): Promise<void> {
    for (let begun = 1; begun > 0 && !stop.aborted; ) {
      const agencies = await inTransaction(store.pool, (client) => beginSome(client, id));
      for (const agency of new Set(agencies)) look(`deliver:${agency}`);
      begun = agencies.length;
    }
    await finish(store, id);
  }
  return {
    run: (id, stop) => exclusive.run(`replay:${id}`, (lost) => work(id, AbortSignal.any([stop, lost]))),
  };
}

/** Links begun in the last second and in the last minute count against the pace. */
const waitingText = `
with pace as (
  select r.per_minute, r.asked_by, count(*) filter (where l.begun_at > now() - interval '1 minute') as minute,
    count(*) filter (where l.begun_at > now() - interval '1 second') as second
  from replays r left join replay_links l on l.replay_id = r.id and l.begun_at > now() - interval '1 minute'
  where r.id = $1 and r.state = 'running' group by r.id
)
select w.link_id, w.events, l.agency, p.asked_by from pace p
join replay_links w on w.replay_id = $1 and w.begun_at is null
left join links l on l.id = w.link_id
where l.id is null or (l.attempting is null and (l.state = 'parked' or l.held >= l.due))
order by w.link_id
limit (select greatest(0, least(per_minute - minute, ceil(per_minute / 60.0) - second, ${atOnce})) from pace)`;

interface Waiting {
  link_id: string;
  events: number[];
  agency: string | null;
  asked_by: string;
}

/** Agencies whose links were begun. Links under way wait for a later look. */
async function beginSome(client: pg.PoolClient, id: string): Promise<string[]> {
  await client.query('select from replays where id = $1 for update', [id]);
  const { rows } = await client.query<Waiting>(waitingText, [id]);
  const agencies: string[] = [];
  for (const { link_id, events, agency, asked_by } of rows) {
    const result = await setBack(client, { linkId: link_id, events, lost: 'nothing', by: asked_by });
    if (result === 'under way') continue;
    await client.query(
      'update replay_links set begun_at = clock_timestamp() where replay_id = $1 and link_id = $2',
      [id, link_id],
    );
    agencies.push(agency ?? '');
  }
  return agencies;
}

/** A replay is done when every link was begun and none is under way any more. */
async function finish({ pool }: Store, id: string): Promise<void> {
  await pool.query(
    `update replays r set state = 'done', finished_at = now() where id = $1 and state = 'running' and not exists (
       select from replay_links w left join links l on l.id = w.link_id
       where w.replay_id = r.id and (w.begun_at is null or (l.state = 'open' and l.held < l.reached)))`,
    [id],
  );
}

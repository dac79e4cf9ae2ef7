import { type Insertable, type Selectable, sql } from 'kysely';
import { type Channel, channels } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { sealedText } from '../../store/sealing/keyed.ts';
import type { Tables } from '../../store/tables/tables.ts';

export type TrialMessage = Selectable<Tables['trial_messages']>;
export type PlannedTrial = Pick<
  Insertable<Tables['trial_messages']>,
  'person' | 'channel' | 'address' | 'language' | 'template' | 'subject' | 'text' | 'html'
>;

/** The most trials of a person within an hour: enough to write, and too few to annoy anybody. */
export const mostAnHour = 20;

/** Plans a trial. Undefined: the person has asked for {@link mostAnHour} within the last hour. */
export async function planTrial({ db }: Pick<Store, 'db'>, trial: PlannedTrial): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`trial messages of ${trial.person}`}, 0))`.execute(
      trx,
    );
    const { count } = await trx
      .selectFrom('trial_messages')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('person', '=', trial.person)
      .where('created_at', '>', sql<Date>`now() - interval '1 hour'`)
      .executeTakeFirstOrThrow();
    if (Number(count) >= mostAnHour) return undefined;
    const id = newId();
    await trx
      .insertInto('trial_messages')
      .values({ id, ...trial, ...seal(trial) })
      .execute();
    return id;
  });
}

const seal = ({ address, subject, text, html }: PlannedTrial) => ({
  address: sealedText(address),
  text: sealedText(text),
  subject: sealedText(subject),
  html: sealedText(html ?? null),
});

/** The person's newest trials of one template. */
export async function listTrials(
  { db }: Pick<Store, 'db'>,
  person: string,
  template: string,
  most = 5,
): Promise<TrialMessage[]> {
  return db
    .selectFrom('trial_messages')
    .selectAll()
    .where('person', '=', person)
    .where('template', '=', template)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

/** Channels with trials whose time has come. */
export async function findDueTrialChannels({ pool }: Pick<Store, 'pool'>): Promise<Channel[]> {
  const { rows } = await pool.query<{ channel: Channel }>({
    name: 'sweep-trials',
    text: `select c.channel from unnest($1::text[]) as c(channel)
           where exists (select from trial_messages t where t.channel = c.channel and t.state = 'due' and t.next_at <= now())`,
    values: [channels],
  });
  return rows.map(({ channel }) => channel);
}

/** Trials due at `now`, oldest first, without those under way. */
export async function findDueTrials(
  { db }: Pick<Store, 'db'>,
  channel: Channel,
  { now, underWay, most }: { now: Date; underWay: string[]; most: number },
): Promise<TrialMessage[]> {
  return db
    .selectFrom('trial_messages')
    .selectAll()
    .where('channel', '=', channel)
    .where('state', '=', 'due')
    .where('next_at', '<=', now)
    .where('id', '<>', sql<string>`all(${underWay}::uuid[])`)
    .orderBy('next_at')
    .limit(most)
    .execute();
}

export type TrialOutcome = Pick<
  TrialMessage,
  'state' | 'tries' | 'next_at' | 'provider' | 'last_error' | 'sent_at'
>;

/** Durable after the call. */
export async function saveTrialOutcome(
  { db }: Pick<Store, 'db'>,
  id: string,
  outcome: TrialOutcome,
): Promise<void> {
  const { last_error: reason, ...values } = outcome;
  await db
    .updateTable('trial_messages')
    .set({ ...values, last_error: reason && sql`${JSON.stringify(reason)}::jsonb` })
    .where('id', '=', id)
    .where('state', '=', 'due')
    .execute();
}

import type { Selectable } from 'kysely';
import type pg from 'pg';
import type { Directory } from '../configuration/directory.ts';
import type { Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';
import type { Tables } from '../store/tables/tables.ts';
import type { Telling } from './plan-message.ts';
import { type AlertAddress, operatorAudience } from './recipients.ts';
import { writeMessage } from './write-message.ts';

export type AlertMessage = Selectable<Tables['alert_messages']>;
export type PlannedMessage = Pick<
  AlertMessage,
  | 'id'
  | 'audience'
  | 'channel'
  | 'address'
  | 'subject'
  | 'text'
  | 'language'
  | 'words'
  | 'state'
  | 'tries'
  | 'next_at'
  | 'created_at'
>;

/** The same message for each address of an audience, in the language of each. A webhook gets it as JSON. */
export function toMessages(
  { directory, publicUrl }: { directory: Directory; publicUrl?: string | undefined },
  what: { audience: string; addresses: AlertAddress[]; telling: Telling; now: Date },
): PlannedMessage[] {
  const { audience, addresses, telling, now } = what;
  const isOperator = audience === operatorAudience;
  const { words, json } = writeMessage({ directory, publicUrl, isOperator }, telling, now);
  return addresses.map(({ channel, address, language }) => ({
    id: newId(),
    audience,
    channel,
    address,
    subject: words[language].subject,
    text: channel === 'webhook' ? json : words[language].text,
    language,
    words,
    state: 'due',
    tries: 0,
    next_at: now,
    created_at: now,
  }));
}

/** Runs in the transaction that changes the alerts of the messages. */
export async function insertMessages(client: pg.PoolClient, messages: PlannedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await client.query(
    'insert into alert_messages select * from jsonb_populate_recordset(null::alert_messages, $1::jsonb)',
    [JSON.stringify(messages)],
  );
}

/** Messages due at `now`, oldest first, without those under way. */
export async function findDueMessages(
  { pool }: Pick<Store, 'pool'>,
  now: Date,
  underWay: string[],
  most: number,
): Promise<AlertMessage[]> {
  const { rows } = await pool.query<AlertMessage>(
    `select * from alert_messages where state = 'due' and next_at <= $1 and id <> all($2::uuid[]) order by next_at, id limit $3`,
    [now, underWay, most],
  );
  return rows;
}

export type MessageOutcome = Pick<
  AlertMessage,
  'id' | 'state' | 'provider' | 'tries' | 'next_at' | 'last_error' | 'sent_at'
>;

/** Durable after the call. */
export async function saveOutcome({ pool }: Pick<Store, 'pool'>, outcome: MessageOutcome): Promise<void> {
  await pool.query(
    `update alert_messages m set state = o.state, provider = o.provider, tries = o.tries, next_at = o.next_at, last_error = o.last_error, sent_at = o.sent_at
     from jsonb_populate_record(null::alert_messages, $1::jsonb) o where m.id = o.id and m.state = 'due'`,
    [JSON.stringify(outcome)],
  );
}

import type { Transaction } from 'kysely';
import type { Agency, ReadingPlace, Stage } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { beginReading } from '../../store/states/board-state.ts';
import { askToReadAnew, dropLastingAsks } from '../../store/states/lasting-asks.ts';
import type { ChangeWay } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { stageOf } from './stage-of.ts';

/** One change of an agency's stage. */
export interface StageSwitch {
  /** Null: the agency was new. */
  before: Stage | null;
  after: Stage;
  version: number;
  author: string;
  at: Date;
  readFrom: ReadingPlace | null;
  note: string | null;
}

/**
 * Notes who switched an agency to another stage, and when. Where it becomes live, its board is read from the place that
 * the configuration names. Runs in the transaction that writes the version, whichever way it came.
 */
export async function noteSwitch(
  trx: Transaction<Tables>,
  { name, body, version, author, way, key, note }: AgencyVersion,
): Promise<void> {
  if (body === undefined || body === null) return;
  const agency = body as Agency;
  const known = await trx
    .selectFrom('configurations')
    .select('body')
    .where('kind', '=', 'agency')
    .where('name', '=', name)
    .where('version', '<', version)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const before = known?.body ? stageOf(known.body as Agency) : null;
  const after = stageOf(agency);
  if (before === after || (before === null && after === 'live')) return;
  const readFrom = after === 'live' ? (agency.readFrom ?? 'continue') : null;
  if (readFrom) await beginReading(trx, name, readFrom);
  await dropLastingAsks(trx, name);
  // An agent reads on where it stands.
  if (readFrom === 'beginning' && agency.board?.via === 'agent') await askToReadAnew(trx, name);
  const row = { agency: name, before, after, version, author, read_from: readFrom, note: note || null };
  await trx
    .insertInto('stage_switches')
    .values({ id: newId(), ...row })
    .execute();
  await writeAudit(trx, {
    actor: author,
    way,
    action: 'stage.switched',
    subject: `agency ${name}`,
    agency: name,
    detail: {
      before,
      after,
      version,
      ...(readFrom && { readFrom }),
      ...(note && { note }),
      ...(key && { key }),
    },
  });
}

/** A version of an agency as it is being written. */
export interface AgencyVersion {
  name: string;
  /** Missing: the agency is taken out of force. */
  body: unknown;
  version: number;
  author: string;
  way: ChangeWay;
  /** The name of the key, where a program of the author did it. */
  key?: string | undefined;
  note?: string;
}

/** The newest switches of an agency, newest first. */
export async function listSwitches(
  { db }: Pick<Store, 'db'>,
  agency: string,
  most = 20,
): Promise<StageSwitch[]> {
  return db
    .selectFrom('stage_switches')
    .select(['before', 'after', 'version', 'author', 'at', 'read_from as readFrom', 'note'])
    .where('agency', '=', agency)
    .orderBy('id', 'desc')
    .limit(most)
    .execute();
}

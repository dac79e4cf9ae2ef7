import type { FoundNumber, IdentifierKind } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';

/** Numbers of one kind that an agency keeps of a complaint. */
export interface KeptKind {
  kind: IdentifierKind;
  law: string;
  count: number;
}

export interface KeptNumber extends FoundNumber {
  law: string;
  keptAt: Date;
}

/** What the agency keeps, without the numbers. */
export async function listKeptKinds(
  { pool }: Pick<Store, 'pool'>,
  complaintId: string,
  agency: string,
): Promise<KeptKind[]> {
  const { rows } = await pool.query<KeptKind>(
    `select kind, law, count(*)::int as count from kept_identifiers where complaint_id = $1 and agency = $2
     group by kind, law order by kind, law`,
    [complaintId, agency],
  );
  return rows;
}

/** The numbers themselves, in the order in which they came. Pages ask in withPersonal. */
export async function readKeptNumbers(
  { pool }: Pick<Store, 'pool'>,
  complaintId: string,
  agency: string,
): Promise<KeptNumber[]> {
  const { rows } = await pool.query<KeptNumber>(
    `select kind, law, value, kept_at as "keptAt" from kept_identifiers where complaint_id = $1 and agency = $2
     order by kept_at, id`,
    [complaintId, agency],
  );
  return rows;
}

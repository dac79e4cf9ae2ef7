import type { Agency, FoundNumber } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { sealed } from '../../store/sealing/keyed.ts';

/** Numbers of a complaint that came in, and the agencies that may have a law for them. */
export interface GivenNumbers {
  complaintId: string;
  numbers: readonly FoundNumber[];
  agencies: readonly (Pick<Agency, 'code' | 'uniqueIdentifiers'> | undefined)[];
}

/** The law by which the agency keeps such a number. Undefined: it names none. */
export const findLaw = (
  agency: Pick<Agency, 'uniqueIdentifiers'> | undefined,
  kind: FoundNumber['kind'],
): string | undefined => agency?.uniqueIdentifiers?.allow.find((one) => one.kind === kind)?.law;

/** Whether it is the same number, however it was written. */
const toBare = ({ kind, value }: FoundNumber): string =>
  `${kind} ${value.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '')}`;

/**
 * Keeps the numbers for which an agency names a law, each once for each agency. Runs in the transaction that registers what
 * they came with, which holds the complaint.
 */
export async function keepNumbers(client: Queryable, given: GivenNumbers): Promise<void> {
  const { complaintId, numbers } = given;
  const agencies = new Map(
    given.agencies.flatMap((agency) => (agency ? [[agency.code, agency] as const] : [])),
  );
  const { rows } = await client.query<FoundNumber & { agency: string }>(
    'select agency, kind, value from kept_identifiers where complaint_id = $1',
    [complaintId],
  );
  const known = new Set(rows.map((row) => `${row.agency} ${toBare(row)}`));
  for (const agency of agencies.values())
    for (const number of numbers) {
      const law = findLaw(agency, number.kind);
      const name = `${agency.code} ${toBare(number)}`;
      if (law === undefined || known.has(name)) continue;
      known.add(name);
      await client.query(
        'insert into kept_identifiers (id, complaint_id, agency, kind, value, law) values ($1, $2, $3, $4, $5, $6)',
        [newId(), complaintId, agency.code, number.kind, sealed(number.value), law],
      );
    }
}

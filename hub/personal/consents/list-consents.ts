import type { Consent, ConsentPurpose } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';

/** A consent with who recorded it, and who took it back. */
export interface ConsentEntry extends Omit<Consent, 'givenAt' | 'until' | 'withdrawnAt'> {
  purpose: ConsentPurpose;
  wording: string;
  givenAt: Date;
  until: Date;
  way: string;
  recordedBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
}

/** The most that a page or a reply shows: each giving and taking back of one complaint is a row. */
const most = 200;

/** The consents of a complaint, the newest first. `agency`: those to this one alone. */
export async function listConsents(
  client: Queryable,
  complaintId: string,
  agency?: string,
): Promise<ConsentEntry[]> {
  const { rows } = await client.query<ConsentEntry>(
    `select agency, purpose, items, required, text_version as version, wording, given_at as "givenAt", until, way,
       recorded_by as "recordedBy", withdrawn_at as "withdrawnAt", withdrawn_by as "withdrawnBy",
       case when withdrawn_at is not null then 'withdrawn' when until <= now() then 'over' else 'in_force' end as state
     from consents where complaint_id = $1 and ($2::text is null or agency = $2) order by id desc limit ${most}`,
    [complaintId, agency ?? null],
  );
  return rows;
}

/** The same at a door, without who recorded it. */
export const toConsent = ({
  agency,
  purpose,
  items,
  required,
  version,
  givenAt,
  until,
  state,
  withdrawnAt,
}: ConsentEntry): Consent => ({
  ...{ agency, purpose, items, required, version, givenAt: givenAt.toISOString() },
  ...{ until: until.toISOString(), state },
  ...(withdrawnAt && { withdrawnAt: withdrawnAt.toISOString() }),
});

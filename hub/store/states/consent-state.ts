/**
 * The one owner of table `consents`: what complainants consented to.
 *
 * | transition        | who calls it                         | from → to           | what changes |
 * | ----------------- | ------------------------------------ | ------------------- | ------------ |
 * | `giveConsent`     | a person, or the origin's program    | new, over → standing | all of a new row; one that is over ends |
 * | `withdrawConsent` | a person, or the origin's program    | standing → withdrawn | withdrawn_at, withdrawn_way, withdrawn_by |
 */
import type { ConsentRequest } from '../../../schemas/index.ts';
import type { Queryable } from '../database.ts';
import { newId } from '../new-id.ts';
import { isSqlState } from '../sql-states.ts';

type ConsentWay = 'console' | 'rest' | 'soap';

/** Who says it, and by which way. */
export interface ConsentSpeaker {
  way: ConsentWay;
  /** The login, or the agency whose program says it. */
  by: string;
}

interface Giving extends ConsentSpeaker {
  complaintId: string;
  agency: string;
  request: ConsentRequest;
  givenAt: Date;
}

/**
 * The items that consents in force give an agency beside those of its role. Null: none. What is over by its date gives
 * nothing, without anybody doing anything.
 */
export const consentedItems = (complaint: string, agency: string): string => `
  (select array_agg(distinct item) from consents k, unnest(k.items) item
    where k.complaint_id = ${complaint} and k.agency = ${agency} and k.withdrawn_at is null and k.until > now())`;

/** The same as the column `consented`. */
export const consentedColumn = (complaint: string, agency: string): string =>
  `${consentedItems(complaint, agency)} as consented`;

/** False: such a consent stands already, in these words; nothing changed. Other words, or one that is over, are replaced. */
export async function giveConsent(client: Queryable, giving: Giving): Promise<boolean> {
  const { complaintId, agency, request, givenAt, way, by } = giving;
  const { purpose, items, required = false, version, text, days } = request;
  const until = new Date(givenAt.getTime() + days * 86_400_000);
  const given = client.query(
    `with standing as materialized (
       select id, until > now() and text_version = $6 as holds from consents
       where complaint_id = $2 and agency = $3 and purpose = $4 and withdrawn_at is null for update
     ), ended as (
       update consents k set withdrawn_at = now(), withdrawn_way = $11, withdrawn_by = $12 from standing s
       where k.id = s.id and not s.holds returning k.id
     )
     insert into consents (id, complaint_id, agency, purpose, items, text_version, wording, given_at, until, required, way, recorded_by)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
     where not exists (select from standing where holds) and (select count(*) from ended) >= 0`,
    [
      ...[newId(), complaintId, agency, purpose, items, version, text.ko, givenAt, until, required],
      ...[way, by],
    ],
  );
  return given.then(
    ({ rowCount }) => rowCount === 1,
    (error: unknown) => {
      // Somebody else gave it in the same instant.
      if (isSqlState(error, 'uniqueViolation')) return false;
      throw error;
    },
  );
}

/** False: there is none to take back. */
export async function withdrawConsent(
  client: Queryable,
  {
    complaintId,
    agency,
    purpose,
    way,
    by,
  }: ConsentSpeaker & { complaintId: string; agency: string; purpose: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update consents set withdrawn_at = now(), withdrawn_way = $4, withdrawn_by = $5
     where complaint_id = $1 and agency = $2 and purpose = $3 and withdrawn_at is null`,
    [complaintId, agency, purpose, way, by],
  );
  return rowCount === 1;
}

import { sql, type Transaction } from 'kysely';
import { type AttachmentReference, byOfficers, maskValue } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';
import { sealedJson, sealedJsonText } from '../store/sealing/keyed.ts';
import { clearMembers } from '../store/sealing/sealed-columns.ts';
import type { Tables } from '../store/tables/tables.ts';

/** Days that a draft is kept after it was last typed into. It may hold what nobody ever sent. */
const draftDays = 30;

/** The longest complaint has 100,000 characters. Other fields are short. */
const mostCharacters = 120_000;

/** The most drafts of one person without a complaint. The oldest goes when one more comes. */
const mostRegistrations = 20;

/** A form of one person. */
export interface DraftPlace {
  userId: string;
  /** Undefined: the registration of a new complaint. */
  complaintId?: string | undefined;
  /** The form of the complaint; of a registration its key, for there may be several. */
  form: string;
}

export interface Draft {
  fields: Record<string, string>;
  /** Files of something that was sent and did not go out. What is only typed has none. */
  files: AttachmentReference[];
  savedAt: Date;
}

const toPlace = ({ form, complaintId }: DraftPlace) => `${complaintId ?? 'register'}/${form}`;

/** Keeps what was typed, in place of what was kept before. False: it is too long. */
export async function saveDraft(
  store: Store,
  place: DraftPlace,
  fields: Record<string, string>,
): Promise<boolean> {
  if (Object.values(fields).reduce((sum, { length }) => sum + length, 0) > mostCharacters) return false;
  await store.pool.query({
    name: 'save-draft',
    text: `insert into drafts (user_id, place, complaint_id, fields, saved_at) values ($1, $2, $3, $4, now())
           on conflict (user_id, place) do update set fields = excluded.fields, saved_at = excluded.saved_at`,
    values: [
      place.userId,
      toPlace(place),
      place.complaintId ?? null,
      sealedJson(maskValue(fields, byOfficers)),
    ],
  });
  if (place.complaintId === undefined)
    await store.pool.query(
      `delete from drafts where user_id = $1 and place in (
         select place from drafts where user_id = $1 and complaint_id is null
         order by saved_at desc offset ${mostRegistrations})`,
      [place.userId],
    );
  return true;
}

/** The person's drafts of a complaint, or of registrations, by form; the newest first. */
export async function listDrafts(
  store: Store,
  { userId, complaintId }: Omit<DraftPlace, 'form'>,
): Promise<ReadonlyMap<string, Draft>> {
  const { rows } = await store.pool.query<
    Pick<Draft, 'fields' | 'files'> & { place: string; saved_at: Date }
  >(
    `select place, fields, files, saved_at from drafts
     where user_id = $1 and complaint_id is not distinct from $2::uuid
       and saved_at > now() - make_interval(days => ${draftDays})
     order by saved_at desc`,
    [userId, complaintId ?? null],
  );
  return new Map(
    rows.map(({ place, fields, files, saved_at }) => [
      place.slice(place.indexOf('/') + 1),
      { fields, files, savedAt: saved_at },
    ]),
  );
}

/** Removes the draft: it was sent, or the person does not want it. */
export async function removeDraft(store: Store, place: DraftPlace): Promise<void> {
  await store.pool.query('delete from drafts where user_id = $1 and place = $2', [
    place.userId,
    toPlace(place),
  ]);
}

/** Fields of several lines: what somebody wrote since stands below what came back. The other fields are as they were sent. */
const prose = ['text', 'reason', 'reasons', 'remedies', 'promise', 'asked', 'decided', 'why', 'more'];

function withWrittenSince(sent: Draft['fields'], since: Draft['fields'] = {}): Draft['fields'] {
  const joined = prose.flatMap((name) => {
    const [came = '', written = ''] = [sent[name], since[name]];
    return written === '' || came.includes(written) ? [] : [[name, came ? `${came}\n\n${written}` : written]];
  });
  return { ...sent, ...Object.fromEntries(joined) };
}

/**
 * Keeps what was sent and did not go out, with its files, as what the person is writing. What he or she has written into
 * that form since is not lost.
 */
export async function giveBackDraft(
  trx: Transaction<Tables>,
  place: DraftPlace,
  { fields, files }: Pick<Draft, 'fields' | 'files'>,
): Promise<void> {
  const since = await trx
    .selectFrom('drafts')
    .select('fields')
    .where('user_id', '=', place.userId)
    .where('place', '=', toPlace(place))
    .forUpdate()
    .executeTakeFirst();
  const all = withWrittenSince(fields, since?.fields);
  const kept = {
    fields: sealedJsonText(all),
    files: sealedJsonText(files, clearMembers.files),
    saved_at: sql<Date>`now()`,
  };
  await trx
    .insertInto('drafts')
    .values({
      user_id: place.userId,
      place: toPlace(place),
      complaint_id: place.complaintId ?? null,
      ...kept,
    })
    .onConflict((conflict) => conflict.columns(['user_id', 'place']).doUpdateSet(kept))
    .execute();
}

/** Removes the draft together with what the transaction does: it was sent. */
export async function dropDraft(trx: Transaction<Tables>, place: DraftPlace): Promise<void> {
  await trx
    .deleteFrom('drafts')
    .where('user_id', '=', place.userId)
    .where('place', '=', toPlace(place))
    .execute();
}

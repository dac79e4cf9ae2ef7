import { sql } from 'kysely';
import { byOfficers, maskText } from '../../schemas/index.ts';
import { writeAudit } from '../access/audit/audit.ts';
import type { User } from '../access/people/users.ts';
import type { Store } from '../store/database.ts';
import { sealedText } from '../store/sealing/keyed.ts';
import type { Colleague } from './find-mentioned.ts';

/** The longest note, in characters. */
export const longestNote = 4000;
/** The most colleagues who can be called: more than any agency has at one desk. */
const mostColleagues = 500;
/** The most notes that a page shows of one complaint, the newest. */
const mostNotes = 200;
/** The most mentions that a page shows. */
const mostMentions = 20;

/** A note of the people of one agency about a complaint. It never leaves the hub. */
export interface Note {
  id: string;
  /** The login, and the name of that account. */
  author: string;
  authorName: string;
  body: string;
  writtenAt: Date;
  /** When its author took it back. It is never removed and never changed. */
  struckAt: Date | null;
  /** The names of who was called. */
  mentioned: string[];
}

/** A note that calls a person, who has not seen it yet. */
export interface Mention {
  id: string;
  receiptNumber: string;
  title: string;
  authorName: string;
  body: string;
  writtenAt: Date;
}

/** Whose notes a person reads and writes: those of his or her agency, and people of the hub those of the hub. */
const toNoteAgency = ({ agency }: Pick<User, 'agency'>): string => agency ?? 'hub';

/** Who can be called: whoever reads the same notes, may sign in, and is somebody else. */
export async function listColleagues({ db }: Store, user: User): Promise<Colleague[]> {
  return db
    .selectFrom('users')
    .select(['id', 'login', 'name'])
    .where('disabled_at', 'is', null)
    .where('id', '<>', user.id)
    .$if(user.agency !== null, (query) =>
      query.where('agency', '=', user.agency ?? '').where('role', '=', 'officer'),
    )
    .$if(user.agency === null, (query) => query.where('role', 'in', ['administrator', 'counsellor']))
    .orderBy('name')
    .orderBy('login')
    .limit(mostColleagues)
    .execute();
}

/** The notes of the person's agency about a complaint, the oldest first. */
export async function listNotes({ db }: Store, user: User, complaintId: string): Promise<Note[]> {
  const { rows } = await sql<Note>`
    select * from (
      select n.id, n.author, coalesce(u.name, n.author) as "authorName", n.body,
        n.written_at as "writtenAt", n.struck_at as "struckAt",
        array(select c.name from note_mentions m join users c on c.id = m.user_id
          where m.note_id = n.id order by c.name) as mentioned
      from notes n left join users u on u.login = n.author
      where n.complaint_id = ${complaintId} and n.agency = ${toNoteAgency(user)}
      order by n.id desc limit ${sql.lit(mostNotes)}) newest
    order by id`.execute(db);
  return rows;
}

/** Writes a note under an id that its form brings, so that a form that is sent twice makes one note. */
export async function writeNote(
  store: Store,
  user: User,
  note: { key: string; complaintId: string; receiptNumber: string; body: string; mentioned: Colleague[] },
): Promise<void> {
  const agency = toNoteAgency(user);
  await store.db.transaction().execute(async (trx) => {
    const written = await trx
      .insertInto('notes')
      .values({
        id: note.key,
        complaint_id: note.complaintId,
        agency,
        author: user.login,
        body: sealedText(maskText(note.body, byOfficers)),
        struck_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 0n) return;
    if (note.mentioned.length > 0)
      await trx
        .insertInto('note_mentions')
        .values(note.mentioned.map(({ id }) => ({ note_id: note.key, user_id: id, seen_at: null })))
        .execute();
    await writeAudit(trx, {
      ...{ actor: user.login, way: 'console', action: 'note.written', agency },
      subject: `complaint ${note.receiptNumber}`,
      detail: { note: note.key, mentioned: note.mentioned.map(({ login }) => login) },
    });
  });
}

/** Strikes out a note of this author. False: there is none, it is another person's, or it was struck before. */
export async function strikeNote(
  store: Store,
  user: User,
  { id, complaintId, receiptNumber }: { id: string; complaintId: string; receiptNumber: string },
): Promise<boolean> {
  return store.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('notes')
      .set({ struck_at: new Date() })
      .where('id', '=', id)
      .where('complaint_id', '=', complaintId)
      .where('author', '=', user.login)
      .where('agency', '=', toNoteAgency(user))
      .where('struck_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    // A note that was taken back calls nobody any more.
    await trx.updateTable('note_mentions').set({ seen_at: new Date() }).where('note_id', '=', id).execute();
    await writeAudit(trx, {
      ...{ actor: user.login, way: 'console', action: 'note.struck', agency: toNoteAgency(user) },
      subject: `complaint ${receiptNumber}`,
      detail: { note: id },
    });
    return true;
  });
}

/** The newest notes that call a person and were not seen yet, of complaints that his or her agency still holds. */
export async function listMentions({ db }: Store, user: User): Promise<Mention[]> {
  const { rows } = await sql<Mention>`
    select n.id, c.receipt_number as "receiptNumber", c.content ->> 'title' as title,
      coalesce(u.name, n.author) as "authorName", n.body, n.written_at as "writtenAt"
    from note_mentions m
    join notes n on n.id = m.note_id and n.agency = ${toNoteAgency(user)}
    join complaints c on c.id = n.complaint_id
    left join users u on u.login = n.author
    where m.user_id = ${user.id} and m.seen_at is null
      and (${user.agency}::text is null or exists (
        select from links l where l.complaint_id = c.id and l.agency = ${user.agency}))
    order by m.note_id desc limit ${sql.lit(mostMentions)}`.execute(db);
  return rows;
}

/** Notes that the person has seen every note about this complaint that calls him or her. */
export async function markMentionsSeen({ pool }: Store, user: User, complaintId: string): Promise<void> {
  await pool.query({
    name: 'see-mentions',
    text: `update note_mentions m set seen_at = now() from notes n
           where m.user_id = $1 and m.seen_at is null and n.id = m.note_id and n.complaint_id = $2`,
    values: [user.id, complaintId],
  });
}

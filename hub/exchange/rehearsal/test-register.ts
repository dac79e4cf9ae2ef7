import { randomInt } from 'node:crypto';
import type { ComplaintContent, Language } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { createGroupCommit } from '../../store/group-commit.ts';
import { newId } from '../../store/new-id.ts';
import { toQueryable } from '../../store/to-queryable.ts';
import type { Incoming } from '../intake/incoming.ts';
import { type Doer, noteTest } from './note-test.ts';

/** `to_board`: made in the hub, answered on the board. `from_board`: filed on the board, answered in the hub. */
export type TestDirection = 'to_board' | 'from_board';

/** A test complaint as the register knows it. Its content and its way lie in the schema `trial`. */
export interface TestEntry {
  id: string;
  agency: string;
  direction: TestDirection;
  mark: string;
  /** Null: filed on the board, and not read yet. */
  complaintId: string | null;
  receiptNumber: string | null;
  madeBy: string;
  /** The only address to which its notices go. */
  address: string;
  language: Language;
  madeAt: Date;
  removedAt: Date | null;
}

/** What came in as part of a test. */
export type Recognised = Pick<TestEntry, 'mark' | 'complaintId' | 'receiptNumber' | 'removedAt'>;

export interface TestRegister {
  add(test: Pick<TestEntry, 'agency' | 'direction' | 'address' | 'language'>, by: Doer): Promise<TestEntry>;
  /** Notes that the hub has the complaint. A second time it does nothing. */
  noteComplaint(mark: string, complaint: { complaintId: string; receiptNumber: string }): Promise<void>;
  /** Forgets a test that could not be made. */
  drop(test: TestEntry, by: Doer): Promise<void>;
  /** Notes the post of a removed test that was read on the board. */
  noteLeft(mark: string, externalId: string): Promise<void>;
  /** The test to which it belongs: by its post, its receipt number or its mark. */
  recognise(incoming: Incoming): Promise<Recognised | undefined>;
}

/** Characters that nobody takes for others when he copies a mark by hand. */
const letters = 'ACDEFGHJKLMNPQRTUVWXY34679';
const markLength = 8;
export const drawMark = (): string =>
  Array.from({ length: markLength }, () => letters[randomInt(letters.length)]).join('');

/** How a title shows a mark: `[시험 K7Q2M9XA]`. */
export const toMarkText = (mark: string): string => `[시험 ${mark}]`;

/**
 * The mark at the beginning of a title. A board may have changed the spaces. Elsewhere it is somebody's quote: a real
 * complaint may speak of a test.
 */
export const findMark = ({ title }: Pick<ComplaintContent, 'title'>): string | undefined =>
  /^\s{0,3}\[\s{0,3}시험\s{1,3}([A-Z0-9]{8})\s{0,3}\]/u.exec(title.normalize('NFC'))?.[1];

export const testColumns = `id, agency, direction, mark, complaint_id as "complaintId", receipt_number as "receiptNumber",
  made_by as "madeBy", address, language, made_at as "madeAt", removed_at as "removedAt"`;

/** By the index of the agency: an agency that was never tried has no rows. */
const recogniseText = `
select i.n, t.mark, t.complaint_id as "complaintId", t.receipt_number as "receiptNumber", t.removed_at as "removedAt"
from jsonb_to_recordset($1::jsonb) as i(n int, agency text, external_id text, receipt_number text, mark text)
join lateral (select t.* from test_complaints t where t.agency = i.agency and (t.mark = i.mark
  or t.receipt_number = i.receipt_number or t.left_post = i.external_id
  or t.complaint_id = (select l.complaint_id from trial.links l where l.agency = i.agency and l.external_id = i.external_id))
  order by t.removed_at desc nulls first limit 1) t on true`;

const together = 64;

/** The register of test complaints, in table `test_complaints`. This file and `remove-tests` write it. */
export function createTestRegister({ pool, db }: Pick<Store, 'pool' | 'db'>): TestRegister {
  const recognise = createGroupCommit<Incoming, Recognised | undefined>(
    async (group) => {
      const asked = group.map(({ agency, externalId, normalised }, n) => ({
        n,
        agency,
        external_id: externalId,
        receipt_number: normalised.ok ? (normalised.post.receiptNumber ?? null) : null,
        mark: (normalised.ok && normalised.post.content && findMark(normalised.post.content)) || null,
      }));
      const { rows } = await pool.query<Recognised & { n: number }>({
        name: 'recognise-tests',
        text: recogniseText,
        values: [JSON.stringify(asked)],
      });
      const found = new Map(rows.map(({ n, ...test }) => [n, test]));
      return group.map((_incoming, n) => found.get(n));
    },
    { most: together },
  );

  return {
    recognise,
    add: ({ agency, direction, address, language }, by) =>
      db.transaction().execute(async (trx) => {
        const { rows } = await toQueryable(trx).query<TestEntry>(
          `insert into test_complaints (id, agency, direction, mark, made_by, address, language)
           values ($1, $2, $3, $4, $5, $6, $7) returning ${testColumns}`,
          [newId(), agency, direction, drawMark(), by.actor, address, language],
        );
        const test = rows[0] as TestEntry;
        await noteTest(trx, by, 'test.made', agency, { mark: test.mark, direction });
        return test;
      }),
    drop: ({ id, agency, mark }, by) =>
      db.transaction().execute(async (trx) => {
        await toQueryable(trx).query('delete from test_complaints where id = $1 and complaint_id is null', [
          id,
        ]);
        await noteTest(trx, by, 'test.refused', agency, { mark });
      }),
    async noteLeft(mark, externalId) {
      await pool.query(
        'update test_complaints set left_post = $2 where mark = $1 and left_post is null and removed_at is not null',
        [mark, externalId],
      );
    },
    async noteComplaint(mark, { complaintId, receiptNumber }) {
      await pool.query(
        'update test_complaints set complaint_id = $2, receipt_number = $3 where mark = $1 and complaint_id is null',
        [mark, complaintId, receiptNumber],
      );
    },
  };
}

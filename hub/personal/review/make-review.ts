import type { Queryable } from '../../store/database.ts';
import { Keyed, personMarks } from '../../store/sealing/keyed.ts';
import { toSpan } from '../log/months.ts';

/** What one account did in a month, with what stands out. */
interface ReviewedAccount {
  actor: string;
  agency: string;
  entries: number;
  /** Complaints whose persons were shown, each time counted. */
  subjects: number;
  /** Files and lists that were saved. */
  downloads: number;
  /** At night, or on a Saturday or Sunday. */
  outOfHours: number;
  /** Complaints a month in the three months before. */
  before: number;
  /** Entries about complaints that people with an account filed themselves. */
  colleagues: number;
  marks: ReviewMark[];
}

/** Why somebody looks at an account. */
const reviewMarks = ['volume', 'hours', 'downloads', 'colleagues'] as const;
export type ReviewMark = (typeof reviewMarks)[number];

/** A list or file that was saved, with its reason. */
interface ReviewedDownload {
  at: string;
  actor: string;
  agency: string;
  subjects: number;
  reason: string;
  place: string;
}

export interface ReviewReport {
  accounts: ReviewedAccount[];
  downloads: ReviewedDownload[];
}

/** From when an account stands out. Fewer are no volume, whatever was usual. */
const limits = { subjects: 300, times: 3, outOfHours: 20, downloads: 10 };
const mostDownloads = 500;

/** Hours of Korea in which nobody works as a rule: from ten in the evening to seven in the morning. */
const night = { from: 22, to: 7 };

const accountsText = `
with own as (
  select c.id from complaints c where ${personMarks('c').email} = any($4)
), now_ as (
  select actor, min(agency) as agency, count(*)::int as entries, sum(cardinality(subjects))::int as subjects,
    count(*) filter (where act in ('download', 'export'))::int as downloads,
    count(*) filter (where extract(isodow from at at time zone 'Asia/Seoul') > 5
      or extract(hour from at at time zone 'Asia/Seoul') >= ${night.from}
      or extract(hour from at at time zone 'Asia/Seoul') < ${night.to})::int as "outOfHours",
    count(*) filter (where subjects && array(select id from own))::int as colleagues
  from access_entries where at >= $1 and at < $2 and actor not like 'key %' group by actor
), before as (
  select actor, (sum(cardinality(subjects)) / 3)::int as subjects
  from access_entries where at >= $3 and at < $1 group by actor
)
select n.*, coalesce(b.subjects, 0) as before from now_ n left join before b using (actor) order by n.subjects desc, actor`;

/** Reviews a month (안전성 확보조치 기준, article 8, paragraph 2). Programs of agencies are left out: they read what their board holds. */
export async function makeReview(store: Queryable, month: string): Promise<ReviewReport> {
  const { from, to } = toSpan(month);
  const earlier = new Date(from);
  earlier.setUTCMonth(earlier.getUTCMonth() - 3);
  const { rows: colleagues } = await store.query<{ email: string }>(
    'select distinct lower(email) as email from users where email is not null',
  );
  const { rows } = await store.query<Omit<ReviewedAccount, 'marks'>>(accountsText, [
    ...[from, to, earlier],
    new Keyed((keys) => colleagues.flatMap(({ email }) => keys.marks('email', email))),
  ]);
  const { rows: downloads } = await store.query<Omit<ReviewedDownload, 'at'> & { at: Date }>(
    `select at, actor, agency, cardinality(subjects)::int as subjects, reason, place from access_entries
     where at >= $1 and at < $2 and reason <> '' order by at desc, id desc limit ${mostDownloads}`,
    [from, to],
  );
  return {
    accounts: rows.map((row) => ({ ...row, marks: toMarks(row) })),
    downloads: downloads.map((row) => ({ ...row, at: row.at.toISOString() })),
  };
}

function toMarks(row: Omit<ReviewedAccount, 'marks'>): ReviewMark[] {
  const isMarked: Record<ReviewMark, boolean> = {
    volume: row.subjects >= limits.subjects && row.subjects > limits.times * row.before,
    hours: row.outOfHours >= limits.outOfHours,
    downloads: row.downloads >= limits.downloads,
    colleagues: row.colleagues > 0,
  };
  return reviewMarks.filter((mark) => isMarked[mark]);
}

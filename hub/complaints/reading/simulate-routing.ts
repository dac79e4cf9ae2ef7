import { sql } from 'kysely';
import type { ComplaintContent, Routing } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, toPageOfList } from '../../store/read-page.ts';
import { createRouter } from '../route.ts';

/** A complaint that the other rules would give to another agency. */
interface MovedComplaint {
  id: string;
  receiptNumber: string;
  title: string;
  registeredAt: Date;
  /** Where the two sets of rules give it, and the number of the rule that decides, or `default`. */
  from: string;
  fromRule: string;
  to: string;
  toRule: string;
  /** Who has it now: a person may have transferred it. */
  assignee: string;
}

/** What other rules would have done with the newest complaints. Nothing is changed. */
export interface Simulation {
  /** Complaints that were routed by both sets of rules. */
  looked: number;
  /** Complaints that no rule was asked about, because their board had answered them already. */
  answered: number;
  /** When the oldest of them was registered. Null: there is none. */
  since: Date | null;
  /** How many go from one agency to another, the most first. Those that stay have `from` equal to `to`. */
  matrix: { from: string; to: string; count: number }[];
  moved: number;
  page: Page<MovedComplaint>;
}

interface Row extends Omit<MovedComplaint, 'from' | 'fromRule' | 'to' | 'toRule'> {
  content: ComplaintContent;
  origin: string;
  answered: boolean;
}

const atOnce = 200;
/** Letters of titles and bodies after which no more are read: the rules read all of them. */
const mostLetters = 40_000_000;
const lastInstant = 999_999_999_999_999;

/** Newest first, in the shape of the cursors of lists (hub/web/page-cursor.ts). */
const toCursor = ({ registeredAt, id }: MovedComplaint): string =>
  `${String(lastInstant - registeredAt.getTime()).padStart(15, '0')}_${id}`;

/**
 * Routes the newest `last` complaints by both sets of rules, and compares. `only`: the moved from one agency to another.
 * It reads by the index of the newest, in parts, and stops early where their texts are very long.
 */
export async function simulateRouting(
  store: Store,
  rules: { before: Routing; after: Routing },
  { last, only = {}, place = {} }: { last: number; only?: { from?: string; to?: string }; place?: Place },
): Promise<Simulation> {
  const [before, after] = [createRouter(rules.before), createRouter(rules.after)];
  const counts = new Map<string, { from: string; to: string; count: number }>();
  const moved: MovedComplaint[] = [];
  let [looked, answered] = [0, 0];
  let since: Date | null = null;
  for await (const row of readNewest(store, last)) {
    since = row.registeredAt;
    if (row.answered) {
      answered += 1;
      continue;
    }
    looked += 1;
    const { content, origin, answered: _, ...shown } = row;
    const [was, would] = [before(content, origin), after(content, origin)];
    const key = `${was.to} ${would.to}`;
    const entry = counts.get(key) ?? { from: was.to, to: would.to, count: 0 };
    counts.set(key, { ...entry, count: entry.count + 1 });
    if (was.to === would.to) continue;
    const ways = { from: was.to, fromRule: was.reason.rule, to: would.to, toRule: would.reason.rule };
    moved.push({ ...shown, ...ways });
  }
  const chosen = moved.filter(
    (one) => (!only.from || one.from === only.from) && (!only.to || one.to === only.to),
  );
  chosen.sort((a, b) => (toCursor(a) < toCursor(b) ? -1 : 1));
  return {
    looked,
    answered,
    since,
    matrix: [...counts.values()].sort((a, b) => b.count - a.count),
    moved: moved.length,
    page: toPageOfList(chosen, place, toCursor),
  };
}

async function* readNewest({ db }: Store, last: number): AsyncGenerator<Row> {
  let end: Pick<Row, 'registeredAt' | 'id'> | undefined;
  let letters = 0;
  for (let left = last; left > 0 && letters < mostLetters; left -= atOnce) {
    const size = Math.min(left, atOnce);
    const rows: Row[] = await db
      .selectFrom('complaints')
      .select([
        'id',
        'receipt_number as receiptNumber',
        'registered_at as registeredAt',
        'origin',
        'assignee',
      ])
      .select(sql<ComplaintContent>`content - 'complainant' - 'attachments'`.as('content'))
      .select(sql<string>`content ->> 'title'`.as('title'))
      // Only a complaint that came with its answer stayed with its origin without a rule (complaints/decide.ts).
      .select(sql<boolean>`routing ->> 'rule' = 'origin'`.as('answered'))
      .$if(end !== undefined, (query) =>
        query.where(sql<boolean>`(registered_at, id) < (${end?.registeredAt}, ${end?.id}::uuid)`),
      )
      .orderBy('registered_at', 'desc')
      .orderBy('id', 'desc')
      .limit(size)
      .execute();
    for (const row of rows) {
      letters += row.content.title.length + row.content.body.length;
      yield row;
    }
    end = rows.at(-1);
    if (rows.length < size) return;
  }
}

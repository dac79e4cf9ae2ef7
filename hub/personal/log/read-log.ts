import type { Queryable } from '../../store/database.ts';
import { listKeptMonths, readAnchors, readEntries, readLoose, readSeals } from './read-stored.ts';
import { type LogPart, mostProblems } from './verify-log.ts';

/** Rows of one query. */
const page = 100;

/** The log in the database, piece by piece. `months`: some of them, and the anchors. Absent: all of it, also what no seal holds. */
export async function* readLog(store: Queryable, months?: readonly string[]): AsyncGenerator<LogPart> {
  for (const month of await listSealedMonths(store)) {
    if (months && !months.includes(month)) continue;
    for (let after = '0'; ; ) {
      const seals = await readSeals(store, month, after, page);
      for (const seal of seals) yield { kind: 'seal', seal, entries: await readEntries(store, seal.entries) };
      const last = seals.at(-1);
      if (!last || seals.length < page) break;
      after = last.number;
    }
  }
  if (!months) for (const one of await readLoose(store, mostProblems)) yield { kind: 'loose', ...one };
  yield* readAllAnchors(store);
}

/** The anchors alone: small enough to be kept elsewhere each day. */
export async function* readAllAnchors(store: Queryable): AsyncGenerator<LogPart> {
  for (let after = '0'; ; ) {
    const anchors = await readAnchors(store, after, page);
    for (const anchor of anchors) yield { kind: 'anchor', anchor };
    const last = anchors.at(-1);
    if (!last || anchors.length < page) return;
    after = last.number;
  }
}

/** Months with tables, and those that a changed seal claims. */
async function listSealedMonths(store: Queryable): Promise<string[]> {
  const { rows } = await store.query<{ month: string }>('select distinct month from access_seals order by 1');
  return [...new Set([...(await listKeptMonths(store)), ...rows.map(({ month }) => month)])].sort();
}

import { writeAudit } from '../access/audit/audit.ts';
import type { User } from '../access/people/users.ts';
import type { Store } from '../store/database.ts';
import { isSqlState } from '../store/sql-states.ts';

/** Words that officers of an agency use again and again (상용 문구). `body` has variables: `{{officer}}`. */
export interface CannedAnswer {
  id: string;
  title: string;
  body: string;
  author: string;
  changedAt: Date;
}

/** What a variable can stand for. */
export const cannedVariables = [
  ...(['receiptNumber', 'title', 'complainant', 'registered', 'due'] as const),
  ...(['agency', 'department', 'officer', 'contact', 'today'] as const),
];
export type CannedVariable = (typeof cannedVariables)[number];

const longestTitle = 60;
const longestBody = 10_000;
/** The most of one agency: a form shows them all. */
const mostAnswers = 100;

const variables = /\{\{([^{}]*)\}\}/g;

/** The variables of a text that there are not. */
const findUnknownVariables = (body: string): string[] => [
  ...new Set(
    [...body.matchAll(variables)].flatMap(([, name = '']) =>
      cannedVariables.some((known) => known === name.trim()) ? [] : [name.trim()],
    ),
  ),
];

/** The text with what its variables stand for. */
export const fillCanned = (body: string, values: Record<CannedVariable, string>): string =>
  body.replace(variables, (all, name: string) => values[name.trim() as CannedVariable] ?? all);

export async function listCanned({ db }: Store, agency: string): Promise<CannedAnswer[]> {
  return db
    .selectFrom('canned_answers')
    .select(['id', 'title', 'body', 'author', 'changed_at as changedAt'])
    .where('agency', '=', agency)
    .orderBy('title')
    .limit(mostAnswers)
    .execute();
}

export interface CannedChange {
  id: string;
  title: string;
  body: string;
}
export type CannedProblem = 'title' | 'taken' | 'body' | 'variables' | 'many';

/** Writes a text under its id, a new one too. Resolves with what is wrong with it. */
export async function saveCanned(
  store: Store,
  by: User,
  agency: string,
  { id, title, body }: CannedChange,
): Promise<CannedProblem | undefined> {
  if (title === '' || title.length > longestTitle) return 'title';
  if (body === '' || body.length > longestBody) return 'body';
  if (findUnknownVariables(body).length > 0) return 'variables';
  const others = (await listCanned(store, agency)).filter((one) => one.id !== id);
  if (others.length >= mostAnswers) return 'many';
  try {
    await store.db.transaction().execute(async (trx) => {
      const row = { title, body, author: by.login, changed_at: new Date() };
      await trx
        .insertInto('canned_answers')
        .values({ id, agency, ...row })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet(row).where('canned_answers.agency', '=', agency),
        )
        .execute();
      await writeAudit(trx, {
        ...{ actor: by.login, way: 'console', action: 'canned.saved', agency },
        subject: `canned answer ${title}`,
      });
    });
    return undefined;
  } catch (error) {
    if (isSqlState(error, 'uniqueViolation')) return 'taken';
    throw error;
  }
}

export async function removeCanned(store: Store, by: User, agency: string, id: string): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('canned_answers')
      .where('id', '=', id)
      .where('agency', '=', agency)
      .returning('title')
      .executeTakeFirst();
    if (gone)
      await writeAudit(trx, {
        ...{ actor: by.login, way: 'console', action: 'canned.removed', agency },
        subject: `canned answer ${gone.title}`,
      });
  });
}

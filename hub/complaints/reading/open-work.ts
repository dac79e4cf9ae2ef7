import { type RawBuilder, sql } from 'kysely';
import {
  type Deadline,
  nearHours,
  nextMonday,
  type Owner,
  tomorrow,
  type Worker,
} from './work-conditions.ts';

/**
 * Work as numbers and first rows have it: table `open_work`, a narrow row `w` for each complaint that its agency owes. It
 * changes in the transaction of its complaint (migration 0071), and says the same as the conditions of lists
 * (work-conditions.ts): a test compares them.
 */
export const workConditions: Record<Deadline, RawBuilder<boolean>> = {
  open: sql<boolean>`w.due_at is not null`,
  overdue: sql<boolean>`w.due_at < now()`,
  today: sql<boolean>`(w.due_at >= now() and w.due_at < ${tomorrow})`,
  near: sql<boolean>`(w.due_at >= now() and w.due_at < now() + ${sql.lit(nearHours)} * interval '1 hour')`,
  week: sql<boolean>`(w.due_at >= ${tomorrow} and w.due_at < ${nextMonday})`,
  fresh: sql<boolean>`w.stage = 'fresh'`,
  waiting: sql<boolean>`w.stage = 'waiting'`,
  later: sql<boolean>`(w.stage = 'begun' and (w.due_at is null or w.due_at >= ${nextMonday}))`,
};

/** Column `owner` of the work of this part of a person's. */
export function toOwnerKeys(owner: Owner, worker: Worker): string[] {
  const { login, covered = [], department, gone = [], unstaffed = [] } = worker;
  const users = (logins: readonly string[]) => logins.map((one) => `${ownerPrefixes.user}${one}`);
  const departments = (names: readonly string[]) => names.map((one) => `${ownerPrefixes.department}${one}`);
  const keys: Record<Owner, string[]> = {
    mine: users([login]),
    covered: users(covered),
    department: departments(department ? [department] : []),
    nobody: ['nobody'],
    gone: users(gone),
    unstaffed: departments(unstaffed),
  };
  return keys[owner];
}

export const ownerPrefixes = { user: 'user:', department: 'department:' } as const;

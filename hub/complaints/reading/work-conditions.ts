import { sql } from 'kysely';
import { owingStatuses, runningStatuses, untouchedStatuses } from '../../../schemas/index.ts';
import { toLiterals } from '../../store/literals.ts';

/** What lists narrow by: where a complaint stands with its deadline, and whose it is. Indexes have the same words. */
type Condition = ReturnType<typeof sql<boolean>>;

export const deadlines = ['open', 'overdue', 'today', 'near', 'week', 'fresh', 'waiting', 'later'] as const;
/**
 * - `near`: due within {@link nearHours}
 * - `today`, `week`: due later today; after today, until Sunday (Korean days)
 * - `fresh`: nobody has begun to work on it; other complaints were not joined to it, and no agency was asked about it
 * - `waiting`: the clock stands
 * - `later`: somebody works on it, and it is due after Sunday or at no time
 *
 * All but `waiting` list the most urgent first.
 */
export type Deadline = (typeof deadlines)[number];
export const nearHours = 24;

/** The deadline is running. The index `complaints_open` has the same statuses: a new one needs a migration. */
export const isOpen = sql<boolean>`status in (${sql.raw(toLiterals(runningStatuses))})`;
export const isOverdue = sql<boolean>`(${isOpen} and due_at is not null and due_at < now())`;
/** The agency owes an answer. The indexes of migration 0045 have the same statuses. */
export const isOwed = sql<boolean>`status in (${sql.raw(toLiterals(owingStatuses))})`;
/** Joining others and asking agencies is work, and leaves the status. `id`: of the complaint, `joins` has none. */
const isShared = sql<boolean>`(contributions is not null or exists (select from joins where lead_id = id))`;
const isUntouched = sql<boolean>`status in (${sql.raw(toLiterals(untouchedStatuses))})`;
const isBegun = sql<boolean>`(status in (${sql.raw(toLiterals(runningStatuses.filter((one) => !untouchedStatuses.includes(one))))}) or (${isUntouched} and ${isShared}))`;
/** As the index `complaints_waiting` has it. */
const isWaiting = sql<boolean>`(status = 'supplement_requested' or (${isOpen} and clock ->> 'phase' = 'stopped'))`;

const startOf = (unit: 'day' | 'week', later: string) =>
  sql<Date>`((date_trunc(${sql.lit(unit)}, now() at time zone 'Asia/Seoul') + ${sql.lit(later)}::interval) at time zone 'Asia/Seoul')`;
export const tomorrow = startOf('day', '1 day');
export const nextMonday = startOf('week', '7 days');

/** Given to a department, and to nobody there. An officer whom a board names has no account, and a name. */
const ofDepartment = sql<boolean>`officer is not null and officer_user is null and officer ->> 'name' is null`;

export const deadlineConditions: Record<Deadline, Condition> = {
  open: sql<boolean>`(${isOpen} and due_at is not null)`,
  overdue: sql<boolean>`(${isOpen} and due_at < now())`,
  today: sql<boolean>`(${isOpen} and due_at >= now() and due_at < ${tomorrow})`,
  near: sql<boolean>`(${isOpen} and due_at >= now() and due_at < now() + ${sql.lit(nearHours)} * interval '1 hour')`,
  week: sql<boolean>`(${isOpen} and due_at >= ${tomorrow} and due_at < ${nextMonday})`,
  fresh: sql<boolean>`(${isUntouched} and not ${isShared} and (clock ->> 'phase' = 'stopped') is not true)`,
  waiting: isWaiting,
  later: sql<boolean>`(${isBegun} and (clock ->> 'phase' = 'stopped') is not true and (due_at is null or due_at >= ${nextMonday}))`,
};

/**
 * - `covered`: of people who are away, for whom this person stands in
 * - `department`: assigned to the person's department, and to nobody there
 * - `gone`: of people who are no officers of the agency any more. Everybody there sees them, so that somebody takes them
 * - `unstaffed`: assigned to a department to which nobody belongs. Likewise
 */
export const owners = ['mine', 'covered', 'department', 'nobody', 'gone', 'unstaffed'] as const;
export type Owner = (typeof owners)[number];

/** An officer, as far as it decides which complaints wait for him or her. */
export interface Worker {
  agency: string;
  login: string;
  /** The logins of those for whom the person stands in today. */
  covered?: readonly string[];
  department?: string | null;
  /** The logins of people who had complaints of the agency and left. */
  gone?: readonly string[];
  /** The departments that have complaints and no people. */
  unstaffed?: readonly string[];
}

/** Whose open complaints: those of one person of an agency, or those that nobody there has taken. */
export interface Ownership extends Worker {
  owner: Owner;
}

/** The parts that this person's work has. */
export const listOwners = ({ covered = [], department, gone = [], unstaffed = [] }: Worker): Owner[] => {
  const absent = { covered: covered.length === 0, department: !department };
  const none = { gone: gone.length === 0, unstaffed: unstaffed.length === 0 };
  return owners.filter((owner) => !({ ...absent, ...none } as Partial<Record<Owner, boolean>>)[owner]);
};

/** Of an owner, and owed: with this deadline, where one is asked for. */
export const isOwnedBy = (ownership: Ownership, deadline?: Deadline): Condition =>
  // Each deadline holds only for what is owed. To say so twice would make PostgreSQL expect far fewer rows, and choose a
  // plan that reads all that the agency has open.
  sql<boolean>`(${belongsTo(ownership)} and ${deadline ? deadlineConditions[deadline] : isOwed})`;

/** As the indexes of migrations 0045, 0053 and 0061 have it. */
function belongsTo({ agency, login, owner, ...parts }: Ownership): Condition {
  const { covered = [], department, gone = [], unstaffed = [] } = parts;
  switch (owner) {
    case 'mine':
      return sql<boolean>`assignee = ${agency} and officer_user = ${login}`;
    case 'covered':
    case 'gone': {
      const logins = owner === 'covered' ? covered : gone;
      return sql<boolean>`assignee = ${agency} and officer_user = any(${[...logins]}::text[])`;
    }
    case 'department':
      return sql<boolean>`assignee = ${agency} and officer ->> 'department' = ${department ?? null} and ${ofDepartment}`;
    case 'unstaffed':
      return sql<boolean>`assignee = ${agency} and officer ->> 'department' = any(${[...unstaffed]}::text[]) and ${ofDepartment}`;
    case 'nobody':
      return sql<boolean>`assignee = ${agency} and officer is null`;
  }
}

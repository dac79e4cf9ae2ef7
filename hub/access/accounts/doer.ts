import type { Transaction } from 'kysely';
import type { ChangeWay } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { writeAudit } from '../audit/audit.ts';
import type { AuditAction } from '../audit/audit-actions.ts';

/** Who changes an account: a person by the login, and by which way. */
export interface Doer {
  actor: string;
  way: ChangeWay;
  /** The name of the key, where the person's program does it. It stands in the audit log. */
  key?: string;
  /** The login of who agreed, where two had to. */
  secondPerson?: string;
}

/** What is done to accounts. */
type AccountAction = Extract<AuditAction, `account.${string}`>;

/** Notes a change in its transaction. `login`: of the account. No entry has an address, a name or a link. */
export const noteAccount = (
  transaction: Transaction<Tables>,
  { actor, way, key, secondPerson }: Doer,
  action: AccountAction,
  login: string,
  detail?: Record<string, string | number>,
): Promise<void> =>
  writeAudit(transaction, {
    actor,
    way,
    action,
    subject: `user ${login}`,
    detail:
      key || secondPerson
        ? { ...detail, ...(key && { key }), ...(secondPerson && { secondPerson }) }
        : detail,
  });

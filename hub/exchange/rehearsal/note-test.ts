import type { Transaction } from 'kysely';
import { writeAudit } from '../../access/audit/audit.ts';
import type { AuditAction } from '../../access/audit/audit-actions.ts';
import type { ChangeWay } from '../../store/tables/column-types.ts';
import type { Tables } from '../../store/tables/tables.ts';

/** Who does something about tests: a person by the login, and by which way. */
export interface Doer {
  actor: string;
  way: ChangeWay;
  /** The name of the key, where the person's program does it. */
  key?: string | undefined;
}

type TestAction = Extract<AuditAction, `test.${string}` | `rehearsal.${string}`>;

/** Notes it in the audit log, in its transaction. `detail`: no address and no text. */
export const noteTest = (
  trx: Transaction<Tables>,
  { actor, way, key }: Doer,
  action: TestAction,
  agency: string,
  detail: Record<string, string | number> = {},
): Promise<void> =>
  writeAudit(trx, {
    actor,
    way,
    action,
    subject: `agency ${agency}`,
    agency,
    detail: { ...detail, ...(key && { key }) },
  });

import type { Store } from '../../store/database.ts';
import { may } from '../people/rights.ts';
import { type User, UserError } from '../people/users.ts';
import { type Doer, noteAccount } from './doer.ts';

/**
 * Makes an administrator's account the one for the day on which nobody else gets in, or takes that away. It needs no second factor
 * whatever the settings say, so its password is long and lies in a safe; each of its sign-ins is told to every administrator and
 * raises an alert. Throws UserError for somebody who is no administrator.
 */
export async function setBreakGlass(
  { db }: Store,
  user: Pick<User, 'id' | 'login' | 'role'>,
  isBreakGlass: boolean,
  by: Doer,
): Promise<void> {
  if (isBreakGlass && !may({ role: user.role, agency: null }, 'manage_users'))
    throw new UserError(
      'invalid',
      'role',
      'must be administrator: a break-glass account has to be able to help everybody else',
    );
  await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('users')
      .set({ break_glass: isBreakGlass })
      .where('id', '=', user.id)
      .where('break_glass', '<>', isBreakGlass)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    const action = isBreakGlass ? 'account.break_glass_set' : 'account.break_glass_ended';
    await noteAccount(transaction, by, action, user.login);
  });
}

import type { Expression, SqlBool } from 'kysely';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, toPage } from '../../store/read-page.ts';
import { type Role, roles, type User } from './users.ts';

/** Whether a person may sign in, is invited and has no password yet, or may not sign in any more. */
export const userStates = ['active', 'invited', 'disabled'] as const;
type UserState = (typeof userStates)[number];

export interface UserFilter {
  /** The beginning of a login, a name or an e-mail address. */
  search?: string;
  role?: Role;
  state?: UserState;
}

/** A person as an administrator sees him or her. */
export interface ListedUser extends User {
  email: string | null;
  state: UserState;
  createdAt: Date;
  disabledAt: Date | null;
  lastSignInAt: Date | null;
}

const selectUsers = ({ db }: Store) =>
  db
    .selectFrom('users')
    .select(['id', 'login', 'name', 'role', 'agency', 'language', 'email'])
    .select(['created_at as createdAt', 'disabled_at as disabledAt', 'last_sign_in_at as lastSignInAt'])
    .select(({ eb }) => [
      eb
        .case()
        .when('disabled_at', 'is not', null)
        .then('disabled' as const)
        .when('password_hash', 'is', null)
        .then('invited' as const)
        .else('active' as const)
        .end()
        .as('state'),
    ]);

/** A page of people by login. A cursor is a login after `u~`. */
export async function listUsers(
  store: Store,
  filter: UserFilter = {},
  place: Place = {},
): Promise<Page<ListedUser>> {
  const { search, role, state } = filter;
  const { after, before, size = 20 } = place;
  const backwards = before !== undefined;
  const cursor = fromCursor(before ?? after);
  const rows = await selectUsers(store)
    .$if(search !== undefined, (query) =>
      query.where(({ eb, or, fn }) => {
        const text = toPrefix(search ?? '');
        const matches: Expression<SqlBool>[] = [
          eb('login', 'like', text),
          eb(fn<string>('lower', ['name']), 'like', text),
          eb(fn<string>('lower', ['email']), 'like', text),
        ];
        return or(matches);
      }),
    )
    .$if(role !== undefined, (query) => query.where('role', '=', role ?? roles[0]))
    .$if(state === 'disabled', (query) => query.where('disabled_at', 'is not', null))
    .$if(state === 'invited', (query) =>
      query.where('disabled_at', 'is', null).where('password_hash', 'is', null),
    )
    .$if(state === 'active', (query) =>
      query.where('disabled_at', 'is', null).where('password_hash', 'is not', null),
    )
    .$if(cursor !== undefined, (query) => query.where('login', backwards ? '<' : '>', cursor ?? ''))
    .orderBy('login', backwards ? 'desc' : 'asc')
    .limit(size + 1)
    .execute();
  return toPage(rows, { ...place, size }, ({ login }) => `u~${login}`);
}

const fromCursor = (text: string | undefined) => text?.replace(/^u~/, '');
const toPrefix = (text: string) => `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

export async function findListedUser(store: Store, id: string): Promise<ListedUser | undefined> {
  return selectUsers(store).where('id', '=', id).executeTakeFirst();
}

/** Disabled people too. */
export async function findListedUserByLogin(store: Store, login: string): Promise<ListedUser | undefined> {
  return selectUsers(store).where('login', '=', login).executeTakeFirst();
}

/** The officers of an agency who have an account, by name. */
export async function listOfficers(
  { db }: Pick<Store, 'db'>,
  agency: string,
): Promise<(Pick<User, 'login' | 'name'> & { department: string | null })[]> {
  return db
    .selectFrom('users')
    .select(['login', 'name', 'department'])
    .where('agency', '=', agency)
    .where('role', '=', 'officer')
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .orderBy('login')
    .limit(mostOfficers)
    .execute();
}
/** More than any list of choices can show. */
const mostOfficers = 500;

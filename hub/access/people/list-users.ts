import { type Expression, type SqlBool, sql } from 'kysely';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, toPage } from '../../store/read-page.ts';
import { type Role, roles, type User } from './users.ts';

/** Whether a person may sign in, is invited and has neither a password nor a provider yet, or may not sign in any more. */
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
  /** False: invited and nothing set yet, or a provider is the only way in. */
  hasPassword: boolean;
}

/** Neither a password nor somebody at a provider. */
const isWithoutWayIn = sql<SqlBool>`(password_hash is null and not exists (
  select from sign_on_subjects where sign_on_subjects.user_id = users.id))`;

const selectUsers = ({ db }: Store) =>
  db
    .selectFrom('users')
    .select(['id', 'login', 'name', 'role', 'agency', 'language', 'email'])
    .select(['created_at as createdAt', 'disabled_at as disabledAt', 'last_sign_in_at as lastSignInAt'])
    .select(({ eb }) => [
      eb('password_hash', 'is not', null).$castTo<boolean>().as('hasPassword'),
      eb
        .case()
        .when('disabled_at', 'is not', null)
        .then('disabled' as const)
        .when(isWithoutWayIn)
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
    .$if(state === 'invited', (query) => query.where('disabled_at', 'is', null).where(isWithoutWayIn))
    .$if(state === 'active', (query) =>
      query.where('disabled_at', 'is', null).where(({ not }) => not(isWithoutWayIn)),
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

import { type Selectable, sql, type Transaction } from 'kysely';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { createAdminKeyIn } from '../keys/admin-keys.ts';
import { findListedUser } from '../people/list-users.ts';
import { checkWanted, type Wanted } from './account-wanted.ts';
import { changeIn, enableIn } from './administer.ts';
import { type Doer, noteAccount } from './doer.ts';
import { inviteIn, sendLinkIn } from './invitations.ts';

/** Changes of accounts that wait, or waited, for a second administrator. This file owns the table. */
export type AccountProposal = Omit<Selectable<Tables['account_proposals']>, 'wanted'> & { wanted: Wanted };

/**
 * Why a proposal was not decided.
 * - `unknown`: there is none that waits, or it is another's
 * - `same-person`: its author decides
 */
export class AccountProposalError extends Error {
  readonly kind: 'unknown' | 'same-person';
  constructor(kind: AccountProposalError['kind'], message: string) {
    super(message);
    this.name = 'AccountProposalError';
    this.kind = kind;
  }
}

/** Proposes it. The same again by the same person is the same proposal. */
export async function proposeAccount(
  { db }: Pick<Store, 'db'>,
  { login, wanted }: { login: string; wanted: Wanted },
  by: Doer,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const same = await trx
      .selectFrom('account_proposals')
      .select('id')
      .where('state', '=', 'open')
      .where('author', '=', by.actor)
      .where('login', '=', login)
      .where(sql<boolean>`wanted = ${JSON.stringify(wanted)}::jsonb`)
      .executeTakeFirst();
    if (same) return same.id;
    const id = newId();
    await trx
      .insertInto('account_proposals')
      .values({ id, kind: wanted.kind, login, wanted: JSON.stringify(wanted), author: by.actor, way: by.way })
      .execute();
    await noteAccount(trx, by, 'account.proposed', login, { proposal: id, kind: wanted.kind });
    return id;
  });
}

/** Those that wait for a second person, and agreed keys that wait for their author; oldest first. */
export async function listAccountProposals(
  { db }: Pick<Store, 'db'>,
  after?: string,
  most = 50,
): Promise<AccountProposal[]> {
  const rows = await db
    .selectFrom('account_proposals')
    .selectAll()
    .where('state', 'in', ['open', 'agreed'])
    .$if(after !== undefined, (query) => query.where('id', '>', after as string))
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(toProposal);
}

/**
 * A second administrator agrees, and it is done in the name of its author, or refuses. A key is made by its author
 * afterwards. Errors: AccountProposalError; UserError, after which it still waits.
 */
export async function decideAccount(
  store: Store,
  id: string,
  { agree, baseUrl }: { agree: boolean; baseUrl: string },
  by: Doer,
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const proposal = await lock(trx, id, 'open');
    const { author, login, wanted } = proposal;
    if (author === by.actor)
      throw new AccountProposalError('same-person', 'a second person has to decide what somebody proposes');
    const agreed = wanted.kind === 'key' ? 'agreed' : 'applied';
    await end(trx, id, agree ? agreed : 'refused', by);
    await noteAccount(trx, by, agree ? 'account.agreed' : 'account.refused', login, {
      proposal: id,
      kind: wanted.kind,
    });
    if (agree) await apply(store, trx, proposal, { baseUrl, secondPerson: by.actor });
  });
}

/** Its author takes it back. Errors: AccountProposalError `unknown`. */
export async function withdrawAccount({ db }: Pick<Store, 'db'>, id: string, by: Doer): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { author, login, kind } = await lock(trx, id, 'open', 'agreed');
    if (author !== by.actor) throw toUnknown(id);
    await end(trx, id, 'withdrawn', by);
    await noteAccount(trx, by, 'account.withdrawn', login, { proposal: id, kind });
  });
}

/**
 * Makes the key to which another has agreed; only its author can, once. Errors: AccountProposalError `unknown`,
 * AdminKeyError.
 */
export async function fetchAgreedKey(
  { db }: Pick<Store, 'db'>,
  id: string,
  by: Doer,
): Promise<{ id: string; key: string }> {
  return db.transaction().execute(async (trx) => {
    const { author, login, wanted, decided_by: secondPerson } = await lock(trx, id, 'agreed');
    if (author !== by.actor || wanted.kind !== 'key') throw toUnknown(id);
    await trx.updateTable('account_proposals').set({ state: 'applied' }).where('id', '=', id).execute();
    const order = { login, name: wanted.name, scopes: wanted.scopes, expiresAt: new Date(wanted.expiresAt) };
    return createAdminKeyIn(trx, order, { ...by, ...(secondPerson && { secondPerson }) });
  });
}

async function apply(
  store: Store,
  trx: Transaction<Tables>,
  { author: actor, way, wanted }: AccountProposal,
  { baseUrl, secondPerson }: { baseUrl: string; secondPerson: string },
): Promise<void> {
  const by = { actor, way, secondPerson };
  switch (wanted.kind) {
    case 'invite':
      await inviteIn(trx, wanted.user, baseUrl, by);
      break;
    case 'change':
      await changeIn(trx, wanted.id, wanted.profile, by);
      break;
    case 'enable':
      await enableIn(trx, wanted.id, by);
      break;
    case 'link': {
      const person = await findListedUser(store, wanted.id);
      if (person) await sendLinkIn(trx, person, { email: wanted.email, baseUrl }, by);
    }
  }
}

async function lock(
  trx: Transaction<Tables>,
  id: string,
  ...states: AccountProposal['state'][]
): Promise<AccountProposal> {
  const row = await trx
    .selectFrom('account_proposals')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', states)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw toUnknown(id);
  return toProposal(row);
}

function toProposal(row: Selectable<Tables['account_proposals']>): AccountProposal {
  const checked = checkWanted(row.wanted);
  if (!checked.ok) throw new TypeError(`proposal ${row.id} is not of a known kind`);
  return { ...row, wanted: checked.value };
}

const toUnknown = (id: string) => new AccountProposalError('unknown', `no proposal ${id} waits`);

const end = (trx: Transaction<Tables>, id: string, state: AccountProposal['state'], { actor }: Doer) =>
  trx
    .updateTable('account_proposals')
    .set({ state, decided_by: actor, decided_at: new Date() })
    .where('id', '=', id)
    .execute();

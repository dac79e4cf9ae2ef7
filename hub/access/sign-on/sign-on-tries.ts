import type { Store } from '../../store/database.ts';
import { createSecretToken, hashToken } from '../keys/secret-token.ts';
import type { Identity, Proof } from './provider.ts';
import type { Carried, SignOnKind } from './sign-on-error.ts';

/** The one file that writes sign_on_tries and sign_on_seen. */

/** Minutes for signing in at the provider. */
const minutes = 15;
/** Minutes between the provider's answer and the page that follows it at once. */
const minutesToArrive = 5;

export interface NewTry extends Carried {
  provider: string;
  /** The token of the browser that begins. */
  browser: string;
  /** The signed-in account that wants this way in. */
  linkUser?: string | undefined;
}

/** Somebody who came back. */
export interface Returned extends Carried {
  proof: Proof;
  linkUser: string | null;
  /** Null: the answer is still to be taken. */
  outcome: Outcome | null;
}

/** What the provider's answer came to. */
export type Outcome = { identity: Identity } | { refused: { kind: SignOnKind; code: string } };

/** Keeps what the answer must fit, under the state that comes back with it. */
export async function keepTry(
  { db }: Pick<Store, 'db'>,
  state: string,
  given: NewTry,
  proof: Proof,
): Promise<void> {
  await db
    .insertInto('sign_on_tries')
    .values({
      state_hash: hashToken(state),
      browser_hash: hashToken(given.browser),
      provider: given.provider,
      proof: JSON.stringify(proof) as never,
      go_to: given.to,
      path: given.path ?? null,
      typed: given.typed ?? null,
      link_user: given.linkUser ?? null,
      expires_at: inMinutes(minutes),
    })
    .execute();
}

/** Keeps somebody whom a provider sent of its own accord. Resolves with the state for the page that follows. */
export async function keepUnasked(
  { db }: Pick<Store, 'db'>,
  provider: string,
  identity: Identity,
): Promise<string> {
  const state = createSecretToken();
  await db
    .insertInto('sign_on_tries')
    .values({
      state_hash: hashToken(state),
      browser_hash: null,
      provider,
      proof: '{}' as never,
      go_to: '/',
      identity: JSON.stringify({ identity } satisfies Outcome),
      expires_at: inMinutes(minutesToArrive),
    })
    .execute();
  return state;
}

const inMinutes = (count: number) => new Date(Date.now() + count * 60_000);

/** What a waiting answer must fit. Undefined: nobody waits, or it came already. Any browser may bring it: the cookie comes later. */
export async function findProof(
  { db }: Pick<Store, 'db'>,
  provider: string,
  state: string,
): Promise<Proof | undefined> {
  const row = await db
    .selectFrom('sign_on_tries')
    .select('proof')
    .where('state_hash', '=', hashToken(state))
    .where('provider', '=', provider)
    .where('identity', 'is', null)
    .where('expires_at', '>', new Date())
    .executeTakeFirst();
  return row?.proof;
}

/** Keeps what the answer came to until the browser shows its cookie. False: another answer was first. */
export async function keepOutcome(
  { db }: Pick<Store, 'db'>,
  state: string,
  outcome: Outcome,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_on_tries')
    .set({ identity: JSON.stringify(outcome), expires_at: inMinutes(minutesToArrive) })
    .where('state_hash', '=', hashToken(state))
    .where('identity', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes a try, which then is over. Undefined: it was never begun in this browser, was taken already, or its time is over. */
export async function takeTry(
  { db }: Pick<Store, 'db'>,
  provider: string,
  state: string,
  browser: string | undefined,
): Promise<Returned | undefined> {
  const row = await db
    .deleteFrom('sign_on_tries')
    .where('state_hash', '=', hashToken(state))
    .where('provider', '=', provider)
    .where('expires_at', '>', new Date())
    .where(({ or, eb }) =>
      or([
        eb('browser_hash', '=', browser === undefined ? '' : hashToken(browser)),
        eb('browser_hash', 'is', null),
      ]),
    )
    .returning(['proof', 'go_to as to', 'path', 'typed', 'link_user as linkUser', 'identity'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { to, proof, linkUser } = row;
  const outcome = row.identity === null ? null : toOutcome(row.identity as Outcome);
  return { to, path: row.path ?? undefined, typed: row.typed ?? undefined, proof, linkUser, outcome };
}

/** JSON has no dates. */
function toOutcome(kept: Outcome): Outcome {
  if ('refused' in kept || !kept.identity.once) return kept;
  const { once } = kept.identity;
  return { identity: { ...kept.identity, once: { ...once, until: new Date(once.until) } } };
}

/** Notes that an answer was taken. False: it was taken before, by whichever process. */
export async function takeOnce(
  { db }: Pick<Store, 'db'>,
  issuer: string,
  { id, until }: { id: string; until: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('sign_on_seen')
    .values({ issuer, id, until })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

/** Removes what is over. */
export async function pruneSignOn({ db }: Pick<Store, 'db'>, now: Date): Promise<void> {
  await db.deleteFrom('sign_on_tries').where('expires_at', '<=', now).execute();
  await db.deleteFrom('sign_on_seen').where('until', '<=', now).execute();
}

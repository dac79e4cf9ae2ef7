import { toReason } from '../../schemas/reason.ts';
import {
  type ApiKeyEntry,
  endApiKey,
  insertApiKey,
  type KeyState,
  listApiKeys,
  lockKeyOf,
  revokeKeyOf,
  TooManyKeys,
} from '../access/keys/api-keys.ts';
import { toSigningSecret } from '../access/keys/request-signature.ts';
import { type KeyScope, keyScopes } from '../access/keys/scopes.ts';
import type { Queryable, Store } from '../store/database.ts';
import type { Actor } from './actor.ts';
import { EngineerError } from './engineer-error.ts';
import { type Expect, expectAnything } from './expect.ts';
import type { Change } from './record.ts';

/** What an engineer asks for. */
interface KeyWish {
  name: string;
  scopes: readonly string[];
  /** Null: it never expires. */
  expiresAt: Date | null;
}

/** A new key. `key` and `signingSecret` are shown this once. */
export interface MadeKey {
  id: string;
  name: string;
  scopes: readonly KeyScope[];
  expiresAt: Date | null;
  key: string;
  signingSecret: string | undefined;
}

export interface EngineerKeys {
  /** The agency's keys, newest first, without those of its agent. */
  list(agency: string): Promise<ApiKeyEntry[]>;
  /** One of them, without what changes by itself. Errors: EngineerError `not_found`. */
  find(agency: string, id: string): Promise<KeyState>;
  make: Change<KeyWish, MadeKey>;
  /** A new key beside the old one, which ends at `endsAt`. */
  rotate: Change<{ id: string; endsAt: Date; expiresAt: Date | null; expect?: Expect }, MadeKey>;
  revoke: Change<{ id: string; expect?: Expect }, void>;
}

const longestKeyName = 60;
const day = 86_400_000;
/** Days in which an old key may go on beside its new one, and for which a key may be made. */
const longestOverlap = 90;
const longestLife = 5 * 366;

/** `hubSecret`: signing secrets are derived from it. */
export function createEngineerKeys(store: Store, hubSecret: string | undefined): EngineerKeys {
  const listOwn = async (agency: string) =>
    (await listApiKeys(store, agency)).filter(({ scopes }) => !scopes.includes('agent'));

  async function insert(
    client: Queryable,
    actor: Actor,
    wish: Omit<MadeKey, 'id' | 'key' | 'signingSecret'>,
  ) {
    mustHold(actor, wish.scopes);
    const { id, key } = await insertApiKey(client, {
      ...wish,
      agency: actor.agency,
      madeBy: actor.name,
    }).catch((error: unknown) => {
      throw error instanceof TooManyKeys ? new EngineerError('conflict', error.message) : error;
    });
    return { id, ...wish, key, signingSecret: hubSecret && toSigningSecret(hubSecret, id) };
  }

  return {
    list: listOwn,
    async make(client, actor, { name, scopes, expiresAt }) {
      const wanted = keyScopes.filter((scope) => scopes.includes(scope));
      const problems = [
        ...findNameProblems(name),
        ...(wanted.length === 0 || wanted.length < new Set(scopes).size
          ? [{ pointer: '/scopes', reason: toReason('key_scopes', { expected: keyScopes.join(', ') }) }]
          : []),
        ...findTimeProblems('/expiresAt', expiresAt, longestLife),
      ];
      if (problems.length > 0) throw new EngineerError('invalid', 'the key is not acceptable', problems);
      return insert(client, actor, { name: name.trim(), scopes: wanted, expiresAt });
    },
    async find(agency, id) {
      const key = (await listOwn(agency)).find((one) => one.id === id);
      if (!key) throw new EngineerError('not_found');
      return toState(key);
    },
    async rotate(client, actor, { id, endsAt, expiresAt, expect = expectAnything }) {
      expect(await lockKeyOf(client, actor.agency, id));
      const old = (await listOwn(actor.agency)).find((key) => key.id === id && key.valid);
      if (!old) throw new EngineerError('not_found');
      const problems = [
        ...findTimeProblems('/endsAt', endsAt, longestOverlap, true),
        ...findTimeProblems('/expiresAt', expiresAt, longestLife),
      ];
      if (problems.length > 0) throw new EngineerError('invalid', 'the times are not acceptable', problems);
      const { name, scopes } = old;
      const made = await insert(client, actor, { name, scopes: scopes as KeyScope[], expiresAt });
      if (!(await endApiKey(client, actor.agency, id, endsAt))) throw new EngineerError('not_found');
      return made;
    },
    async revoke(client, actor, { id, expect = expectAnything }) {
      expect(await lockKeyOf(client, actor.agency, id));
      if (!(await revokeKeyOf(client, actor.agency, id))) throw new EngineerError('not_found');
    },
  };
}

/** In the order of {@link lockKeyOf}: a tag is made of it. */
const toState = ({
  id,
  name,
  hint,
  scopes,
  madeBy,
  createdAt,
  expiresAt,
  revokedAt,
}: ApiKeyEntry): KeyState => ({
  ...{ id, name, hint, scopes, madeBy, createdAt, expiresAt, revokedAt },
});

function mustHold(actor: Actor, scopes: readonly KeyScope[]): void {
  const lacking = scopes.filter((scope) => !actor.scopes.includes(scope));
  if (lacking.length > 0)
    throw new EngineerError(
      'forbidden',
      `a key cannot give what it has not: ${lacking.join(', ')}; an engineer can, at the console`,
    );
}

const findNameProblems = (name: string) =>
  name.trim() === '' || name.trim().length > longestKeyName
    ? [{ pointer: '/name', reason: toReason('key_name', { n: longestKeyName }) }]
    : [];

/** A time of the caller's own clock may be past by a little: that means now. */
const leeway = 60_000;

function findTimeProblems(pointer: string, at: Date | null, days: number, mayBeNow = false) {
  if (at === null) return [];
  const ahead = at.getTime() - Date.now();
  return ahead > days * day || ahead < (mayBeNow ? -leeway : 0)
    ? [{ pointer, reason: toReason('key_time', { n: days }) }]
    : [];
}

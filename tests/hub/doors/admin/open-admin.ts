import { createAdminKey } from '../../../../hub/access/keys/admin-keys.ts';
import type { AdminScope } from '../../../../hub/access/keys/admin-scopes.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import { call, type Reply } from '../call.ts';
import { type OpenDoors, openDoors } from '../open-doors.ts';

export interface OpenAdmin {
  doors: OpenDoors;
  /** Keys of the administrators kim and lee. */
  keys: { kim: string; lee: string; reader: string };
  makeKey(login: string, name: string, scopes: AdminScope[], expiresAt?: Date): Promise<string>;
  /** Calls below /api/v1/admin, as kim unless another key is given. */
  ask<Body = Record<string, never>>(
    method: string,
    path: string,
    value?: unknown,
    headers?: Record<string, string>,
    key?: string,
  ): Promise<Reply<Body>>;
  close(): Promise<void>;
}

/** The administration API of a hub on a real database, with the agencies of {@link openDoors}. */
export async function openAdmin(settings: Parameters<typeof openDoors>[0] = {}): Promise<OpenAdmin> {
  const doors = await openDoors(settings);
  for (const login of ['kim', 'lee'])
    await createUser(doors.store, {
      login,
      name: login,
      role: 'administrator',
      password: 'a long enough secret',
    });
  const ahead = new Date(Date.now() + 86_400_000);
  const makeKey: OpenAdmin['makeKey'] = async (login, name, scopes, expiresAt = ahead) => {
    const order = { login, name, scopes, expiresAt };
    return (await createAdminKey(doors.store, order, { actor: 'test', way: 'command' })).key;
  };
  const keys = {
    kim: await makeKey('kim', 'pipeline', ['configure']),
    lee: await makeKey('lee', 'second', ['configure']),
    reader: await makeKey('kim', 'reader', ['read-configuration']),
  };
  return {
    doors,
    keys,
    makeKey,
    ask: (method, path, value, headers = {}, key = keys.kim) =>
      call(doors, key, method, `/admin${path}`, value, headers),
    close: () => doors.close(),
  };
}

export const typeOf = ({ body }: Reply<unknown>): string | undefined =>
  (body as { type?: string }).type?.split(':').at(-1);

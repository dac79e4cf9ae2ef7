import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownDevice } from '../../../access/people/known-devices.ts';
import type { Sessions } from '../../../access/people/sessions.ts';
import type { User } from '../../../access/people/users.ts';
import type { Typed } from '../../../web/forms.ts';
import { toLocalPath } from '../../../web/security.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import type { Cookies } from '../../visit/visit.ts';
import { toBrowserName } from '../browser-name.ts';

/** Keeps what was typed in a session that ended. Resolves with the page to go on at; undefined: none keeps it. */
export interface TypedKeeping {
  isFor(path: string): boolean;
  keep(user: User, path: string, typed: Typed): Promise<string | undefined>;
  toFields(json: string): Typed;
}

/** What the pages of signing in share. */
export interface SignInParts {
  deps: ConsoleDeps;
  sessions: Sessions;
  cookies: Cookies;
  keeping: TypedKeeping;
}

/** Opens the session, and resolves with the page to go on at. */
export async function letIn(
  { sessions, cookies, keeping }: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { user, device, proved }: { user: User; device: KnownDevice; proved: boolean },
): Promise<string> {
  // A new session takes the place of the one that this browser had (OWASP ASVS 5, 7.2.4).
  const before = cookies.session(request);
  if (before) await sessions.close(before);
  const browser = toBrowserName(request.headers['user-agent']);
  const session = await sessions.open(user.id, {
    address: request.ip,
    device: device.token,
    proved,
    ...(browser !== undefined && { browser }),
  });
  cookies.setSession(reply, session.token, session.expiresAt);
  cookies.setDevice(reply, device.token, device.expiresAt);
  const { to, path, typed = '' } = request.typed();
  const keptAt = path ? await keeping.keep(user, path, keeping.toFields(typed)) : undefined;
  return toLocalPath(keptAt ?? to);
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../../../access/keys/secret-token.ts';
import type { KnownDevice } from '../../../access/people/known-devices.ts';
import type { Sessions } from '../../../access/people/sessions.ts';
import type { User } from '../../../access/people/users.ts';
import { noteOrigin } from '../../../access/sign-on/subjects.ts';
import type { SignOnOrigin } from '../../../store/tables/column-types.ts';
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

/** Where the person goes on, and what he or she typed into a form before its session ended. */
export interface CarriedForm {
  to?: string | undefined;
  path?: string | undefined;
  typed?: string | undefined;
}

interface LetIn {
  user: User;
  device: KnownDevice;
  /** A second factor was given now. */
  proved: boolean;
  /** The provider that the person came from. */
  origin?: SignOnOrigin | null;
  /** Absent: as the form says that came now. */
  carried?: CarriedForm;
}

/** Opens the session, and resolves with the page to go on at. A session that the browser had before ends. */
export async function letIn(
  { deps, sessions, cookies, keeping }: SignInParts,
  request: FastifyRequest,
  reply: FastifyReply,
  { user, device, proved, origin, carried }: LetIn,
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
  if (origin) await noteOrigin(deps.store, hashToken(session.token), origin);
  cookies.setSession(reply, session.token, session.expiresAt);
  cookies.setDevice(reply, device.token, device.expiresAt);
  const { to, path, typed = '' } = carried ?? request.typed();
  const keptAt = path ? await keeping.keep(user, path, keeping.toFields(typed)) : undefined;
  return toLocalPath(keptAt ?? to);
}

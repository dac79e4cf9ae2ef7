import type { FastifyRequest } from 'fastify';
import type { Reader } from '../../personal/with-personal.ts';

/** The signed-in person as the access log names him: with the page, and the address that the request came from. */
export function toReader(request: FastifyRequest): Reader {
  const user = request.signedIn();
  return { ...toAnyReader(request), user };
}

/** The same of whoever asks: somebody who is not signed in has no name. */
export function toAnyReader(request: FastifyRequest): Reader {
  const user = request.session?.user;
  return {
    actor: user?.login ?? '-',
    agency: user?.agency ?? null,
    way: 'console',
    address: request.ip,
    place: `${request.method} ${request.routeOptions.url ?? '/'}`,
  };
}

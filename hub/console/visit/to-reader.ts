import type { FastifyRequest } from 'fastify';
import type { Reader } from '../../personal/with-personal.ts';

/** The signed-in person as the access log names him: with the page, and the address that the request came from. */
export function toReader(request: FastifyRequest): Reader {
  const user = request.signedIn();
  return {
    actor: user.login,
    agency: user.agency,
    way: 'console',
    address: request.ip,
    place: `${request.method} ${request.routeOptions.url ?? '/'}`,
    user,
  };
}

import type { FastifyRequest } from 'fastify';
import type { Agency } from '../../../schemas/index.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { type Actor, toEngineer } from '../../engineer/actor.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';

/** The signed-in engineer's own agency. Errors: PageError for everybody else. */
export function toOwnAgency(
  { directory }: Pick<ConsoleDeps, 'directory'>,
  request: FastifyRequest,
): { agency: string; configured: Agency; actor: Actor } {
  const user = request.demand('manage_connection');
  const configured = directory.findAgency(user.agency ?? '');
  if (!configured) throw new PageError('not_found');
  const agency = configured.code;
  return { agency, configured, actor: toEngineer({ agency, login: user.login }) };
}

/** The id in the address. Errors: PageError. */
export function toOwnId(request: FastifyRequest): string {
  const id = toUuid((request.params as { id: string }).id);
  if (!id) throw new PageError('not_found');
  return id;
}

/** What is not of the agency, or not there any more, is a page that there is not. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineerError && error.kind === 'not_found') throw new PageError('not_found');
    throw error;
  }
}

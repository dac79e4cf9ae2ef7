import type { FastifyRequest } from 'fastify';
import type { Agency } from '../../../schemas/index.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';

/** The agency that the URL names. Only an agency with a board goes through stages. */
export function getAgencyWithBoard(
  { directory }: Pick<ConsoleDeps, 'directory'>,
  request: FastifyRequest,
): Agency {
  const agency = directory.findAgency((request.params as { code: string }).code);
  if (!agency?.board) throw new PageError('not_found');
  return agency;
}

import type { User } from '../../access/people/users.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';

/** The agency whose desk is set up: an officer's own; for an administrator, the one that is asked for. */
export function toDeskAgency(
  { directory }: Pick<ConsoleDeps, 'directory'>,
  user: User,
  asked: string | undefined,
): string {
  const agency = user.agency ?? asked;
  if (agency === undefined || !directory.findAgency(agency)) throw new PageError('not_found');
  return agency;
}

import type { FastifyRequest } from 'fastify';
import { may } from '../../access/people/rights.ts';
import { listParkedBodies } from '../../complaints/reading/read-operations.ts';
import { findRawTitle } from '../../exchange/workbench/find-raw-title.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import type { ConsoleDeps } from './console-context.ts';
import { toReader } from './to-reader.ts';

/** The titles of parked items by their ids. An item in which no title is known has none. */
export const readItemTitles = (
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  request: FastifyRequest,
  ids: readonly string[],
): Promise<Map<string, string>> =>
  ids.length === 0
    ? Promise.resolve(new Map())
    : withPersonal(store, toReader(request), async (opened, tell) => {
        const titles = new Map<string, string>();
        for (const { id, agency, body } of await listParkedBodies(opened, ids)) {
          const title = findRawTitle(directory.findAgency(agency), body);
          if (title) titles.set(id, title);
        }
        tell({
          ...{ act: 'list', purpose: 'repairing', items: ['text'], subjects: [...titles.keys()] },
          masked: !may(request.signedIn(), 'see_person'),
        });
        return titles;
      });

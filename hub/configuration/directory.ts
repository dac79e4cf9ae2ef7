import type { Agency, Routing } from '../../schemas/index.ts';

/** The configuration in force, held in memory and kept up to date: read it at each use, do not keep pieces. */
export interface Directory {
  findAgency(code: string): Agency | undefined;
  listAgencies(): Agency[];
  routing(): Routing;
}

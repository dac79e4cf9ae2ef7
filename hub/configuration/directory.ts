import type { Agency, Routing } from '../../schemas/index.ts';

/** The configuration in force, held in memory and kept up to date. Read it at each use, and keep no parts of it. */
export interface Directory {
  findAgency(code: string): Agency | undefined;
  listAgencies(): Agency[];
  routing(): Routing;
}

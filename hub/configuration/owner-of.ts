import type { Agency } from '../../schemas/index.ts';

/** The person at an agency who must look at parked things: its first officer, or the agency itself if it names none. */
export const ownerOf = ({ code, officers }: Pick<Agency, 'code' | 'officers'>): string =>
  officers[0]?.name ?? code;

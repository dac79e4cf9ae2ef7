import type { Agency } from '../../schemas/index.ts';

/** Who at an agency must look at what waits for a person: its first officer, or the agency itself where it names none. */
export const ownerOf = ({ code, officers }: Pick<Agency, 'code' | 'officers'>): string =>
  officers[0]?.name ?? code;

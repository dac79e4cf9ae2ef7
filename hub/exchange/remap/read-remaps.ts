import type { Store } from '../../store/database.ts';

export interface RemapEntry {
  id: string;
  agency: string;
  state: 'running' | 'done';
  askedBy: string;
  askedAt: Date;
  looked: number;
  applied: number;
  failed: number;
}

/** The newest twenty. */
export async function listRemaps({ pool }: Store): Promise<RemapEntry[]> {
  const { rows } = await pool.query<RemapEntry>(
    `select id, agency, state, asked_by as "askedBy", asked_at as "askedAt", looked, applied, failed
     from remaps order by id desc limit 20`,
  );
  return rows;
}

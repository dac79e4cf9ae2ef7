import type { Store } from '../store/database.ts';

/** Rows of a page that a person can choose. */
export const pageSizes = [20, 50, 100] as const;
export type PageSize = (typeof pageSizes)[number];

/** How a person wants the desk. */
export interface DeskSettings {
  pageSize: number;
  /** Single keys do something on lists and complaints. */
  shortcuts: boolean;
}

const usual: DeskSettings = { pageSize: 20, shortcuts: true };

export async function readDeskSettings({ db }: Store, userId: string): Promise<DeskSettings> {
  const row = await db
    .selectFrom('desk_settings')
    .select(['page_size as pageSize', 'shortcuts'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ?? usual;
}

/** Changes what is given, and leaves the rest as it is. */
export async function writeDeskSettings(
  { pool }: Store,
  userId: string,
  { pageSize, shortcuts }: { pageSize?: PageSize | undefined; shortcuts?: boolean | undefined },
): Promise<void> {
  await pool.query(
    `insert into desk_settings as s (user_id, page_size, shortcuts)
     values ($1, coalesce($2, ${usual.pageSize}), coalesce($3, ${usual.shortcuts}))
     on conflict (user_id) do update set page_size = coalesce($2, s.page_size), shortcuts = coalesce($3, s.shortcuts)`,
    [userId, pageSize ?? null, shortcuts ?? null],
  );
}

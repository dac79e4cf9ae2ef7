import { readSettings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { openConfiguredStore } from '../store/open.ts';

/** Do `work` with the store that the environment names, and close it whatever happens. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const { store, stop } = await openConfiguredStore(readSettings());
  try {
    return await work(store);
  } finally {
    await stop();
  }
}

import { readSettings } from '../../settings.ts';
import type { Store } from '../../store/database.ts';
import { openConfiguredStore } from '../../store/open.ts';

/** Does `work` with the store that the environment names, and closes it whatever happens. */
export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const { store, stop } = await openConfiguredStore(readSettings());
  try {
    return await work(store);
  } finally {
    await stop();
  }
}

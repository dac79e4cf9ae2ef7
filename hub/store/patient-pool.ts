import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isRefused } from './database-trouble.ts';

/** Milliseconds. */
const patience = 3_000;
const pauses = { first: 50, longest: 1_000 };

type Connected = Parameters<Parameters<pg.Pool['connect']>[0]>;

/**
 * A pool that waits a little if the server has no connection to give: meanwhile one of its own comes back, or another
 * client leaves. The pool of pg throws at once, even if one of its own connections would be free a moment later.
 */
export class PatientPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: (...connected: Connected) => void): void;
  override connect(callback?: (...connected: Connected) => void): Promise<pg.PoolClient> | undefined {
    const connected = this.#connect();
    if (!callback) return connected;
    connected.then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  async #connect(): Promise<pg.PoolClient> {
    for (
      let until = Date.now() + patience, wait = pauses.first;
      ;
      wait = Math.min(2 * wait, pauses.longest)
    ) {
      try {
        return await super.connect();
      } catch (error) {
        if (!isRefused(error) || this.ending || Date.now() + wait > until) throw error;
        await pause(wait);
      }
    }
  }
}

/**
 * The one file that writes table `data_keys`. The ring holds the data keys of this database, unwrapped, in the memory of
 * this process.
 *
 * A new key seals only {@link leadMinutes} after it was made. Every process reads the table anew each half minute, so each
 * knows the key before it meets a text that was sealed with it.
 */
import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inTransaction, type Queryable } from '../database.ts';
import { StoreError } from '../store-error.ts';
import type { KeyEncryption } from './key-encryption.ts';
import { createKeys, type Keys } from './keys.ts';
import { type DataKey, keyIdLength, type SealAlgorithm } from './sealed-text.ts';

/** What a data key is for: columns, contents of attachments, or the marks of what is looked up. */
export type KeyPurpose = 'columns' | 'files' | 'marks';
const purposes: readonly KeyPurpose[] = ['columns', 'files', 'marks'];

export const leadMinutes = 10;
const refreshEvery = 30_000;
/** Days in which a key seals. Then the next one is made. The key of the marks stays: all marks would change with it. */
const monthDays = 30;

/** A row of `data_keys` without the key. */
export interface ListedKey {
  id: string;
  purpose: KeyPurpose;
  algorithm: SealAlgorithm;
  wrappedBy: string;
  madeAt: Date;
  activeFrom: Date;
}

interface KeyRow extends ListedKey {
  wrapped: Buffer;
  /** Milliseconds until it seals, by the clock of the database. */
  wait: number;
}

interface RingKey extends DataKey {
  purpose: KeyPurpose;
  /** Milliseconds of this process's clock. */
  activeFrom: number;
}

export interface RingOptions {
  /**
   * Reads the key-encryption keys. The first one wraps new keys; the others only unwrap. None: nothing is sealed.
   * `isSealed`: whether the database has data keys already.
   */
  wrapping(isSealed: boolean): readonly KeyEncryption[];
  algorithm: SealAlgorithm;
}

const listText = `
select id, purpose, algorithm, wrapped, wrapped_by as "wrappedBy", made_at as "madeAt", active_from as "activeFrom",
  extract(epoch from active_from - now())::float * 1000 as wait
from data_keys order by active_from, id`;

export class KeyRing {
  /** What the pools of the store seal and open with. */
  readonly keys: Keys;
  readonly #options: RingOptions;
  readonly #known = new Map<string, RingKey>();
  #wrapping: readonly KeyEncryption[] = [];
  #marking: KeyObject | undefined;
  #wordsInClear = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RingOptions) {
    this.#options = options;
    const ring = this;
    this.keys = createKeys({
      get on() {
        return ring.#wrapping.length > 0;
      },
      get wordsInClear() {
        return ring.#wordsInClear;
      },
      current: (purpose) => ring.#current(purpose),
      find: (id) => ring.#known.get(id),
      marking: () => ring.#marking ?? notRead(),
    });
  }

  /** Reads the keys and makes what is missing. Errors: StoreError `sealed` if a key cannot be unwrapped. */
  async open(pool: pg.Pool): Promise<void> {
    const { rows } = await pool.query('select from data_keys limit 1');
    this.#wrapping = this.#options.wrapping(rows.length > 0);
    await this.#refresh(pool);
    if (!this.keys.on) return;
    // What fails here is tried again half a minute later, and a key that is missed meanwhile says so itself.
    this.#timer = setInterval(() => void this.#refresh(pool).catch(() => undefined), refreshEvery).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** The key that new columns are sealed with. Undefined: nothing is sealed. */
  findColumnKey(): DataKey | undefined {
    return this.keys.on ? this.#current('columns') : undefined;
  }

  async list(pool: pg.Pool): Promise<ListedKey[]> {
    return (await this.#read(pool)).map(({ wrapped: _wrapped, wait: _wait, ...listed }) => listed);
  }

  /** Makes new data keys now, of the algorithm that is configured. Resolves with their ids. */
  async rotate(pool: pg.Pool): Promise<string[]> {
    const made = await this.#make(pool, () => ['columns', 'files'], leadMinutes);
    await this.#read(pool);
    return made;
  }

  /** Wraps every data key with the first key-encryption key. Resolves with the number of those that had another. */
  rewrap(pool: pg.Pool): Promise<number> {
    return inTransaction(pool, async (client) => {
      await client.query(lockText);
      const first = this.#first();
      const others = (await this.#read(client)).filter(({ wrappedBy }) => wrappedBy !== first.id);
      for (const row of others) {
        const wrapped = await first.wrap(await this.#unwrap(row), aboutKey(row));
        await client.query('update data_keys set wrapped = $2, wrapped_by = $3 where id = $1', [
          ...[row.id, wrapped, first.id],
        ]);
      }
      return others.length;
    });
  }

  async #refresh(pool: pg.Pool): Promise<void> {
    const rows = await this.#read(pool);
    if (!this.keys.on) return;
    const ending = (all: KeyRow[]) => listEnding(all, this.#options.algorithm);
    if (listLacking(rows).length > 0) await this.#make(pool, listLacking, 0);
    if (ending(rows).length > 0) await this.#make(pool, ending, leadMinutes);
    await this.#read(pool);
    const { rows: words } = await pool.query('select from complaint_terms where not keyed limit 1');
    this.#wordsInClear = words.length > 0;
  }

  async #read(pool: Queryable): Promise<KeyRow[]> {
    const { rows } = await pool.query<KeyRow>(listText);
    if (!this.keys.on && rows.length > 0)
      throw new StoreError(
        'sealed',
        `this database is sealed: SEALING_KEY must name the key-encryption key ${rows[0]?.wrappedBy}. Nothing was changed`,
      );
    for (const row of rows) {
      if (this.#known.has(row.id)) continue;
      const { id, purpose, algorithm, wait } = row;
      const key = createSecretKey(await this.#unwrap(row));
      this.#known.set(id, { id, purpose, algorithm, key, activeFrom: Date.now() + wait });
      if (purpose === 'marks') this.#marking = key;
    }
    return rows;
  }

  async #unwrap(row: KeyRow): Promise<Buffer> {
    const wrapper = this.#wrapping.find(({ id }) => id === row.wrappedBy);
    if (wrapper) return wrapper.unwrap(row.wrapped, aboutKey(row));
    const named = this.#wrapping.map(({ id }) => id).join(', ');
    throw new StoreError(
      'sealed',
      `data key ${row.id} is wrapped by key-encryption key ${row.wrappedBy}, and SEALING_KEY names ${named}: what is sealed cannot be read without it. Nothing was changed`,
    );
  }

  #first(): KeyEncryption {
    return this.#wrapping[0] ?? notRead();
  }

  /** The newest key that seals already. One that is newer than all clocks serves until there is another. */
  #current(purpose: KeyPurpose): RingKey {
    const now = Date.now();
    const all = [...this.#known.values()]
      .filter((key) => key.purpose === purpose)
      .sort((one, other) => one.activeFrom - other.activeFrom);
    return all.findLast(({ activeFrom }) => activeFrom <= now) ?? all[0] ?? notRead();
  }

  /** Makes the keys of these purposes. Processes take turns: the table is locked. */
  #make(pool: pg.Pool, choose: (rows: KeyRow[]) => readonly KeyPurpose[], lead: number): Promise<string[]> {
    return inTransaction(pool, async (client) => {
      await client.query(lockText);
      const made: string[] = [];
      for (const purpose of choose(await this.#read(client))) {
        const id = randomBytes((keyIdLength * 3) / 4).toString('base64url');
        const wrapped = await this.#first().wrap(randomBytes(keyBytes), aboutKey({ id, purpose }));
        await client.query(
          `insert into data_keys (id, purpose, algorithm, wrapped, wrapped_by, active_from)
           values ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`,
          [id, purpose, this.#options.algorithm, wrapped, this.#first().id, lead],
        );
        made.push(id);
      }
      // What was there before has to be sealed.
      if (made.length === purposes.length) await client.query(firstResealText);
      return made;
    });
  }
}

const keyBytes = 32;
/** In a new database there is nothing to seal. */
const firstResealText = `
insert into reseals (asked_by) select 'hub' where exists (select from complaints) or exists (select from raw_items)
  or exists (select from users) or exists (select from signing_keys) or exists (select from complaint_terms where not keyed)`;
const lockText = 'lock table data_keys in share row exclusive mode';

/** What is authenticated with a wrapped key. */
const aboutKey = ({ id, purpose }: Pick<KeyRow, 'id' | 'purpose'>) => `${id} ${purpose}`;

function notRead(): never {
  throw new StoreError('sealed', 'the keys of this database are not read yet');
}

const listLacking = (rows: KeyRow[]): KeyPurpose[] =>
  purposes.filter((purpose) => !rows.some((row) => row.purpose === purpose));

/** Purposes whose key has served its time, or is of another algorithm than the one that is configured now. */
const listEnding = (rows: KeyRow[], algorithm: SealAlgorithm): KeyPurpose[] =>
  purposes.filter((purpose) => {
    const newest = rows.filter((row) => row.purpose === purpose).at(-1);
    if (purpose === 'marks' || newest === undefined) return false;
    return newest.wait < -monthDays * 86_400_000 || newest.algorithm !== algorithm;
  });

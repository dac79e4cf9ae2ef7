import type { Browser } from 'playwright-core';
import type { Agency } from '../../schemas/index.ts';
import type { PromiseId } from './promises.ts';

/** A product that agencies run, tried as it is: its own source or packages, its own pages. */
export interface Product {
  /** Its folder here, and its name on the command line. */
  name: string;
  title: string;
  /** Debian packages without which it does not run. */
  packages: string[];
  /** Answers to questions of its packages, as debconf-set-selections reads them. */
  debconf?: string[];
  /** Its public source, which the caller hands in as a folder. Absent: its packages are all that it needs. */
  source?: string;
  /** What of it is connected, each with its own row of results: presets or ways of connecting. */
  parts: string[];
  /** Promises of this product alone, besides the common ones. */
  promises?: ProductPromise[];
  /**
   * Starts the product, connects it, and reports each promise. Everything that it starts is ended through
   * `context.ends`, also when it throws.
   */
  run(context: Context): Promise<void>;
}

export interface ProductPromise {
  id: string;
  title: string;
}

/** What a product needs to try its promises. */
export interface Context {
  /** A folder of its own, removed afterwards. */
  folder: string;
  /** The folder with the product's source. It must not be changed: copy it. Empty where the product needs none. */
  source: string;
  hub: HubUnderTest;
  browser: Browser;
  /** Aborted when the time of this product is over. */
  signal: AbortSignal;
  /** Called in reverse order at the end. */
  ends: (() => unknown)[];
  /** Tells the version that was found running. */
  found(version: string): void;
  /** Tries one promise of one part. What `work` throws is the reason why it fails. Never throws itself. */
  prove(part: string, promise: PromiseId | (string & {}), work: () => Promise<unknown>): Promise<boolean>;
  /** A promise that cannot be tried here, and why. */
  skip(part: string, promise: PromiseId | (string & {}), reason: string): void;
  tell(text: string): void;
}

interface NewComplaint {
  title: string;
  body: string;
  name: string;
  email?: string;
}

/** A complaint as the hub's own database has it. */
export interface HeldComplaint {
  id: string;
  receiptNumber: string;
  title: string;
  body: string;
  status: string;
  origin: string;
  assignee: string;
  /** In order. */
  events: { type: string; agency: string; data: Record<string, unknown> }[];
  /** Notes beside it: comments of others and the like, as codes. */
  notes: string[];
}

/**
 * A hub in a process of its own, and a second agency: the partner, which has no board and speaks with the hub's REST
 * door. What is filed at a part's agency goes to the partner, unless its title says `기관일`; what the partner files goes
 * to the agency that it names.
 */
export interface HubUnderTest {
  url: string;
  /**
   * Brings an agency's file into force with the hub's own commands (`config validate`, `adapter check`, `config apply`).
   * Returns what `adapter check` printed. Throws when it ends with an error.
   */
  connect(agency: Agency, environment?: Record<string, string>): Promise<string>;
  /** The partner files a complaint that this agency has to answer. Returns its receipt number. */
  file(agency: string, complaint: NewComplaint): Promise<string>;
  /** The partner answers a complaint of a part's agency. `officer`: who; 이담당 if absent. */
  answer(receiptNumber: string, text: string, officer?: string): Promise<void>;
  /** The partner's complainant asks again. */
  followUp(receiptNumber: string, text: string): Promise<void>;
  /** All complaints with this title, the oldest first. */
  find(title: string): Promise<HeldComplaint[]>;
  /** Waits for one complaint with this title that fulfils the condition. */
  wait(title: string, condition?: (complaint: HeldComplaint) => boolean): Promise<HeldComplaint>;
  /** Waits until nothing is on its way to the agency's board. What was parked is an error. */
  settle(agency: string): Promise<void>;
  /** Waits for two more whole looks at the agency's board. */
  look(agency: string): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
}

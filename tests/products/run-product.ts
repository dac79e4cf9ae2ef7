import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browserArgs, browserPath } from '../screenshots/take-screenshots.ts';
import { startHubUnderTest } from './hub-under-test.ts';
import { installPackages } from './packages.ts';
import type { Context, Product } from './product.ts';
import { complete, type Outcome, openResult, type Result } from './report.ts';

export interface RunOptions {
  /** An empty folder of this product. */
  folder: string;
  source: string | undefined;
  /** Milliseconds. */
  within: number;
  stop: AbortSignal;
  tell(text: string): void;
}

/** Milliseconds for one promise. */
const promiseWithin = 150_000;

/** Tries one product. What it could not reach is not tried, with the reason. */
export async function runProduct(product: Product, options: RunOptions): Promise<Result> {
  const result = openResult(product);
  const ends: Context['ends'] = [];
  const over = AbortSignal.any([options.stop, AbortSignal.timeout(options.within)]);
  try {
    await inTime(over, start(product, options, result, { ends, over }));
    complete(result, 'the run did not come to it');
  } catch (error) {
    const reason = wordsOf(error);
    options.tell(`${product.name}: ${reason}`);
    complete(result, reason);
  } finally {
    for (const end of ends.reverse()) await Promise.resolve(end()).catch(options.tell);
  }
  return result;
}

async function start(
  product: Product,
  { folder, source = '', tell }: RunOptions,
  result: Result,
  { ends, over }: { ends: Context['ends']; over: AbortSignal },
): Promise<void> {
  if (product.source && !existsSync(source))
    throw new Error(`its source is missing: --source ${product.name}=<folder with ${product.source}>`);
  await installPackages(product.packages, product.debconf);
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArgs });
  ends.push(() => browser.close());
  const hub = await startHubUnderTest(folder, ends);
  const put = (part: string, promise: string, outcome: Outcome) => {
    const told = result.outcomes.get(part);
    if (!told) throw new RangeError(`${product.name} has no part ${part}`);
    told.set(promise, outcome);
    tell(`${part}, ${promise}: ${outcome.kind}${outcome.kind === 'holds' ? '' : `: ${outcome.reason}`}`);
  };
  await product.run({
    folder,
    source,
    hub,
    browser,
    signal: over,
    ends,
    tell,
    found: (version) => {
      result.version = version;
    },
    async prove(part, promise, work) {
      over.throwIfAborted();
      const outcome = await tryOne(over, work);
      // A promise that was tried in two ways holds only if both hold.
      if (result.outcomes.get(part)?.get(promise)?.kind !== 'fails') put(part, promise, outcome);
      return outcome.kind === 'holds';
    },
    skip: (part, promise, reason) => put(part, promise, { kind: 'not tried', reason }),
  });
}

async function tryOne(over: AbortSignal, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await inTime(AbortSignal.any([over, AbortSignal.timeout(promiseWithin)]), work());
    return { kind: 'holds' };
  } catch (error) {
    over.throwIfAborted();
    return { kind: 'fails', reason: wordsOf(error) };
  }
}

function inTime<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = () => reject(new Error('its time was over'));
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const folderOf = (parent: string, { name }: Product) => join(parent, name);

/** Command line of the run with real products: `npm run test:products -- --help`. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { killTied } from '../support/processes/tied-process.ts';
import type { Product } from './product.ts';
import { products } from './products.ts';
import { countFailures, placeSection, renderResult } from './report.ts';
import { folderOf, runProduct } from './run-product.ts';

interface Options {
  only?: Product[];
  source: Map<string, string>;
  within: number;
  list: boolean;
  keep: boolean;
  out: string;
}

const endedBySignal = 130;
const endWithin = 20_000;
const stop = new AbortController();

const options = new Command('npm run test:products --')
  .description(
    'Installs real products, connects them to a hub, and looks at their own pages. Not part of CI.',
  )
  .option('--only <products>', 'some of them, parted by commas', toProducts)
  .option(
    '--source <product=folder>',
    'the product’s public source, as it was fetched; may be given for each',
    toSource,
    new Map<string, string>(),
  )
  .option('--within <seconds>', 'time limit of each product', toNumber, 1500)
  .option('--out <file>', 'where the tables are written', 'docs/products.md')
  .option('--list', 'list the products and end', false)
  .option('--keep', 'keep the folder with databases and logs', false)
  .parse()
  .opts<Options>();

function toProducts(text: string): Product[] {
  return text.split(',').map((name) => {
    const product = products.find((one) => one.name === name);
    if (!product) throw new InvalidArgumentError(`There is no product ${name}; see --list.`);
    return product;
  });
}

function toSource(text: string, before: Map<string, string>): Map<string, string> {
  const [name = '', folder = ''] = text.split(/=(.*)/);
  if (!products.some((one) => one.name === name) || !existsSync(folder))
    throw new InvalidArgumentError('A product and an existing folder are expected: gnuboard=/srv/gnuboard5');
  return before.set(name, resolve(folder));
}

function toNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}

const tell = (text: string) => console.error(text);

if (options.list)
  for (const { name, title, source = 'Debian packages' } of products)
    console.log(`${name.padEnd(16)}${title.padEnd(24)}${source}`);
else process.exitCode = await run();

async function run(): Promise<number> {
  const end = () => {
    if (stop.signal.aborted) process.exit(endedBySignal);
    stop.abort(new Error('stopped by a signal'));
    killTied();
    setTimeout(() => process.exit(endedBySignal), endWithin).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  const parent = await mkdtemp(join(tmpdir(), 'minwon-products-'));
  let failures = 0;
  try {
    for (const product of options.only ?? products) {
      if (stop.signal.aborted) break;
      const within = options.within * 1000;
      const source = options.source.get(product.name);
      const folder = folderOf(parent, product);
      const result = await runProduct(product, { folder, source, within, stop: stop.signal, tell });
      failures += countFailures(result);
      const section = renderResult(result);
      console.log(`${section}\n`);
      if (stop.signal.aborted || result.version === 'not found') continue;
      const page = existsSync(options.out) ? await readFile(options.out, 'utf8') : '';
      await writeFile(options.out, placeSection(page, product.name, section));
    }
  } finally {
    killTied();
    if (options.keep) tell(`kept: ${parent}`);
    else await rm(parent, { recursive: true, force: true });
  }
  return stop.signal.aborted ? endedBySignal : failures > 0 ? 1 : 0;
}

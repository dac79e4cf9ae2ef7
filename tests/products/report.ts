import type { Product, ProductPromise } from './product.ts';
import { commonPromises } from './promises.ts';

export type Outcome = { kind: 'holds' } | { kind: 'fails' | 'not tried'; reason: string };

/** What was seen of one product. */
export interface Result {
  product: Product;
  version: string;
  /** The day of the run: 2026-11-30. */
  day: string;
  /** Keyed by part, then by promise. */
  outcomes: Map<string, Map<string, Outcome>>;
}

const listPromises = ({ promises = [] }: Product): ProductPromise[] => [
  ...Object.entries(commonPromises).map(([id, title]) => ({ id, title })),
  ...promises,
];

export function openResult(product: Product, now = new Date()): Result {
  return {
    product,
    version: 'not found',
    day: now.toISOString().slice(0, 10),
    outcomes: new Map(product.parts.map((part) => [part, new Map()])),
  };
}

/** What nobody reported was not tried, and the run's own end is the reason. */
export function complete({ product, outcomes }: Result, reason: string): void {
  for (const told of outcomes.values())
    for (const { id } of listPromises(product))
      if (!told.has(id)) told.set(id, { kind: 'not tried', reason });
}

export const countFailures = ({ outcomes }: Result): number =>
  [...outcomes.values()].flatMap((told) => [...told.values()]).filter(({ kind }) => kind === 'fails').length;

/** The table of one product: a row for each promise, a column for each part. Reasons stand below it. */
export function renderResult({ product, version, day, outcomes }: Result): string {
  const parts = product.parts;
  const rows = listPromises(product).map(({ id, title }) => {
    const cells = parts.map((part) => outcomes.get(part)?.get(id)?.kind ?? 'not tried');
    return `| ${[title, ...cells].join(' | ')} |`;
  });
  const reasons = parts.flatMap((part) =>
    listReasons(product, outcomes.get(part)).map((reason) => `- \`${part}\`: ${reason}`),
  );
  return [
    `## ${product.title}`,
    '',
    `Found running on ${day}: ${version}.`,
    '',
    `| promise | ${parts.map((part) => `\`${part}\``).join(' | ')} |`,
    `|---|${parts.map(() => '---|').join('')}`,
    ...rows,
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n');
}

/** Each reason once, with the promises that it concerns. */
function listReasons(product: Product, told: Map<string, Outcome> = new Map()): string[] {
  const titles = new Map<string, string[]>();
  for (const { id, title } of listPromises(product)) {
    const outcome = told.get(id);
    if (!outcome || outcome.kind === 'holds') continue;
    const reason = `${outcome.kind}: ${oneLine(outcome.reason)}`;
    titles.set(reason, [...(titles.get(reason) ?? []), title]);
  }
  return [...titles].map(([reason, of]) => `${of.map((title) => `“${title}”`).join(', ')} ${reason}`);
}

const mostReason = 300;
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, mostReason);

const head = `# Real products

What the hub promises of a board, product by product, as \`npm run test:products\` saw it: the real program was installed and
started, connected by an agency's file, and looked at in its own pages. A product that is not here was not run.
Files for such products, written from what was read of them, are named in [adapters/rest/products](../adapters/rest/products/README.md).
`;

/** The page with this product's section put in place of an earlier one. The sections of others stay. */
export function placeSection(page: string, name: string, section: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const text = page.trim() === '' ? head : page;
  const from = text.indexOf(open);
  const to = text.indexOf(close);
  const block = `${open}\n\n${section}\n\n${close}`;
  if (from >= 0 && to > from) return text.slice(0, from) + block + text.slice(to + close.length);
  return `${text.trimEnd()}\n\n${block}\n`;
}

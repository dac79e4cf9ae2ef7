import { eventTypes } from '../../schemas/event.ts';
import { type Reason, reasonOf, said, toReason, wordReason } from '../../schemas/reason.ts';
import { type AdapterKind, type BoardAdapter, type Offer, offers } from '../contract.ts';
import type { Verdict } from './certificate.ts';
import type { KindLaw, TriedKind } from './kind-law.ts';
import { within } from './law.ts';
import { settingsLaws } from './settings-laws.ts';

/** The verdict of a law of kinds. `breach`: the law that is broken, as it is worded, and `detail` how. */
export interface KindVerdict extends Verdict {
  breach?: Reason;
  detail?: Reason;
}

const adapterLaws: KindLaw[] = [
  {
    law: 'law_members',
    ofAdapter: true,
    check: ({ adapter }) => {
      const lacking = (['normalise', 'check', 'close'] as const).filter(
        (name) => typeof adapter?.[name] !== 'function',
      );
      return lacking.length > 0 ? said(lacking.join(', ')) : undefined;
    },
  },
  {
    law: 'law_carries',
    ofAdapter: true,
    check: ({ adapter }) => {
      const { carries } = adapter ?? {};
      if (!(carries instanceof Set)) return said(typeof carries);
      const unknown = [...carries].filter((type) => !eventTypes.includes(type));
      return unknown.length > 0 ? said(unknown.join(', ')) : undefined;
    },
  },
  {
    law: 'law_uses_with_shape',
    ofAdapter: true,
    check: ({ adapter }) => (adapter?.shape && !adapter.usesOf ? said('shape') : undefined),
  },
  { law: 'law_abilities', ofAdapter: true, check: checkAbilities },
  { law: 'law_normalise_never_throws', ofAdapter: true, check: checkThrowing },
  { law: 'law_normalise_pure', ofAdapter: true, check: checkPurity },
];

/**
 * Tries every law of kinds. An example of settings comes from `examples` of their schema (or none are needed); without
 * it, the laws of adapters are not tried.
 */
export async function tryKindLaws(kind: AdapterKind): Promise<KindVerdict[]> {
  const example = findExample(kind);
  const verdicts: KindVerdict[] = [];
  let adapter: BoardAdapter | undefined;
  const add = (law: KindLaw['law'], detail: Reason | undefined, result?: Verdict['result']) => {
    const reason = toReason(law);
    const why = detail && wordReason(detail, 'en');
    const named = { law: wordReason(reason, 'en'), result: result ?? (detail ? 'broken' : 'kept') } as const;
    verdicts.push({ ...named, ...(why && { why }), ...(!result && detail && { breach: reason, detail }) });
  };
  for (const law of settingsLaws) add(law.law, await attempt(() => law.check({ kind })));
  if (example === undefined) {
    for (const { law } of [{ law: 'law_create' } as const, ...adapterLaws])
      add(law, said('the schema of the settings has no examples'), 'not supported');
    return verdicts;
  }
  const made = await attempt(() => {
    adapter = kind.create(structuredClone(example), context);
    return typeof adapter === 'object' && adapter !== null ? undefined : said(typeof adapter);
  });
  add('law_create', made);
  if (!made && adapter) {
    for (const { law, check } of adapterLaws) {
      const tried = { kind, example, adapter };
      add(law, await attempt(() => within(longest, async () => check(tried))));
    }
    await attempt(() => within(longest, async () => adapter?.close().then(() => undefined)));
  }
  return verdicts;
}

/** What an adapter of the kind's own example does. Undefined: there is no example, or no adapter can be made of it. */
export async function listOffers(kind: AdapterKind): Promise<readonly Offer[] | undefined> {
  const example = findExample(kind);
  if (example === undefined) return undefined;
  try {
    const adapter = kind.create(structuredClone(example), context);
    const offered = offers.filter((name) => adapter[name] !== undefined);
    await within(longest, () => adapter.close());
    return offered;
  } catch {
    return undefined;
  }
}

/** Milliseconds. A law takes a few; code from outside may never end. */
const longest = 10_000;

const context = {
  agency: 'law',
  timeZone: 'Asia/Seoul',
  secret: () => 'a secret of forty letters or a few more',
};

function findExample({ settings, checkSettings }: AdapterKind): unknown {
  const { examples } = settings as { examples?: unknown };
  const offered: unknown[] = [...(Array.isArray(examples) ? examples : []), {}];
  return offered.find((one) => {
    try {
      return checkSettings(structuredClone(one)).length === 0;
    } catch {
      return false;
    }
  });
}

async function attempt(work: () => Reason | undefined | Promise<Reason | undefined>) {
  try {
    return await work();
  } catch (error) {
    return reasonOf(error);
  }
}

function checkAbilities({ kind, example, adapter }: TriedKind): Reason | undefined {
  const told = kind.abilities?.(structuredClone(example));
  if (!told || !adapter) return undefined;
  const differs = (['pull', 'changes', 'fingerprints'] as const).filter(
    (name) => told[name] !== (adapter[name] !== undefined),
  );
  const carries = told.carries instanceof Set ? [...told.carries].sort().join() : '';
  if (carries !== [...adapter.carries].sort().join()) return said('carries');
  return differs.length > 0 ? said(differs.join(', ')) : undefined;
}

/** What no board sends, and what it may send on a bad day. */
const odd: unknown[] = [
  undefined,
  null,
  42,
  'text',
  true,
  [],
  {},
  { id: null },
  { list: [{ a: { b: [] } }] },
];

async function checkThrowing({ adapter }: TriedKind): Promise<Reason | undefined> {
  for (const raw of odd) {
    const result: unknown = await adapter?.normalise(raw);
    const isAnswer = typeof result === 'object' && result !== null && 'ok' in result;
    if (!isAnswer) return said(`${JSON.stringify(raw)} → ${JSON.stringify(result)}`);
  }
  return undefined;
}

async function checkPurity({ adapter }: TriedKind): Promise<Reason | undefined> {
  for (const raw of odd) {
    const given = structuredClone(raw);
    const first = JSON.stringify(await adapter?.normalise(given));
    const again = JSON.stringify(await adapter?.normalise(structuredClone(raw)));
    if (first !== again || JSON.stringify(given) !== JSON.stringify(raw))
      return said(String(JSON.stringify(raw)));
  }
  return undefined;
}

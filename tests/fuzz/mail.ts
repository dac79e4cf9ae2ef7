import { join } from 'node:path';
import fc from 'fast-check';
import type { BoardAdapter } from '../../adapters/contract.ts';
import type { RawMail } from '../../adapters/mail/mime/raw-mail.ts';
import { createSigner } from '../../adapters/mail/reply-address.ts';
import { createAdapter } from '../../adapters/registry.ts';
import { replySecret, toMailSettings } from '../adapters/conformance/mail-settings.ts';
import { dropMail } from '../support/mail-folder.ts';
import { type MailServer, resultsOf } from '../support/servers/mail-server.ts';
import { findLoss, findVisible } from './mail-judge.ts';
import { mutated } from './mail-mutations.ts';
import { makeMailSeeds, type Seed } from './mail-seeds.ts';
import { watchTurns } from './turns.ts';

export interface MailOutcome {
  flaws: { what: string; mail: string }[];
  /** How many mails became what. */
  kinds: Record<string, number>;
  /** Milliseconds of processor time of the longest turn of the event loop that came again when it was repeated. */
  longest: number;
}

/** Mails of one mailbox: enough to be quick, few enough that the server lists them quickly. */
const perBox = 1000;
const mostFlaws = 20;
/** Milliseconds for which nothing else of a process gets its turn. */
const longestTurn = 200;
/** One in so many is long or deep: they take most of the time. */
const heavyOneIn = 100;

export async function fuzzMails(
  server: MailServer,
  { count, seed, tell }: { count: number; seed: number; tell?: (done: number) => void },
): Promise<MailOutcome> {
  const outcome: MailOutcome = { flaws: [], kinds: {}, longest: 0 };
  const seeds = makeMailSeeds([resultsOf('pass')]);
  const drawn = fc.oneof(
    { weight: heavyOneIn - 1, arbitrary: mutated(seeds.usual) },
    { weight: 1, arbitrary: mutated(seeds.heavy) },
  );
  for (let done = 0, box = 1; done < count && outcome.flaws.length < mostFlaws; done += perBox, box++) {
    const mails = fc.sample(drawn, { numRuns: Math.min(perBox, count - done), seed: seed + done });
    await readBox(server, `hub${box}`, mails, outcome);
    tell?.(Math.min(done + perBox, count));
  }
  return outcome;
}

async function readBox(server: MailServer, user: string, mails: Seed[], outcome: MailOutcome): Promise<void> {
  const settings = toMailSettings(server, user, 'officer1');
  const adapter = createAdapter(
    { adapter: 'mail', settings },
    {
      agency: 'village',
      networks: ['127.0.0.0/8'],
      timeZone: 'Asia/Seoul',
      secret: (name) => (name === 'env:REPLY_SECRET' ? replySecret : server.password),
    },
  );
  const signer = createSigner(settings.replyAddress, { agency: 'village', secrets: () => [replySecret] });
  const to = signer.toReplyAddress('26-0000-0017-4');
  const written = mails.map((mail, index) => toBytes(mail, index, to));
  for (const bytes of written) dropMail(join(server.mailboxes, user), bytes);
  try {
    const seen = new Set<number>();
    let cursor: string | undefined;
    for (let more = true; more; ) {
      const from = cursor;
      const pull = () => adapter.pull?.(from, AbortSignal.timeout(120_000));
      const page = await measured(outcome, `reading after ${from}`, pull);
      if (!page) throw new Error('the adapter reads');
      for (const { raw } of page.posts) {
        const index = numberOf(raw as RawMail);
        seen.add(index);
        await judge(adapter, raw, written[index] ?? Buffer.alloc(0), outcome);
      }
      ({ cursor, more } = page);
    }
    for (const [index, bytes] of written.entries())
      if (!seen.has(index)) outcome.flaws.push({ what: 'it came to nobody', mail: bytes.toString('latin1') });
  } finally {
    await adapter.close();
  }
}

async function judge(
  adapter: BoardAdapter,
  raw: unknown,
  bytes: Buffer,
  outcome: MailOutcome,
): Promise<void> {
  const mail = bytes.toString('latin1');
  const read = await measured(outcome, mail, () => adapter.normalise(raw));
  const kind = read.ok ? (read.post.answers ? 'answer' : read.aside?.note ? 'noted' : 'news') : 'parked';
  outcome.kinds[kind] = (outcome.kinds[kind] ?? 0) + 1;
  const loss = await findLoss(adapter, read, kind === 'answer' ? await findVisible(bytes) : []);
  if (loss) outcome.flaws.push({ what: loss, mail });
}

/** A turn that is long only once was another's: a collection of memory, code that was still cold. */
async function measured<T>(outcome: MailOutcome, mail: string, work: () => Promise<T> | T): Promise<T> {
  let [result, longest] = await watchTurns(work);
  for (let tries = 0; longest > longestTurn && tries < 3; tries++) {
    const [again, turn] = await watchTurns(work);
    [result, longest] = [again, Math.min(longest, turn)];
  }
  outcome.longest = Math.max(outcome.longest, longest);
  if (longest > longestTurn) outcome.flaws.push({ what: `nothing else for ${longest.toFixed()} ms`, mail });
  return result;
}

/** The fields that the mailbox's server writes stand above what came. */
function toBytes({ above, from, mail }: Seed, index: number, to: string): Buffer {
  const head = [
    `Delivered-To: fuzz-${index}@mail.example`,
    ...above,
    ...from,
    `To: ${to}`,
    `Message-ID: <fuzz-${index}@officer.example>`,
    'MIME-Version: 1.0',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n`), mail]);
}

const numberOf = ({ headers }: RawMail): number =>
  Number(/^fuzz-(\d+)@/.exec(headers['delivered-to']?.[0] ?? '')?.[1] ?? -1);

export function describeMails({ flaws, kinds, longest }: MailOutcome): string {
  return [
    ...Object.entries(kinds).map(([kind, number]) => `mail ${kind}: ${number}`),
    `longest turn of the event loop, in processor time: ${longest.toFixed()} ms`,
    ...flaws.map(({ what, mail }) => `FLAW: ${what}\n${JSON.stringify(mail.slice(0, 3000))}`),
  ].join('\n');
}

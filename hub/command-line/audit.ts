import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { openSigner } from '../access/keys/signing-key.ts';
import { fromLines, toLines } from '../personal/log/log-file.ts';
import { readAllAnchors, readLog } from '../personal/log/read-log.ts';
import { type LogPart, type Verified, verifyLog } from '../personal/log/verify-log.ts';
import { readSettings } from '../settings.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { readPublicKey } from './terminal/read-public-key.ts';
import { withStore } from './terminal/with-store.ts';

interface VerifyOptions {
  file?: string;
  key: string[];
  anchors?: string;
  json?: true;
}

/** The most problems that are named. Further ones are counted. */
const mostNamed = 100;

export function addAuditCommands(program: Command): void {
  const audit = program
    .command('audit')
    .description('The log of who saw whose personal data: whether it is as it was written, and as a file.');
  audit
    .command('verify')
    .description(
      'Look whether an entry, a seal or an anchor of the access log was changed, added or removed.',
    )
    .option('--file <file>', 'verify what "hub audit export" wrote, without a hub; needs --key')
    .option('--key <file>', 'public key (PEM) that may have signed anchors; again for more', collect, [])
    .option('--anchors <file>', 'anchors that were kept elsewhere: each must still be in the log')
    .option('--json', 'as JSON: {entries, seals, anchors, anchoredUntil, problems}')
    .addHelpText('after', `\nThe exit code is ${exitCodes.difference} if the log is not as it was written.`)
    .action(verifyIt);
  audit
    .command('export')
    .description('Write the access log to a file, a line of JSON for each seal and anchor.')
    .requiredOption('--to <file>', 'the file')
    .option('--only-anchors', 'the anchors alone, to be kept where nobody of this hub can change them')
    .action(exportIt);
  audit
    .command('key')
    .description("Print the hub's public key (PEM), by which others verify the file.")
    .action(() => withStore(async (store) => console.log(toPem((await openAuditSigner(store)).publicKey))));
}

const collect = (one: string, all: string[]) => [...all, one];
type KeyStore = Parameters<typeof openSigner>[0];
const openAuditSigner = (store: KeyStore) => openSigner(store, readSettings().AUDIT_KEY_FILE, 'audit');

const toPem = (publicKey: string): string =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
    .trim();

const readParts = (file: string): AsyncIterable<LogPart> =>
  fromLines(createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY }));

async function verifyIt({ file, key, anchors, json }: VerifyOptions): Promise<void> {
  const keys = await Promise.all(key.map(readPublicKey));
  if (file !== undefined && keys.length === 0)
    throw new UsageError(
      '--file needs --key: the public key of the hub that wrote it ("hub audit key" prints it)',
    );
  const kept = anchors === undefined ? [] : await readHashes(anchors);
  const judge = async (parts: AsyncIterable<LogPart>, known: string[], now?: Date) => {
    const hashes = new Set<string>();
    const verified = await verifyLog(noting(parts, hashes), known, now);
    const gone = kept.filter(({ hash }) => !hashes.has(hash));
    const problems = gone.map(({ number }) => ({
      fault: 'anchor_missing' as const,
      place: `anchor ${number}`,
    }));
    return { ...verified, problems: [...verified.problems, ...problems] };
  };
  const verified =
    file === undefined
      ? await withStore(async (store) => {
          const { publicKey } = await openAuditSigner(store);
          return judge(readLog(store.pool), [publicKey, ...keys], new Date());
        })
      : await judge(readParts(file), keys);
  if (json) console.log(JSON.stringify(verified, null, 2));
  else print(verified);
  if (verified.problems.length > 0) process.exitCode = exitCodes.difference;
}

async function* noting(parts: AsyncIterable<LogPart>, hashes: Set<string>): AsyncGenerator<LogPart> {
  for await (const part of parts) {
    if (part.kind === 'anchor') hashes.add(part.anchor.hash);
    yield part;
  }
}

async function readHashes(file: string): Promise<{ number: string; hash: string }[]> {
  const found: { number: string; hash: string }[] = [];
  for await (const part of readParts(file)) {
    if (part.kind === 'unreadable') throw new UsageError(`${file}: ${part.place} is no anchor`);
    if (part.kind === 'anchor') found.push(part.anchor);
  }
  return found;
}

function print({ entries, seals, anchors, anchoredUntil, problems }: Verified): void {
  console.log(
    `${entries} entries, ${seals} seals, ${anchors} anchors (until ${anchoredUntil ?? 'none yet'})`,
  );
  for (const { fault, place } of problems.slice(0, mostNamed))
    console.log(`${place}: ${fault.replaceAll('_', ' ')}`);
  if (problems.length > mostNamed) console.log(`and ${problems.length - mostNamed} more`);
  console.log(problems.length === 0 ? 'The log is as it was written.' : 'The log is NOT as it was written.');
}

async function exportIt({ to, onlyAnchors }: { to: string; onlyAnchors?: true }): Promise<void> {
  const count = await withStore(async ({ pool }) => {
    const out = createWriteStream(to, { mode: 0o600 });
    await once(out, 'open');
    let lines = 0;
    for await (const line of toLines(onlyAnchors ? readAllAnchors(pool) : readLog(pool))) {
      lines += 1;
      if (!out.write(line)) await once(out, 'drain');
    }
    out.end();
    await once(out, 'finish');
    return lines;
  });
  console.log(`${count} lines are in ${to}`);
}

import { createPublicKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { pino } from 'pino';
import { openSigner } from '../access/keys/signing-key.ts';
import { createAttachments } from '../attachments/attachments.ts';
import { openContentStore } from '../attachments/open.ts';
import { parseReceiptNumber } from '../complaints/receipt-number.ts';
import { createDirectory } from '../configuration/live-directory.ts';
import { readAuthorities } from '../evidence/ask-time-stamp.ts';
import { EvidenceError } from '../evidence/evidence-error.ts';
import { exportEvidence } from '../evidence/export-evidence.ts';
import { makeVerifierPage, verifierName } from '../evidence/verifier-page.ts';
import { sha256 } from '../evidence/verify/canonical.ts';
import { faultWords } from '../evidence/verify/fault.ts';
import { type VerifiedBundle, verifyBundle } from '../evidence/verify/verify-bundle.ts';
import { readSettings } from '../settings.ts';
import { currentUser } from './terminal/current-user.ts';
import { exitCodes, UnavailableError, UsageError } from './terminal/exit-codes.ts';
import { withStore } from './terminal/with-store.ts';

interface ExportOptions {
  to: string;
  reason: string;
  by: string;
  files: boolean;
  timeStamp: boolean;
}

interface VerifyOptions {
  key: string[];
  fingerprint: string[];
  authorities?: string;
  json?: true;
}

/** The most problems that are named. Further ones are counted. */
const mostNamed = 100;
const collect = (one: string, all: string[]) => [...all, one];

export function addEvidenceCommands(program: Command): void {
  const evidence = program
    .command('evidence')
    .description('One complaint as a signed file, and whether such a file is as it was made.');
  evidence
    .command('export <receipt-number>')
    .description('Write a complaint with everything that happened to it to a signed file (ZIP).')
    .requiredOption('--to <file>', 'the file')
    .requiredOption('--reason <text>', 'why: it is written to the access log and into the file')
    .option('--by <login>', 'who asks for it, as the access log names him', currentUser())
    .option('--no-files', 'leave the attached files out: their digests stay')
    .option('--no-time-stamp', 'without the time stamp of TSA_URL')
    .action(exportIt);
  evidence
    .command('verify <file>')
    .description('Look whether anything in the file was changed, removed or added. It needs no hub.')
    .option('--key <file>', 'public key (PEM) that may have signed it; again for more', collect, [])
    .option('--fingerprint <hex>', 'SHA-256 of such a key; again for more', collect, [])
    .option('--authorities <file>', 'certificates (PEM) of the authorities of time stamps')
    .option('--json', 'as JSON')
    .addHelpText('after', `\nThe exit code is ${exitCodes.difference} if the file is not as it was made.`)
    .action(verifyIt);
  evidence
    .command('verifier')
    .description('Write the verifier as one HTML file, for people without a hub.')
    .option('--to <file>', 'the file', verifierName)
    .action(async ({ to }: { to: string }) => {
      await writeFile(to, await makeVerifierPage());
      console.log(`${to} verifies evidence bundles in a browser, without a network`);
    });
}

async function exportIt(given: string, { to, reason, by, files, timeStamp }: ExportOptions): Promise<void> {
  const receiptNumber = parseReceiptNumber(given);
  if (!receiptNumber) throw new UsageError(`${given} is no receipt number: its check digit is wrong`);
  if (reason.trim() === '') throw new UsageError('--reason is empty: say why the complaint is given out');
  const settings = readSettings();
  const log = pino({ level: 'silent' });
  const made = await withStore(async (store) => {
    const directory = await createDirectory(store, log);
    try {
      const contents = await openContentStore(store, settings, log);
      const attachments = createAttachments({ store, directory, contents, look: () => undefined });
      const signer = await openSigner(store, settings.AUDIT_KEY_FILE, 'audit');
      const reader = {
        actor: by,
        agency: null,
        way: 'command',
        address: '',
        place: 'hub evidence export',
      } as const;
      return await exportEvidence({ store, directory, attachments, signer, settings }, reader, {
        receiptNumber,
        reason,
        withFiles: files,
        withTimeStamp: timeStamp,
        language: 'ko',
      });
    } finally {
      await directory.close();
    }
  }).catch((error: unknown) => {
    if (!(error instanceof EvidenceError)) throw error;
    const Kind = error.kind === 'time_stamp_away' ? UnavailableError : UsageError;
    const way = error.kind === 'time_stamp_away' ? '--no-time-stamp' : '--no-files';
    throw new Kind(`${error.message}; ${way} makes it without`, { cause: error });
  });
  if (!made) throw new UsageError(`there is no complaint ${receiptNumber}`);
  await writeFile(to, made.content, { mode: 0o600 });
  console.log(`${receiptNumber} is in ${to} (${made.content.length} bytes)`);
}

async function toFingerprint(file: string): Promise<string> {
  try {
    const key = createPublicKey(await readFile(file, 'utf8'));
    return await sha256(key.export({ type: 'spki', format: 'der' }));
  } catch (error) {
    throw new UsageError(`${file} holds no public key in PEM: ${(error as Error).message}`);
  }
}

async function verifyIt(file: string, { key, fingerprint, authorities, json }: VerifyOptions): Promise<void> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  const fingerprints = [...(await Promise.all(key.map(toFingerprint))), ...fingerprint.map(toPlain)];
  const verified = await verifyBundle(new Uint8Array(bytes), {
    fingerprints,
    ...(authorities !== undefined && { authorities: await readAuthorities(authorities) }),
  });
  if (json) console.log(JSON.stringify(verified, null, 2));
  else print(verified, fingerprints.length > 0);
  if (verified.problems.length > 0) process.exitCode = exitCodes.difference;
}

function toPlain(fingerprint: string): string {
  const plain = fingerprint.toLowerCase().replaceAll(/[\s:]/g, '');
  if (!/^[0-9a-f]{64}$/.test(plain))
    throw new UsageError(`${fingerprint} is no fingerprint: 64 characters, 0-9 and a-f, are right`);
  return plain;
}

function print(
  { manifest, fingerprint, timeStamp, counts, access, problems }: VerifiedBundle,
  isCompared: boolean,
): void {
  if (manifest) {
    const { receiptNumber, madeAt, madeBy, reason } = manifest;
    console.log(`${receiptNumber}, made ${madeAt} by ${madeBy}: ${reason}`);
    console.log(
      ['event', 'attempt', 'delivery', 'provision', 'notice', 'file', 'access']
        .map((kind) => `${counts[kind] ?? 0} ${kind}`)
        .join(', '),
    );
  }
  if (access)
    console.log(`${access.anchored} of ${access.entries} entries of the access log lead to a signed anchor`);
  if (fingerprint) console.log(`signed by the key ${fingerprint}`);
  if (timeStamp) {
    const trust = timeStamp.isTrusted ? '' : ' (verify its certificate apart, or name it by --authorities)';
    console.log(`time stamp ${timeStamp.at.toISOString()} of ${timeStamp.authority}${trust}`);
  }
  for (const { fault, place } of problems.slice(0, mostNamed))
    console.log(`${place}: ${faultWords[fault][1]}`);
  if (problems.length > mostNamed) console.log(`and ${problems.length - mostNamed} more`);
  if (problems.length > 0) console.log('The bundle is NOT as it was made.');
  else if (isCompared) console.log('The bundle is as it was made.');
  else
    console.log(
      'The bundle is as it was made by whoever has that key: compare its fingerprint, or name the key by --key.',
    );
}

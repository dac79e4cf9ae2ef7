/** Command line of the fuzz test: `npm run test:fuzz -- --help`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { startDatabaseServer } from '../bench/services.ts';
import { hasMailServer, startMailServer } from '../support/servers/mail-server.ts';
import { describeExpressions, fuzzExpressions, isGoodForExpressions } from './expressions.ts';
import { describeMails, fuzzMails } from './mail.ts';
import { describeFlaws, isGood } from './report.ts';
import { fuzz } from './target.ts';

function toCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is expected');
  return Number(text);
}

const { count, expressions, mails, seed } = new Command('npm run test:fuzz --')
  .description(
    'Sends malformed requests at the REST and the SOAP door of a hub of its own, evaluates random expressions over random ' +
      'texts, and reads bent mails through a mailbox. Exit code 1: it did not stand it.',
  )
  .option('--count <n>', 'requests', toCount, 20_000)
  .option('--expressions <n>', 'expressions', toCount, 2_000)
  .option('--mails <n>', 'mails', toCount, 50_000)
  .option('--seed <n>', 'the same seed makes the same requests', toCount, 1 + Math.floor(Math.random() * 1e8))
  .parse()
  .opts<{ count: number; expressions: number; mails: number; seed: number }>();

const evaluated = await fuzzExpressions({ count: expressions, seed });
console.log(describeExpressions(evaluated));
if (!isGoodForExpressions(evaluated)) process.exitCode = 1;

const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-fuzz-server-'));
const server = await startDatabaseServer(join(folder, 'data'), false);
try {
  console.log(`${count} requests, seed ${seed}`);
  const tell = (done: number) => {
    if (done % 2400 === 0 || done === count) console.log(`${done} sent`);
  };
  const result = await fuzz(await server.createDatabase('fuzz'), { count, seed, tell });
  console.log(describeFlaws(result));
  if (!isGood(result)) process.exitCode = 1;
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

if (hasMailServer()) {
  const mailServer = await startMailServer();
  try {
    console.log(`${mails} mails, seed ${seed}`);
    const tell = (done: number) => {
      if (done % 5000 === 0 || done === mails) console.log(`${done} mails read`);
    };
    const outcome = await fuzzMails(mailServer, { count: mails, seed, tell });
    console.log(describeMails(outcome));
    if (outcome.flaws.length > 0) process.exitCode = 1;
  } finally {
    await mailServer.stop();
  }
}

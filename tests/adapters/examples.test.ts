import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../hub/access/keys/api-keys.ts';
import { toSigningSecret } from '../../hub/access/keys/request-signature.ts';
import { startTestHub, type TestHub } from '../support/test-hub.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../../adapters/examples/', import.meta.url));
const signingSecret = 'a secret of the hub for this test alone';

let hub: TestHub;
let key: { id: string; key: string };
beforeAll(async () => {
  const agency = { code: 'own', name: { ko: '기관' }, officers: [{ name: '담당' }], feed: true };
  hub = await startTestHub([agency], { rules: [], default: 'own' }, { SIGNING_SECRET: signingSecret });
  key = await createApiKey(hub.store, 'own');
});
afterAll(() => hub.stop());

/** Undefined: this machine does not have the program. */
const find = (program: string) =>
  run(program, ['--version']).then(
    () => program,
    () => undefined,
  );
const examples = [
  { file: 'client.sh', program: 'bash', needs: 'jq' },
  { file: 'client.ts', program: process.execPath, needs: process.execPath },
  { file: 'client.py', program: 'python3', needs: 'python3' },
  // A tool chain of some hundred MB: tested where it is installed, and never a reason to fail.
  { file: 'Client.java', program: 'java', needs: 'javac', isLarge: true },
];

describe('the client examples', () => {
  it.each(examples)(
    '$file tries, registers, reads, answers and acknowledges',
    async ({ file, program, needs, isLarge }) => {
      if (!(await find(needs))) return absent(file, needs, isLarge);
      await expectDone(program, file, { HUB_KEY: key.key });
    },
    120_000,
  );

  it('client.py signs its requests', async () => {
    if (!(await find('python3'))) return absent('client.py', 'python3');
    const secret = toSigningSecret(signingSecret, key.id);
    await expectDone('python3', 'client.py', { HUB_KEY_ID: key.id, HUB_SIGNING_SECRET: secret });
  }, 60_000);
});

async function expectDone(program: string, file: string, environment: Record<string, string>): Promise<void> {
  const { stdout } = await run(program, [`${folder}${file}`], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: 'C.UTF-8',
      HUB_URL: hub.url,
      HUB_AGENCY: 'own',
      ...environment,
    },
    timeout: 110_000,
  });
  const said = JSON.parse(stdout) as { receiptNumber: string; status: string; answered: number };
  expect(said).toMatchObject({ status: 'assigned', answered: 1 });
  const { rows } = await hub.store.pool.query(
    `select c.status, c.content ->> 'title' as title, l.held, l.due, e.data #>> '{answer,text}' as answer
     from complaints c join links l on l.complaint_id = c.id join events e on e.complaint_id = c.id and e.type = 'answered'
     where receipt_number = $1`,
    [said.receiptNumber],
  );
  expect(rows).toEqual([
    { status: 'answered', title: '가로등이 꺼져 있습니다', held: 3, due: 3, answer: '오늘 고치겠습니다.' },
  ]);
}

function absent(file: string, program: string, isLarge = false): void {
  if (process.env.REQUIRE_SERVICES === '1' && !isLarge)
    throw new Error(`${file} was not tested: there is no ${program}`);
  console.warn(`SKIPPED ${file}: there is no ${program} on this machine`);
}

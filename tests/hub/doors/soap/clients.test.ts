import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenDoors, openDoors } from '../open-doors.ts';

/** Clients that others wrote, with what tells that they are installed. */
const clients = [
  {
    name: 'PHP SoapClient',
    program: 'php',
    probe: ['-r', 'exit(class_exists("SoapClient") ? 0 : 1);'],
    script: 'soap-client.php',
  },
  {
    name: 'Python zeep',
    program: '/usr/bin/python3',
    probe: ['-c', 'import zeep'],
    script: 'soap-client.py',
  },
].flatMap((client) => ['1.1', '1.2'].map((version) => ({ ...client, version })));

const run = promisify(execFile);

async function isInstalled(program: string, probe: string[]): Promise<boolean> {
  try {
    await run(program, probe, { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

describe.each(clients)('$name, SOAP $version', ({ name, program, probe, script, version }) => {
  test('registers, answers, reads and understands what is wrong', async ({ skip }) => {
    if (!(await isInstalled(program, probe))) {
      if (process.env.REQUIRE_SERVICES === '1') throw new Error(`${name} is not installed`);
      console.warn(`NOT TESTED: ${name} is not installed`);
      skip();
    }
    const file = fileURLToPath(new URL(script, import.meta.url));
    const { alpha, beta } = doors.keys;
    const { stdout } = await run(program, [file, `${doors.url}/soap/v1?wsdl`, version, alpha, beta], {
      timeout: 40_000,
    });
    const said = JSON.parse(stdout);

    const { id, receiptNumber } = said.first;
    expect(said.first).toMatchObject({ outcome: 'applied', id: expect.any(String), receiptNumber });
    expect(said.again).toMatchObject({ outcome: 'duplicate', id, receiptNumber });
    expect(said.answer).toMatchObject({ outcome: 'applied', id, receiptNumber });
    expect(said.followUp).toMatchObject({ outcome: 'applied', id, receiptNumber });
    expect(said.complaint).toMatchObject({
      id,
      receiptNumber,
      origin: 'alpha',
      assignee: 'beta',
      status: 'assigned',
      lastSeq: 4,
      content: {
        title: '수출 신고 문의',
        body: '첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄',
        kind: 'query',
        complainant: { name: '김민원', phone: '+821012345678', notifyBy: 'sms' },
        filedAt: '2026-11-20T09:30:00+09:00',
        attachments: [{ name: '신고서.pdf', size: 1234 }],
      },
    });

    const field = '/content/complainant/phone';
    expect(said.invalid.code).toMatch(version === '1.1' ? /Client$/ : /Sender$/);
    expect(said.invalid.reason).toContain(field);
    expect(said.invalid.detail.refusal).toMatchObject({ code: 'invalid' });
    // PHP shows a list of one as the element itself.
    expect([said.invalid.detail.refusal.problems].flat()).toEqual([{ field, message: expect.any(String) }]);
    expect(said.unknown.detail.refusal).toMatchObject({ code: 'not-found' });
    expect(said.stranger.detail.refusal).toMatchObject({ code: 'unauthenticated' });
    if (said.digest) expect(said.digest.reason).toContain('PasswordText');
  }, 60_000);
});

test('what came in is kept without the credentials', async () => {
  const { rows } = await doors.store.pool.query<{ text: string }>(
    'select row_to_json(r)::text as text from raw_items r',
  );
  const text = rows.map((row) => row.text).join('\n');
  for (const key of Object.values(doors.keys)) expect(text).not.toContain(key);
});

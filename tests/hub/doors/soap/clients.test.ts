import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildGsoapClient } from './clients/build-gsoap.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';
import { createCertificate } from './signing.ts';

const run = promisify(execFile);
const fileOf = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url));

interface ForeignClient {
  name: string;
  /** Tells that it is installed: exits with 0. */
  probe: [program: string, ...args: string[]];
  /** Made ready in a folder; what to run. */
  prepare(folder: string, wsdl: string, version: string): Promise<[program: string, ...args: string[]]>;
}

const clients: ForeignClient[] = [
  {
    name: 'PHP SoapClient',
    probe: ['php', '-r', 'exit(class_exists("SoapClient") ? 0 : 1);'],
    prepare: async () => ['php', fileOf('client.php')],
  },
  {
    name: 'Python zeep',
    probe: ['/usr/bin/python3', '-c', 'import zeep'],
    prepare: async () => ['/usr/bin/python3', fileOf('client.py')],
  },
  {
    name: 'gSOAP',
    probe: ['sh', '-c', 'command -v wsdl2h && command -v soapcpp2 && command -v g++'],
    prepare: async (folder, wsdl, version) => [
      await (version === '1.1'
        ? buildGsoapClient(folder, wsdl, 'HubSoap11')
        : buildGsoapClient(folder, `${wsdl}12`, 'HubSoap12')),
    ],
  },
];

async function isInstalled([program, ...args]: ForeignClient['probe']): Promise<boolean> {
  try {
    await run(program, args, { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

let doors: OpenSoapDoor;
let folder: string;
let certificate = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-clients-'));
  const { key, pem } = await createCertificate('alpha');
  // zeep signs with xmlsec, which is a package of its own.
  if (await isInstalled(['/usr/bin/python3', '-c', 'import xmlsec'])) {
    certificate = join(folder, 'alpha.pem');
    await writeFile(certificate, key + pem);
  }
  doors = await openSoapDoor({ doors: { signers: [pem] } });
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(clients)('$name', ({ name, probe, prepare }) => {
  test.for(['1.1', '1.2'])(
    'calls every operation and reads every fault, SOAP %s',
    { timeout: 300_000 },
    async (version, { skip }) => {
      if (!(await isInstalled(probe))) {
        if (process.env.REQUIRE_SERVICES === '1') throw new Error(`${name} is not installed`);
        console.warn(`NOT TESTED: ${name} is not installed`);
        skip();
      }
      const [program, ...args] = await prepare(folder, `${doors.url}?wsdl`, version);
      const { alpha, beta } = doors.keys;
      const given = [`${doors.url}?wsdl`, version, alpha, beta, doors.secrets.alpha, certificate];
      const { stdout } = await run(program, [...args, ...given], { timeout: 50_000 });
      expectPlay(name, JSON.parse(stdout), version);
    },
  );
});

/** What every client must have seen. */
// biome-ignore lint/suspicious/noExplicitAny: a document that a foreign program wrote
function expectPlay(name: string, said: any, version: string): void {
  const { receiptNumber } = said.first;
  expect(said.first).toEqual({ outcome: 'applied', id: expect.any(String), receiptNumber, lastSeq: 2 });
  expect(said.again).toMatchObject({ outcome: 'duplicate', receiptNumber });
  expect(said.updated).toMatchObject({ outcome: 'applied', lastSeq: 3 });
  expect(said.updatedAgain).toMatchObject({ outcome: 'duplicate' });
  expect(said.changes).toEqual(['registered', 'assigned', 'revised']);
  expect(said.role).toBe('assignee');
  expect(said.outstanding).toBe(0);
  for (const [name, lastSeq] of Object.entries({ status: 4, interim: 5, answer: 6, followUp: 7 }))
    expect(said[name], name).toMatchObject({ outcome: 'applied', receiptNumber, lastSeq });
  expect(said.complaint).toMatchObject({
    receiptNumber,
    origin: 'alpha',
    assignee: 'beta',
    lastSeq: 7,
    content: {
      title: '수출 신고 재문의',
      body: '첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄',
      complainant: { name: '김민원', phone: '+821012345678' },
      attachments: [{ name: '신고서.pdf', size: 1234 }],
    },
  });
  expect(said.events).toEqual([
    'registered',
    'assigned',
    'revised',
    'status_changed',
    'interim_answered',
    'answered',
    'followed_up',
  ]);
  expect(said.found).toEqual([receiptNumber]);
  expect(said.transferred.outcome).toBe('applied');
  expect(said.assignee).toBe('gamma');
  expect(said.withdrawn.outcome).toBe('applied');
  expect(said.ended).toBe('withdrawn');
  for (const step of ['demanded', 'supplemented']) expect(said[step].outcome, step).toBe('applied');
  expect(said.clock).toEqual({
    phase: 'stopped',
    total: 7,
    grounds: ['supplement'],
    steps: ['started', 'stopped'],
  });
  expect(said.step).toEqual({ kind: 'supplement_requested', text: '사업자등록증' });
  expect(said.unlawful).toMatchObject({ code: 'invalid', fields: ['/step/days'] });
  expect(said.unlawful.reason).toContain('Decree, article 21');
  expect(said.byText).toBe(receiptNumber);
  // gSOAP's plug-in for WS-Security is a choice of whoever generates.
  if (name !== 'gSOAP') expect(said.byDigest).toBe(receiptNumber);
  if (said.bySignature) expect(said.bySignature).toBe(receiptNumber);
  if (said.replayed) expect(said.replayed).toMatchObject({ code: 'unauthenticated' });

  const field = '/content/complainant/phone';
  expect(said.invalid).toMatchObject({ code: 'invalid', fields: [field] });
  expect(said.invalid.fault).toMatch(version === '1.1' ? /Client$/ : /Sender$/);
  expect(said.invalid.reason).toContain(field);
  expect(said.unknown.code).toBe('not-found');
  expect(said.stranger.code).toBe('unauthenticated');
  expect(said.stale.code).toBe('changed-meanwhile');

  // Nine bytes of a PDF's header, then every byte that there is.
  expect(said.file).toEqual({ name: '영수증.pdf', mediaType: 'application/pdf', size: 265, same: true });
  if (name === 'Python zeep') expect(said.beside).toBe(true);
  expect(said.damaged.code).toBe('invalid');
  expect(said.noFile.code).toBe('not-found');
}

test('what came in is kept without the credentials', async () => {
  const { rows } = await doors.store.pool.query<{ text: string }>(
    'select row_to_json(r)::text as text from raw_items r',
  );
  const text = rows.map((row) => row.text).join('\n');
  for (const secret of [...Object.values(doors.keys), ...Object.values(doors.secrets)])
    expect(text).not.toContain(secret);
});

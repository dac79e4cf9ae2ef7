import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenSoapDoor, openSoapDoor } from '../hub/doors/soap/open-soap-door.ts';

const run = promisify(execFile);
const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../adapters/examples/soap/${name}`, import.meta.url));
const axis = '/usr/share/java/axis.jar';

interface Example {
  name: string;
  /** Tells that everything is installed: exits with 0. */
  probe: string;
  /** A tool chain of some hundred MB: tested where it is installed, and never a reason to fail. */
  isLarge?: true;
  /** Commands in a folder of its own; the last one runs the example. `$wsdl`, `$url`, `$key`, `$secret` are set. */
  commands: string[];
}

const jaxWs = '/usr/share/jaxws/lib/*:/usr/share/java/jaxws-rt.jar:/usr/share/java/*';
const examples: Example[] = [
  {
    name: 'PHP',
    probe: `php -r 'exit(class_exists("SoapClient") ? 0 : 1);'`,
    commands: [`php ${fileOf('client.php')} "$wsdl" beta "$secret"`],
  },
  {
    name: 'Python',
    probe: `/usr/bin/python3 -c 'import zeep'`,
    commands: [`/usr/bin/python3 ${fileOf('client.py')} "$wsdl" beta "$secret"`],
  },
  {
    name: 'Java with JAX-WS',
    probe: 'command -v wsimport && command -v javac',
    isLarge: true,
    commands: [
      'wsimport -keep -Xnocompile -d . "$wsdl"',
      // Debian has JAX-WS 2.
      `sed s/jakarta.xml.ws/javax.xml.ws/ ${fileOf('Client.java')} > Client.java`,
      `javac -encoding UTF-8 -nowarn -cp '${jaxWs}' -d classes Client.java $(find hub -name '*.java')`,
      `java -Dfile.encoding=UTF-8 -cp 'classes:${jaxWs}' Client "$url" beta "$key"`,
    ],
  },
  {
    name: '.NET (Mono)',
    probe: 'command -v wsdl && command -v mcs && command -v mono',
    isLarge: true,
    commands: [
      'wsdl /out:Hub.cs "$wsdl"',
      `mcs -r:System.Web.Services -out:Client.exe ${fileOf('Client.cs')} Hub.cs`,
      'mono Client.exe "$url" beta "$key"',
    ],
  },
];

const isInstalled = (probe: string) =>
  run('sh', ['-c', probe], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );

type Needed = Pick<Example, 'name' | 'probe' | 'isLarge'>;

async function needInstalled({ name, probe, isLarge }: Needed, skip: () => void): Promise<void> {
  if (await isInstalled(probe)) return;
  if (process.env.REQUIRE_SERVICES === '1' && !isLarge)
    throw new Error(`what ${name} needs is not installed`);
  console.warn(`NOT TESTED: what ${name} needs is not installed`);
  skip();
}

let doors: OpenSoapDoor;
let folder: string;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

async function runAll(commands: string[]): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-example-'));
  const { url, keys, secrets } = doors;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: 'C.UTF-8',
    wsdl: `${url}?wsdl`,
    url,
    key: keys.beta,
    secret: secrets.beta,
  };
  try {
    const { stdout } = await run('sh', ['-ec', commands.join('\n')], { cwd: folder, env, timeout: 110_000 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.each(examples)('the example in $name', (example) => {
  test('does what it says', { timeout: 120_000 }, async ({ skip }) => {
    await needInstalled(example, skip);
    const lines = (await runAll(example.commands))
      .trim()
      .split('\n')
      .filter((line) => /^[a-z]+: /.test(line));
    const [registered, answered, ...rest] = lines;
    expect(registered).toMatch(/^registered: \d\d-\d{4}-\d{4}-\d \(applied\)$/);
    expect(answered).toBe('answered: event 3');
    expect(rest.at(-1)).toBe('refused: invalid /content/complainant/phone');
  });
});

test('Axis 1.4 generates from the description, and what it generates compiles', { timeout: 120_000 }, async ({
  skip,
}) => {
  await needInstalled(
    { name: 'Axis 1.4', probe: `test -f ${axis} && command -v javac`, isLarge: true },
    skip,
  );
  await runAll([
    `java -cp '/usr/share/java/*' org.apache.axis.wsdl.WSDL2Java -o axis "$wsdl"`,
    `javac -nowarn -encoding UTF-8 -cp '/usr/share/java/*' -d classes $(find axis -name '*.java')`,
    'test -n "$(find classes -name HubSoap11Stub.class)"',
  ]);
});

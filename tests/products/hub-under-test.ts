import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { createApiKey } from '../../hub/access/keys/api-keys.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import type { Agency, Routing } from '../../schemas/index.ts';
import { findFreePort } from '../bench/free-port.ts';
import { startDatabase } from '../faults/stage/database.ts';
import { startHubProcess } from '../faults/stage/hub-process.ts';
import { tie } from '../support/processes/tied-process.ts';
import { waitFor } from '../support/wait-for.ts';
import { isSettled, listComplaints, lookedAt } from './held-complaints.ts';
import type { Context, HubUnderTest } from './product.ts';

/** The agency without a board. */
const partner = 'partner';
/** In a title: the agency that took the complaint in has to answer it. */
const ownMark = '기관일';
const arriveWithin = 60_000;
const commandWithin = 90_000;
const main = fileURLToPath(new URL('../../hub/main.ts', import.meta.url));
const templates = fileURLToPath(new URL('../../config', import.meta.url));
const unhurried = (usual: number) => 3 * usual;

/** A hub process on a database of its own, with the partner and nobody else. */
export async function startHubUnderTest(folder: string, ends: Context['ends']): Promise<HubUnderTest> {
  const server = await startDatabase(join(folder, 'database'), unhurried);
  ends.push(() => server.stop());
  const databaseUrl = await server.create('products');
  const store = openStore(databaseUrl, 2);
  ends.push(() => store.close());
  const configuration = openConfiguration(join(folder, 'config'));
  const environment: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    CONFIG_DIR: templates,
    ATTACHMENTS_DIR: join(folder, 'attachments'),
  };
  const hubCommand = (...args: string[]) => runHubCommand(args, environment);
  configuration.write();
  await hubCommand('config', 'apply', configuration.folder);
  const { key } = await createApiKey(store, partner);
  const log = join(folder, 'hub.log');
  let hub = await startHubProcess(await findFreePort(), environment, log, unhurried);
  const { url } = hub;
  ends.push(() => hub.kill());
  return {
    url,
    async connect(agency, secrets = {}) {
      configuration.add(agency);
      Object.assign(environment, secrets);
      await hubCommand('config', 'validate', configuration.folder);
      const checked = await hubCommand('adapter', 'check', agency.code, '--config', configuration.folder);
      await hubCommand('config', 'apply', configuration.folder);
      // Secrets come from the environment, which a process gets at its start.
      await hub.stop();
      hub = await startHubProcess(Number(new URL(url).port), environment, log, unhurried);
      return checked;
    },
    ...createCalls(store, url, key),
    kill: () => hub.kill(),
    start: () => hub.start(),
  } satisfies HubUnderTest;
}

async function runHubCommand(args: string[], environment: Record<string, string>): Promise<string> {
  const [command, all] = tie(process.execPath, [main, ...args]);
  const options = { env: { PATH: process.env.PATH, ...environment }, timeout: commandWithin };
  try {
    return (await promisify(execFile)(command, all, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`hub ${args.join(' ')}: ${stdout}${stderr}`, { cause: error });
  }
}

/** Files as a person writes them: one for each agency, and the routing. */
function openConfiguration(folder: string) {
  const agencies: Agency[] = [{ code: partner, name: { ko: '상대 기관' }, officers: [{ name: '이담당' }] }];
  mkdirSync(join(folder, 'agencies'), { recursive: true });
  const write = () => {
    for (const agency of agencies)
      writeFileSync(join(folder, 'agencies', `${agency.code}.yaml`), stringify(agency));
    const boards = agencies.filter(({ code }) => code !== partner);
    const routing: Routing = {
      rules: boards.flatMap(({ code }) => [
        { when: { region: [code] }, to: code },
        { when: { origin: [code], keyword: [ownMark] }, to: code },
      ]),
      default: partner,
    };
    writeFileSync(join(folder, 'routing.yaml'), stringify(routing));
  };
  const add = (agency: Agency) => {
    agencies.push(agency);
    write();
  };
  return { folder, write, add };
}

function createCalls(
  store: Store,
  url: string,
  key: string,
): Omit<HubUnderTest, 'url' | 'connect' | 'kill' | 'start'> {
  let number = 0;
  async function call(path: string, body: object): Promise<{ receiptNumber: string }> {
    number += 1;
    const response = await fetch(new URL(`/api/v1/complaints${path}`, url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': `products-${number}`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the REST door answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { receiptNumber: string };
  }
  const find = (title: string) => listComplaints(store, title);
  return {
    async file(agency, { title, body, name, email }) {
      const complainant = { name, ...(email && { email }) };
      const filedAt = new Date().toISOString();
      const content = { title, body, kind: 'query', region: agency, complainant, filedAt };
      return (await call('', { externalId: `partner-${number}`, content })).receiptNumber;
    },
    async answer(receiptNumber, text, name = '이담당') {
      const officer = { name, department: '민원과' };
      await call(`/${receiptNumber}/answers`, { text, answeredAt: new Date().toISOString(), officer });
    },
    followUp: async (receiptNumber, text) => void (await call(`/${receiptNumber}/follow-ups`, { text })),
    find,
    wait: (title, condition = () => true) =>
      waitFor(`a complaint ${title}`, async () => (await find(title)).find(condition), arriveWithin),
    async settle(agency) {
      await waitFor(`nothing to be on its way to ${agency}`, () => isSettled(store, agency), arriveWithin);
    },
    async look(agency) {
      for (let n = 0; n < 2; n += 1) {
        const before = await lookedAt(store, agency);
        const isLater = async () => (await lookedAt(store, agency)) > before;
        await waitFor(`a look at ${agency}`, isLater, arriveWithin);
      }
    },
  };
}

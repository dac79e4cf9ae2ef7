import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApiKey } from '../../hub/access/keys/api-keys.ts';
import { createUser, findUserByLogin, type NewUser } from '../../hub/access/people/users.ts';
import { startHub } from '../../hub/app.ts';
import { applyConfiguration } from '../../hub/configuration/changes/apply.ts';
import { setDepartment } from '../../hub/desk/people.ts';
import { createLog } from '../../hub/observe/log.ts';
import { readSettings } from '../../hub/settings.ts';
import type { Store } from '../../hub/store/database.ts';
import { openEmbeddedServer } from '../../hub/store/embedded/embedded-server.ts';
import { openConfiguredStore } from '../../hub/store/open.ts';
import { startGnuboard } from '../boards/gnuboard/index.ts';
import { startRestBoard } from '../boards/rest-board/index.ts';
import { startSoapBoard } from '../boards/soap-board/index.ts';
import { startSmtpSink } from '../sinks/smtp-sink.ts';
import { startSolapi } from '../sinks/solapi-sink.ts';
import { openTextileDatabase, startDemoAgent } from './agent.ts';
import { templatesBeside, usualPorts, writeConfiguration } from './configure.ts';
import { keep } from './keep.ts';
import type { AgencyCode } from './story.ts';

/** One password for everybody, because the demo listens only on this machine. */
export const password = 'minwon-hub-demo';
type Person = Omit<NewUser, 'password'> & { department?: string };
export const people: Person[] = [
  { login: 'admin', name: '관리자', role: 'administrator' },
  { login: 'counsellor', name: '상담원 이나래', role: 'counsellor' },
  { login: 'officer', name: '오세진', role: 'officer', agency: 'market' },
  { login: 'leader', name: '한부장', role: 'officer', agency: 'market' },
  { login: 'inspector', name: '정감사', role: 'officer', agency: 'market', department: '감사실' },
  { login: 'techno', name: '윤시험', role: 'officer', agency: 'techno' },
  { login: 'auditor', name: '감사관', role: 'auditor' },
  { login: 'engineer', name: '서연계', role: 'engineer', agency: 'sbiz' },
];

export interface DemoOptions {
  folder: string;
  /** True: use the usual ports if they are free. */
  usual: boolean;
  /** True: messages leave the hub for a mail and an SMS server of this process. */
  servers: boolean;
}

export type Demo = Awaited<ReturnType<typeof startDemo>>;

/** Starts boards, message servers, database and hub in this process. The agent of `textile` has its own process. */
export async function startDemo(options: DemoOptions) {
  const closing: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return { ...(await assemble(options, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble({ folder, usual, servers }: DemoOptions, closing: (() => unknown)[]) {
  const opened = <T extends { close(): unknown }>(server: T): T => {
    closing.push(() => server.close());
    return server;
  };
  const file = (name: string) => join(folder, `${name}.sqlite`);
  const secret = () => randomBytes(18).toString('base64url');
  // Agencies' secrets are references to the environment (board.settings.auth).
  process.env.SBIZ_API_KEY = secret();
  process.env.TECHNO_PASSWORD = secret();
  const { SBIZ_API_KEY: apiKey, TECHNO_PASSWORD } = process.env;
  // A continued run finds its boards at the same ports, because posts contain the addresses of their files.
  const portOfRun = async (of: string) =>
    Number(await keep(join(folder, `${of}.port`), async () => String(await findPort(0))));
  const port = async (of: keyof typeof usualPorts) => findPort(usual ? usualPorts[of] : await portOfRun(of));

  const sbiz = opened(
    await startRestBoard({
      agencyName: '소상공인지원원',
      apiKey,
      file: file('sbiz'),
      port: await port('sbiz'),
    }),
  );
  const techno = opened(
    await startSoapBoard({
      agencyName: '기술혁신진흥원',
      user: 'minwon-hub',
      password: TECHNO_PASSWORD,
      file: file('techno'),
      port: await port('techno'),
    }),
  );
  // The same at every start. A message that a killed run had sent is recognised by its signature.
  const sms = { key: 'demo', secret: 'the gateway of the demo takes anybody' };
  const smtp = servers ? opened(await startSmtpSink({ file: file('mail') })) : undefined;
  const solapi = servers ? opened(await startSolapi({ file: file('sms'), ...sms })) : undefined;

  const { store, stop: closeStore } = await openConfiguredStore({ DATA_DIR: folder });
  closing.push(closeStore);
  const database = await openTextileDatabase(store.url, folder);
  const textile = opened(
    await startGnuboard({
      agencyName: '섬유산업진흥원',
      databaseUrl: database.url,
      port: await port('textile'),
    }),
  );
  const ports = { sbiz: portOf(sbiz.url), techno: portOf(techno.url), database: database.port };
  await applyConfiguration(store, writeConfiguration(folder, ports, { feed: servers }), 'demo');
  await addPeople(store);

  const consolePort = await port('console');
  const settings = readSettings({
    DATABASE_URL: store.url,
    // The one that the embedded server made.
    SEALING_KEY: `file:${join(folder, 'sealing.key')}`,
    REDIS_URL: process.env.REDIS_URL,
    CONFIG_DIR: templatesBeside,
    ATTACHMENTS_DIR: join(folder, 'attachments'),
    PORT: String(consolePort),
    // Who plays it without a person does not change his mind.
    ...(!usual && { UNDO_SECONDS: '0', UNFORESEEN_READS: 'refuse' }),
    PUBLIC_URL: `http://127.0.0.1:${consolePort}`,
    ...(smtp && { SMTP_URL: smtp.url, MAIL_FROM: '민원 허브 <no-reply@hub.example>' }),
    ...(solapi && { SMS_PROVIDER: 'solapi', SMS_URL: solapi.url, SMS_SENDER: '0255501000' }),
    ...(solapi && { SMS_KEY: sms.key, SMS_SECRET: sms.secret }),
  });
  const destination = pino.destination({ dest: join(folder, 'hub.log'), sync: true });
  const hub = await startHub(settings, { log: createLog(settings, destination) });
  closing.push(() => hub.stop());
  opened(await startDemoAgent(store, { hubUrl: hub.url, folder, databasePassword: database.password }));
  // Like any agency's program, it stores its key.
  const keyOf = (agency: AgencyCode) =>
    keep(join(folder, `${agency}.key`), async () => (await createApiKey(store, agency)).key);
  const outside = {
    sbiz,
    techno,
    textile,
    ...(solapi && { mailFile: file('mail'), texts: solapi.messages }),
  };
  return { url: hub.url, outside, keyOf, folder };
}

/** Accounts, and the department for audits, whose officer gets a second identical grievance (Decree, article 17). */
async function addPeople(store: Store): Promise<void> {
  for (const { department, ...person } of people) {
    if (await findUserByLogin(store, person.login)) continue;
    const user = await createUser(store, { ...person, password });
    if (department && person.agency)
      await setDepartment(store, { by: user, agency: person.agency, person: user }, department);
  }
}

const portOf = (url: string) => Number(new URL(url).port);

/** The wanted port, or any free one. */
function findPort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && wanted !== 0) findPort(0).then(resolve, reject);
      else reject(error);
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Ends the database server that a killed run has left running. */
export async function stopLeftServer(folder: string): Promise<void> {
  if (!existsSync(join(folder, 'postgres', 'postmaster.pid'))) return;
  const server = await openEmbeddedServer(folder);
  await server.stop();
}

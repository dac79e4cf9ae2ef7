import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '../../bench/child.ts';
import { findFreePort } from '../../bench/free-port.ts';
import { type AgentProcess, createAgentProcess } from '../../support/processes/agent-process.ts';
import { hubConnections, type Stretch } from '../machine.ts';
import { home, type Lane } from '../model/matter.ts';
import type { OutsideGiven, OutsideReady, OutsideSecrets } from '../outside/protocol.ts';
import type { ProxyGiven, ProxyReady } from '../proxy/protocol.ts';
import { configureHub } from './configure.ts';
import { type DatabaseServer, startDatabase } from './database.ts';
import { type HubProcess, startHubProcess } from './hub-process.ts';
import { type RedisProcess, startRedisProcess } from './redis.ts';

export interface StageOptions {
  /** A short name, also of the database and the folder. */
  name: string;
  lanes: Lane[];
  hubs: number;
  redis: boolean;
  /** True: the stage has its own database server, which may be killed. */
  ownDatabase: boolean;
  /** Additions to the hub's environment. */
  environment?: Record<string, string>;
}

/** The processes on which one scenario, or a few compatible ones, run. Each of them can be broken. */
export interface Stage {
  folder: string;
  lanes: Lane[];
  hubs: HubProcess[];
  outside: Child<OutsideReady>;
  proxy: Child<ProxyReady>;
  database: DatabaseServer;
  /** The direct address of the database, without the relay. */
  databaseUrl(): string;
  redis: RedisProcess | undefined;
  /** The hub's environment, for its other commands. */
  environment: Record<string, string>;
  apiKeys: Record<string, string>;
  /** Keyed by the agency's code. */
  agents: Record<string, AgentProcess>;
  close(): Promise<void>;
}

const outsideModule = new URL('../outside/main.ts', import.meta.url);
const proxyModule = new URL('../proxy/main.ts', import.meta.url);
const templates = fileURLToPath(new URL('../../../config', import.meta.url));

/** `shared`: the database server for stages that never kill it. */
export async function openStage(
  options: StageOptions,
  folder: string,
  shared: DatabaseServer,
  stretch: Stretch,
): Promise<Stage> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    return { ...(await assemble(options, folder, { shared, stretch }, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  options: StageOptions,
  folder: string,
  { shared, stretch }: { shared: DatabaseServer; stretch: Stretch },
  closing: (() => unknown)[],
): Promise<Omit<Stage, 'close'>> {
  mkdirSync(folder, { recursive: true });
  const log = (of: string) => join(folder, `${of}.log`);
  const started = <T extends { stop(): unknown }>(process: T): T => {
    closing.push(() => process.stop());
    return process;
  };
  const lanes: Lane[] = [
    { code: home, board: 'rest', asked: true, scenario: options.name },
    ...options.lanes.filter(({ code }) => code !== home),
  ];
  const secrets: OutsideSecrets = {
    restKey: newSecret(),
    soapPassword: newSecret(),
    smsKey: 'faults',
    smsSecret: newSecret(),
  };
  const given: OutsideGiven = { folder, boards: lanes, secrets };
  const outside = started(await startChild<OutsideReady>(outsideModule, given, { log: log('outside') }));
  const { boards } = outside.ready;
  const proxy = started(
    await startChild<ProxyReady>(proxyModule, { boards } satisfies ProxyGiven, { log: log('proxy') }),
  );

  const database = options.ownDatabase
    ? started(await startDatabase(join(folder, 'database'), stretch))
    : shared;
  const name = `faults_${options.name.replaceAll('-', '_')}`;
  const created = await database.create(name);
  if (!options.ownDatabase) closing.push(() => database.drop(created));
  await proxy.ask('openDatabase', database.port());
  const through = (port: number) => Object.assign(new URL(created), { port: String(port) }).href;
  const databaseUrl = () => through(database.port());
  const redis = options.redis ? await startRedisProcess(folder, stretch) : undefined;
  if (redis) closing.push(() => redis.kill());

  const wsdlOf = Object.fromEntries(
    Object.entries(proxy.ready.boards).map(([code, url]) => [code, `${url}?wsdl`]),
  );
  const { apiKeys, tokens } = await configureHub(databaseUrl(), join(folder, 'config'), lanes, {
    of: proxy.ready.boards,
    wsdlOf,
    stretch,
  });
  const environment = {
    ...toEnvironment(through(proxy.ready.databasePort), redis?.url, outside.ready, secrets),
    ...options.environment,
  };
  const hubs: HubProcess[] = [];
  for (let number = 1; number <= options.hubs; number++)
    hubs.push(
      started(await startHubProcess(await findFreePort(), environment, log(`hub-${number}`), stretch)),
    );
  const agents: Record<string, AgentProcess> = {};
  for (const [code, token] of Object.entries(tokens)) {
    // The name in the board's own agency.yaml.
    const given = { hub: hubs[0]?.url ?? '', token, environment: { SBIZ_API_KEY: secrets.restKey } };
    const agent = await createAgentProcess({ ...given, under: folder });
    closing.push(() => agent.remove());
    agent.start();
    agents[code] = agent;
  }
  return { folder, lanes, hubs, outside, proxy, database, databaseUrl, redis, environment, apiKeys, agents };
}

const newSecret = () => randomBytes(18).toString('base64url');

function toEnvironment(
  databaseUrl: string,
  redisUrl: string | undefined,
  { smtpUrl, smsUrl }: OutsideReady,
  secrets: OutsideSecrets,
): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_CONNECTIONS: String(hubConnections),
    ...(redisUrl && { REDIS_URL: redisUrl }),
    CONFIG_DIR: templates,
    SMTP_URL: smtpUrl,
    MAIL_FROM: '민원 허브 <no-reply@hub.example>',
    SMS_PROVIDER: 'solapi',
    SMS_URL: smsUrl,
    SMS_SENDER: '0255501000',
    SMS_KEY: secrets.smsKey,
    SMS_SECRET: secrets.smsSecret,
    // The names in the boards' own agency.yaml.
    SBIZ_API_KEY: secrets.restKey,
    TECHNO_PASSWORD: secrets.soapPassword,
  };
}

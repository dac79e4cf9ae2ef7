import { dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { loadAdapters } from '../kinds.ts';
import { SecretError } from '../relay/read-secret.ts';

import { startAgent } from './agent.ts';
import { type Ask, allow, askHere } from './allow.ts';
import { checkAll, fetchConfiguration, findEnrolment } from './check.ts';
import { enrolNow } from './hub/enrol.ts';
import { HubError } from './hub/hub-error.ts';
import { createAgentLog } from './recent-log.ts';
import { type AgentSettings, readAgentSettings, SettingsError } from './settings.ts';
import { SpoolError } from './spool/database.ts';
import { describeStatus } from './status.ts';
import { readVersion } from './version.ts';

const codes = `
Exit codes: 0 well; 1 something failed or is not well; 2 settings, arguments or token are wrong.
One file of configuration:
  hub: https://hub.example.kr          # where the hub is
  data: /var/lib/minwon-agent          # folder of this agent alone
  token: file:/etc/minwon-agent/token  # or env:NAME; needed until the agent is enrolled
  allow:                               # what the hub's configuration may use here; \`allow\` asks and writes it
    adapters: [sql]                    # kinds of board
    hosts: [db.example.kr, 10.20.0.0/16]
    secrets: [env:BOARD_PASSWORD]
    paths: [/var/www/board/data]       # files, and folders with all below them
  # proxy: { url: http://proxy.example.kr:3128, user: agent, password: env:PROXY_PASSWORD, except: [] }
  # adapters: [minwon-adapter-parish]  # from outside: npm packages, or paths of their folders
  # ca: /etc/minwon-agent/ca.pem       # an authority of your own
  # logLevel: info
  # warnAt: 1024                       # MB that wait for the hub`;

/** Runs one command and returns the exit code. */
export async function runCommandLine(args: string[]): Promise<number> {
  let code = 0;
  const program = createProgram((outcome) => {
    code = outcome;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const isOurs = [SettingsError, SpoolError, SecretError, HubError].some((kind) => error instanceof kind);
    say('stderr', isOurs ? (error as Error).message : String((error as Error).stack ?? error));
    return error instanceof SettingsError || error instanceof SecretError ? 2 : 1;
  }
}

const say = (where: 'stdout' | 'stderr', text: string) => void process[where].write(`${text}\n`);

function createProgram(end: (code: number) => void): Command {
  const program = new Command('minwon-agent');
  const path = () => program.opts<{ config: string }>().config;
  const settings = () => prepare(path());
  const allowNow = async (given: AgentSettings, ask: Ask) => {
    if (!findEnrolment(given)) say('stdout', await enrolNow(given, readVersion()));
    const enrolment = findEnrolment(given);
    if (!enrolment) throw new SettingsError('this agent is not enrolled');
    return allow(path(), given, await fetchConfiguration(given, enrolment, readVersion()), ask);
  };
  program
    .description(
      'Runs beside the board of an agency, and takes complaints to the hub and back. It only calls out.',
    )
    .version(readVersion())
    .option('-c, --config <file>', 'the file of configuration', 'agent.yaml')
    .addHelpText('after', codes)
    .exitOverride()
    .action(async () => run(await settings()));
  program
    .command('enrol')
    .description('use the token of the hub, once, to get a key')
    .action(async () => say('stdout', await enrolNow(await settings(), readVersion())));
  program
    .command('allow')
    .description("show what the hub's configuration wants of this machine, and allow it; enrols where needed")
    .option('-y, --yes', 'allow without asking')
    .action(async ({ yes }: { yes?: true }) => {
      const { text, isWell } = await allowNow(await settings(), yes ? async () => true : askHere);
      say('stdout', text);
      end(isWell ? 0 : 2);
    });
  program
    .command('status')
    .description('what waits here and what is wrong, also while the agent runs')
    .action(async () => {
      const { text, isWell } = describeStatus(await settings());
      say('stdout', text);
      end(isWell ? 0 : 1);
    });
  program
    .command('check')
    .description('are hub and board reached, and do they answer as they should?')
    .action(async () => {
      const { text, isWell } = await checkAll(await settings(), readVersion());
      say('stdout', text);
      end(isWell ? 0 : 1);
    });
  return program;
}

/** Reads the settings and loads the adapters that they name. Throws SettingsError. */
async function prepare(path: string): Promise<AgentSettings> {
  const settings = readAgentSettings(path);
  const problems = await loadAdapters(settings.adapters ?? [], dirname(path));
  if (problems.length > 0)
    throw new SettingsError(problems.map((problem) => `${path}: adapters: ${problem}`).join('\n'));
  return settings;
}

async function run(settings: AgentSettings): Promise<void> {
  const agent = await startAgent(settings, readVersion(), createAgentLog(settings.logLevel ?? 'info'));
  const stop = () => void agent.stop();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  try {
    await agent.ended;
  } finally {
    await agent.stop();
  }
}

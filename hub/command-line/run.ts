import { Command, CommanderError } from 'commander';
import { loadAdapterPackages } from '../configuration/adapter-packages.ts';
import { ConfigurationError, toProblemLine } from '../configuration/configuration-error.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { exitCodes, toExitCode } from './terminal/exit-codes.ts';

const epilogue = `
Examples:
  $ hub serve                              everything in one process, with an embedded database
  $ hub config validate                    look for mistakes in config/ before applying it
  $ hub config apply                       bring config/ into force in every running process
  $ hub user invite kim --name 김상담 --role counsellor --email kim@example.kr
  $ hub agency key kotra                   a key for the agency's own programs
  $ hub sso check                          are the identity providers there, and do certificates end soon
  $ hub ledger --agency kotra              what came in, what was due, and whether it balances
  $ hub audit verify                       whether the access log is as it was written
  $ hub evidence verify evidence.zip       whether a bundle is as it was made
  $ hub keys list                          the keys by which data is encrypted at rest
  $ hub reconcile kotra                    compare its board with what it should hold
  $ hub adapter check kotra                can its board be reached, may we in, does its shape match
  $ hub adapter list                       the kinds of board, their certificates, and what was refused

Settings come from environment variables; config/hub.env.example lists them all.

Exit codes:
  ${exitCodes.ok}  done
  ${exitCodes.failure}  begun and failed
  ${exitCodes.usage}  wrong arguments, environment or configuration; nothing was done
  ${exitCodes.unavailable}  the database or another service is not available
  ${exitCodes.difference}  the ledger does not balance, or the access log or a bundle is not as it was written`;

/** Does what the arguments say and returns the exit code. A problem is one line on stderr, without a stack. */
export async function runCommandLine(args: string[]): Promise<number> {
  try {
    const program = await createProgram(args);
    await program.parseAsync(args, { from: 'user' });
    // A command with its own exit code, such as the demo, sets it.
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    // commander has reported it already.
    if (!(error instanceof CommanderError)) tell(error);
    return toExitCode(error);
  }
}

/**
 * What adds each command, in the order of the help. Only the command that is called is loaded: most of them reach far into the
 * hub, and loading all of them takes longer than what they do.
 */
const commands: Record<string, () => Promise<(program: Command) => void>> = {
  serve: async () => (await import('./serve.ts')).addServeCommand,
  migrate: async () => (await import('./migrate.ts')).addMigrateCommand,
  config: async () => (await import('./configuration.ts')).addConfigurationCommands,
  user: async () => (await import('./user.ts')).addUserCommands,
  sso: async () => (await import('./sso.ts')).addSsoCommands,
  agency: async () => (await import('./agency.ts')).addAgencyCommands,
  ledger: async () => (await import('./ledger.ts')).addLedgerCommand,
  audit: async () => (await import('./audit.ts')).addAuditCommands,
  retention: async () => (await import('./retention.ts')).addRetentionCommands,
  evidence: async () => (await import('./evidence-bundle.ts')).addEvidenceCommands,
  keys: async () => (await import('./keys.ts')).addKeyCommands,
  reconcile: async () => (await import('./reconcile.ts')).addReconcileCommand,
  replay: async () => (await import('./replay.ts')).addReplayCommands,
  remap: async () => (await import('./remap.ts')).addRemapCommand,
  adapter: async () => (await import('./adapter.ts')).addAdapterCommands,
  mapping: async () => (await import('./adapter.ts')).addMappingCommands,
  demo: async () => (await import('./demo.ts')).addDemoCommand,
};

async function createProgram([name = '']: string[]): Promise<Command> {
  const program = new Command('hub')
    .description('One complaint hub for many agencies.')
    .exitOverride()
    .showHelpAfterError('(hub --help tells more)')
    .addHelpText('after', epilogue)
    .hook('preAction', (_program, action) => loadPackages(action));
  // Whoever names none is shown all, and so is whoever mistyped one.
  const named = Object.hasOwn(commands, name) ? [name] : Object.keys(commands);
  for (const one of named) (await commands[one]?.())?.(program);
  return program;
}

/** Commands that go on without a package that was refused: a hub serves the others, and these tell why. */
const goOn = ['serve', 'adapter list', 'adapter show'];

async function loadPackages(action: Command): Promise<void> {
  const problems = await loadAdapterPackages(readSettings());
  if (problems.length === 0) return;
  const name = action.parent?.parent ? `${action.parent.name()} ${action.name()}` : action.name();
  if (!goOn.includes(name)) throw new SettingsError(problems);
  for (const problem of problems) console.error(`hub: ${problem}`);
}

function tell(error: unknown): void {
  const said = error instanceof Error ? error.message || error.name : String(error);
  console.error(`hub: ${said}`);
  if (error instanceof ConfigurationError)
    for (const problem of error.problems) console.error(`  ${toProblemLine(problem)}`);
  if (error instanceof Error && isDebugging()) console.error(error.stack, error.cause ?? '');
}

function isDebugging(): boolean {
  try {
    return ['debug', 'trace'].includes(readSettings().LOG_LEVEL);
  } catch {
    return false;
  }
}

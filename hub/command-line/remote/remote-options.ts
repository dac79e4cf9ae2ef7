import type { Command } from 'commander';
import { UsageError } from '../terminal/exit-codes.ts';
import type { RemoteOptions } from './remote-hub.ts';

/** For commands that also work at a hub elsewhere. */
export function addRemoteOptions(command: Command): Command {
  return command
    .option('--remote <url>', 'do it at the hub with this address instead of in the database')
    .option('--key-file <file>', "with --remote: file with an administrator's key (hub user key)")
    .option('--key-env <name>', 'with --remote: name of the variable that holds the key')
    .option('--ca <file>', "with --remote: PEM of who signed the hub's certificate");
}

export const isRemote = (options: Partial<RemoteOptions>): options is RemoteOptions => {
  if (options.remote !== undefined) return true;
  if (options.keyFile ?? options.keyEnv ?? options.ca)
    throw new UsageError('--key-file, --key-env and --ca go with --remote');
  return false;
};

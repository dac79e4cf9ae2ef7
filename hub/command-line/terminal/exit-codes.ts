import { CommanderError } from 'commander';
import { UserError } from '../../access/people/user-error.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { SettingsError } from '../../settings.ts';
import { findPassingTrouble } from '../../store/database-trouble.ts';
import { StoreError } from '../../store/store-error.ts';

/** The exit codes of `hub`; `hub --help` lists them too. */
export const exitCodes = {
  ok: 0,
  /** The work was begun and failed. */
  failure: 1,
  /** Wrong arguments, environment or configuration: nothing was done. */
  usage: 2,
  /** A service that the work needs is not there. */
  unavailable: 3,
  /** The ledger does not balance, or the access log or an evidence bundle is not as it was written. */
  difference: 4,
} as const;

/** Raised for arguments that are well-formed but make no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Raised if another hub cannot be reached, or cannot do it now. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

/** The exit code that tells scripts what kind of trouble it was. */
export function toExitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof UsageError || error instanceof SettingsError || error instanceof UserError)
    return exitCodes.usage;
  if (error instanceof ConfigurationError)
    return error.kind === 'in-use' ? exitCodes.failure : exitCodes.usage;
  if (error instanceof UnavailableError) return exitCodes.unavailable;
  const lost = error instanceof StoreError && error.kind === 'unavailable';
  return lost || findPassingTrouble(error) ? exitCodes.unavailable : exitCodes.failure;
}

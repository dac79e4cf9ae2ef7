import { ConfigurationError } from '../../configuration/configuration-error.ts';

/** The word of a text for what hinders a change of the configuration. Other errors are thrown again. */
export function toFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.kind.replace('-', '_');
  throw error;
}

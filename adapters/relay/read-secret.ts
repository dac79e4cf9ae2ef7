import { type Reason, ReasonError, toReason } from '../../schemas/reason.ts';

/** A secret that cannot be read. The reason names its reference, never the secret. */
export class SecretError extends ReasonError {
  constructor(reason: Reason) {
    super(reason);
    this.name = 'SecretError';
  }
}

/**
 * Reads a secret by its reference, `env:NAME` or `file:PATH`. It is never logged. Throws when the secret is missing or
 * empty.
 */
export function readSecret(
  reference: string,
  environment: NodeJS.ProcessEnv,
  readFile: (path: string) => string,
): string {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  if (!kind) throw new SecretError(toReason('secret_no_reference', { start: reference.slice(0, 4) }));
  const value = kind === 'env' ? environment[name] : readFile(name).trim();
  if (!value) throw new SecretError(toReason('secret_missing', { reference }));
  return value;
}

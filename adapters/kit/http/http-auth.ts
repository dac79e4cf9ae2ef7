import { type Static, Type } from 'typebox';
import { type Reason, type ReasonParam, SecretReference, toReason } from '../../../schemas/index.ts';
import type { AdapterContext } from '../../contract.ts';
import { HttpError } from './http-errors.ts';

const closed = { additionalProperties: false } as const;

/**
 * How the hub authenticates at the board. Secrets are references. They are resolved at each call, so they can rotate.
 */
export const Auth = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, closed),
  Type.Object({ kind: Type.Literal('basic'), user: Type.String(), password: SecretReference }, closed),
  Type.Object(
    { kind: Type.Literal('apiKey'), header: Type.String({ minLength: 1 }), secret: SecretReference },
    closed,
  ),
  Type.Object({ kind: Type.Literal('bearer'), secret: SecretReference }, closed),
  Type.Object(
    {
      kind: Type.Literal('query'),
      /** The query parameter that carries the secret: `serviceKey`. */
      parameter: Type.String({ minLength: 1, maxLength: 100 }),
      secret: SecretReference,
    },
    closed,
  ),
]);
export type Auth = Static<typeof Auth>;

export interface Credentials {
  headers: Record<string, string>;
  query?: Record<string, string>;
  /** The secrets, which must appear in no message. */
  secrets: string[];
}

/** Returns the headers and query parameters for one call. Throws {@link HttpError} `unauthorised` when a secret cannot be resolved. */
export function resolveAuth(auth: Auth, context: Pick<AdapterContext, 'secret'>): Credentials {
  switch (auth.kind) {
    case 'none':
      return { headers: {}, secrets: [] };
    case 'apiKey': {
      const secret = resolveSecret(auth.secret, context);
      return { headers: { [auth.header]: secret }, secrets: [secret] };
    }
    case 'bearer': {
      const secret = resolveSecret(auth.secret, context);
      return { headers: { authorization: `Bearer ${secret}` }, secrets: [secret] };
    }
    case 'query': {
      const secret = resolveSecret(auth.secret, context);
      return { headers: {}, query: { [auth.parameter]: secret }, secrets: [secret] };
    }
    case 'basic': {
      const password = resolveSecret(auth.password, context);
      const encoded = Buffer.from(`${auth.user}:${password}`).toString('base64');
      return { headers: { authorization: `Basic ${encoded}` }, secrets: [password, encoded] };
    }
  }
}

/** Resolves a secret. Throws {@link HttpError} `unauthorised` when there is none. */
export function resolveSecret(reference: string, context: Pick<AdapterContext, 'secret'>): string {
  try {
    return context.secret(reference);
  } catch (cause) {
    throw new HttpError('unauthorised', toReason('credentials_missing', { reference }), { cause });
  }
}

/**
 * Removes secrets from a text, in case a board echoes them. The longest goes first, because one may contain another.
 */
export function hideSecrets(text: string, secrets: string[]): string {
  const known = secrets.filter((secret) => secret.length > 0).sort((a, b) => b.length - a.length);
  return known.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}

/** Changes every text of a reason, at any depth. */
export function mapTexts(reason: Reason, change: (text: string) => string): Reason {
  const ofParam = (param: ReasonParam): ReasonParam => {
    if (typeof param === 'string') return change(param);
    if (typeof param !== 'object') return param;
    return Array.isArray(param)
      ? (param as readonly Reason[]).map((one) => mapTexts(one, change))
      : mapTexts(param as Reason, change);
  };
  const { code, params, said } = reason;
  return {
    code,
    ...(params && {
      params: Object.fromEntries(Object.entries(params).map(([name, param]) => [name, ofParam(param)])),
    }),
    ...(said !== undefined && { said: change(said) }),
  };
}

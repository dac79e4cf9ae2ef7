import { readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { readSecret as readReference, SecretError } from '../adapters/relay/read-secret.ts';
import { compile, OneOf } from '../schemas/index.ts';
import { toNetwork } from '../schemas/networks.ts';
import { toPlainProblem } from '../schemas/reason.ts';

const port = (fallback: number) => Type.Integer({ minimum: 0, maximum: 65_535, default: fallback });

/** As in hub/access/people/users.ts, which may import this file, and not the other way round. */
const roles = 'administrator|counsellor|officer|auditor|engineer';

/**
 * Every environment variable that the hub reads: the one schema, also for config/hub.env.example. `default` is the
 * value of an unset variable. A variable without one may stay unset.
 */
export const settingsSchema = Type.Object(
  {
    DATABASE_URL: Type.Optional(
      Type.String({
        pattern: '^postgres(ql)?://',
        description: 'PostgreSQL 14 or newer; unset: an embedded server below DATA_DIR',
      }),
    ),
    DATABASE_CONNECTIONS: Type.Integer({
      minimum: 9,
      maximum: 1_000,
      default: 18,
      description: 'connections to PostgreSQL that this process may hold; the sum of all processes must fit',
    }),
    REDIS_URL: Type.Optional(
      Type.String({
        pattern: '^rediss?://',
        description: 'Redis 6.2 or newer for the queues; unset: the queues live in PostgreSQL',
      }),
    ),
    SMTP_URL: Type.Optional(
      Type.String({
        pattern: '^smtps?://',
        description: 'SMTP server for e-mail; unset: messages stay in the local outbox',
      }),
    ),
    SMTP_CA_FILE: Type.Optional(
      Type.String({
        description:
          "PEM of the authority that signed the SMTP server's certificate; unset: those that Node trusts",
      }),
    ),
    MAIL_FROM: Type.String({ default: 'minwon-hub <no-reply@localhost>', description: 'sender of e-mail' }),
    SMS_PROVIDER: OneOf(['outbox', 'solapi', 'kannel'] as const, {
      default: 'outbox',
      description: 'who sends short messages',
    }),
    SMS_URL: Type.Optional(
      Type.String({
        pattern: '^https?://',
        format: 'uri',
        description:
          "the provider's address, where it is not the usual one; Kannel: with the query that it needs, such as ?smsc=KT&account=minwon",
      }),
    ),
    SMS_SENDER: Type.Optional(
      Type.String({ pattern: '^[0-9]{8,12}$', description: 'registered sender number, digits only' }),
    ),
    SMS_KEY: Type.Optional(Type.String({ description: 'Solapi API key, or Kannel user name' })),
    SMS_SECRET: Type.Optional(Type.String({ description: 'Solapi API secret, or Kannel password' })),
    SMS_REPORT_URL: Type.Optional(
      Type.String({
        pattern: '^https?://',
        format: 'uri',
        description:
          'how Kannel reaches the hub to report whether a text arrived; unset: PUBLIC_URL, and without it nothing is reported',
      }),
    ),
    SMS_REPORT_HOURS: Type.Number({
      minimum: 0.01,
      maximum: 720,
      default: 26,
      description: 'hours after which a text without a report of its delivery counts as not confirmed',
    }),
    ALERT_EMAIL: Type.Optional(
      Type.String({
        pattern: '^[^@\\s,]+@[^@\\s,]+(, *[^@\\s,]+@[^@\\s,]+)*$',
        description: "the operator's e-mail addresses for alerts, separated by commas",
      }),
    ),
    ALERT_LANGUAGE: OneOf(['ko', 'en'] as const, {
      default: 'ko',
      description: "language of the operator's e-mails about alerts",
    }),
    ALERT_WEBHOOK_URL: Type.Optional(
      Type.String({
        pattern: '^https?://',
        description: "the operator's webhook for alerts: JSON by POST, as Standard Webhooks",
      }),
    ),
    ALERT_WEBHOOK_SECRET: Type.Optional(
      Type.String({
        pattern: '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$',
        description: 'what the webhook is signed with: whsec_ and 24 to 64 bytes in base64',
      }),
    ),
    HOST: Type.String({ default: '127.0.0.1', description: 'address to listen on' }),
    PORT: Object.assign(port(8080), { description: 'port of the console and the doors' }),
    METRICS_PORT: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'port of /metrics for Prometheus, apart from console and doors; unset: there is none',
      }),
    ),
    METRICS_HOST: Type.String({ default: '127.0.0.1', description: 'address on which /metrics is' }),
    TLS_CERT_FILE: Type.Optional(
      Type.String({
        description: "PEM of the hub's certificate and its chain, to end TLS itself; unset: a proxy does",
      }),
    ),
    TLS_KEY_FILE: Type.Optional(Type.String({ description: 'PEM of its private key, without a passphrase' })),
    TLS_CLIENT_CA_FILE: Type.Optional(
      Type.String({
        description: "PEM of who signs agencies' client certificates; unset: callers are asked for none",
      }),
    ),
    PUBLIC_URL: Type.Optional(
      Type.String({
        pattern: '^https?://',
        format: 'uri',
        description:
          'how people and agencies reach the hub: stands in links of notices, and in the sheets that carry keys and commands',
      }),
    ),
    DATA_DIR: Type.String({ default: 'data', description: 'folder of the embedded server' }),
    ATTACHMENTS_DIR: Type.Optional(
      Type.String({ description: 'folder of attachments, shared by all processes; unset: below DATA_DIR' }),
    ),
    S3_BUCKET: Type.Optional(
      Type.String({
        description: 'bucket of an S3-compatible store for attachments; unset: ATTACHMENTS_DIR',
      }),
    ),
    S3_ENDPOINT: Type.Optional(
      Type.String({ pattern: '^https?://', description: "the store's address; unset: Amazon's own" }),
    ),
    S3_REGION: Type.String({ default: 'us-east-1', description: 'region of the bucket' }),
    S3_KEY: Type.Optional(Type.String({ description: "access key id of the store's user" })),
    S3_SECRET: Type.Optional(Type.String({ description: "secret access key of the store's user" })),
    CLAMD_URL: Type.Optional(
      Type.String({
        pattern: '^tcp://',
        description: 'clamd that looks at each attachment, as tcp://host:3310; unset: none does',
      }),
    ),
    SEALING_KEY: Type.Optional(
      Type.String({
        pattern: '^(file|env):[^,]+(, *(file|env):[^,]+)*$',
        description:
          'key-encryption key (32 bytes in base64 or hexadecimal) by reference, as file:/path or env:NAME; after a comma older ones, which only open; unset: DATA_DIR/sealing.key for the embedded server, and nothing is encrypted in the database of DATABASE_URL',
      }),
    ),
    SEALING_ALGORITHM: OneOf(['aes-256-gcm', 'aria-256-gcm'] as const, {
      default: 'aes-256-gcm',
      description: 'what new data keys encrypt with; the other one can be read at any time',
    }),
    CONFIG_DIR: Type.String({
      default: 'config',
      description: 'folder of agencies/, routing.yaml and templates/',
    }),
    UNDO_SECONDS: Type.Integer({
      minimum: 0,
      maximum: 600,
      default: 60,
      description:
        'seconds in which a person can take back what the console is to send to a complainant or another agency; 0: it goes out at once',
    }),
    CONFIG_FOUR_EYES: OneOf(['no', 'yes'] as const, {
      default: 'no',
      description:
        'yes: a change of the configuration in the console or by the API waits until a second person agrees',
    }),
    ADMIN_NETWORKS: Type.Optional(
      Type.String({
        description:
          'addresses or networks (CIDR), separated by commas, from which the administration API is open; unset: from all',
      }),
    ),
    ADAPTER_PACKAGES: Type.Optional(
      Type.String({
        description: 'npm packages (or paths of their folders) with more adapters, separated by commas',
      }),
    ),
    ADAPTER_CERTIFICATES: OneOf(['ignored', 'checked', 'required'] as const, {
      default: 'checked',
      description:
        'certificates of ADAPTER_PACKAGES; checked: one that says that a law is broken refuses its package; required: only a valid one will do',
    }),
    ROLES: Type.String({
      pattern: '^(api|worker)(,(api|worker))?$',
      default: 'api,worker',
      description: 'what this process does: api, worker or both',
    }),
    LOG_LEVEL: OneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const, {
      default: 'info',
      description: 'least important line that is logged',
    }),
    SESSION_HOURS: Type.Number({
      minimum: 0.1,
      maximum: 720,
      default: 9,
      description: 'hours after signing in until a console session ends, also if it is in use',
    }),
    SESSION_IDLE_MINUTES: Type.Integer({
      minimum: 5,
      maximum: 1_440,
      default: 60,
      description: 'minutes without a sign of the person until a console session ends',
    }),
    SECOND_FACTOR_ROLES: Type.Optional(
      Type.String({
        pattern: `^(all|(${roles})(, *(${roles}))*)$`,
        description:
          'roles that need a second factor to sign in, separated by commas, such as administrator,auditor; all: every role; unset: whoever set one up is asked for it',
      }),
    ),
    INSIDE_NETWORKS: Type.Optional(
      Type.String({
        description:
          'addresses or networks (CIDR) of the offices, separated by commas; from elsewhere every role needs a second factor; unset: no address counts as outside',
      }),
    ),
    STEP_UP_MINUTES: Type.Integer({
      minimum: 1,
      maximum: 1_440,
      default: 15,
      description:
        'minutes after which the second factor is asked for again before accounts, keys or the configuration are changed or personal data is exported',
    }),
    SIGN_ON_FILE: Type.Optional(
      Type.String({
        description:
          'YAML file with the identity providers (OpenID Connect, SAML) at which people may sign in; unset: passwords alone',
      }),
    ),
    SIGNING_SECRET: Type.Optional(
      Type.String({
        minLength: 32,
        description:
          'text of 32 characters or more from which the secrets for signed requests are made; unset: nobody can sign',
      }),
    ),
    AGENT_KEY_FILE: Type.Optional(
      Type.String({
        description:
          'file with the Ed25519 private key (PEM) that signs configuration for agents; unset: the hub makes one and keeps it in its database',
      }),
    ),
    AUDIT_KEY_FILE: Type.Optional(
      Type.String({
        description:
          'file with the Ed25519 private key (PEM) that signs the daily anchors of the access log; unset: the hub makes one and keeps it in its database',
      }),
    ),
    TSA_URL: Type.Optional(
      Type.String({
        pattern: '^https?://',
        format: 'uri',
        description:
          'authority of time stamps (RFC 3161) that stamps evidence bundles; unset: bundles carry none',
      }),
    ),
    TSA_CA_FILE: Type.Optional(
      Type.String({
        description:
          "PEM of the authorities at which the chain of the time stamp's certificate must end; unset: any is taken",
      }),
    ),
    UNFORESEEN_READS: OneOf(['log', 'refuse'] as const, {
      default: 'log',
      description:
        'what becomes of a page or call that reads data of complainants without telling the access log; log: it is logged as unforeseen, and an alert tells of it; refuse: it fails, for tests and development',
    }),
    ACCESS_LOG_YEARS: OneOf(['1', '2'] as const, {
      default: '2',
      description:
        'years that the access log is kept; 1 holds only below 50,000 complaints, and is for a hub without unique identifiers and sensitive data',
    }),
    PLAIN_LOOPBACK: OneOf(['no', 'yes'] as const, {
      default: 'no',
      description:
        'yes: take WS-Security passwords, as text or digest, without TLS from this machine itself, for development',
    }),
    TRUST_PROXY: Type.String({
      default: 'no',
      description:
        'addresses or networks (CIDR) of the reverse proxies in front, separated by commas, whose X-Forwarded-For, X-Forwarded-Proto and Client-Cert are believed; no: of none',
    }),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settingsSchema>;

const check = compile(settingsSchema);

/** Raised if the environment is unusable. It lists every problem with the variable's name. */
export class SettingsError extends Error {
  constructor(problems: string[]) {
    super(`the environment is not usable:\n  ${problems.join('\n  ')}`);
    this.name = 'SettingsError';
  }
}

/** The hub's settings from the environment. Empty variables count as unset, and unknown variables are ignored. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const values: Record<string, unknown> = {};
  const properties = settingsSchema.properties as Record<string, { type?: unknown; default?: unknown }>;
  for (const [name, schema] of Object.entries(properties)) {
    const text = environment[name];
    if (text === undefined || text === '') {
      if (schema.default !== undefined) values[name] = schema.default;
    } else {
      values[name] = schema.type === 'string' ? text : toNumber(text);
    }
  }
  const checked = check(values);
  const problems = checked.ok
    ? []
    : checked.problems.map(toPlainProblem).map((p) => `${p.pointer.slice(1)}: ${p.message}`);
  problems.push(...findTlsProblems(values));
  const proxies = findProxyProblem(String(values.TRUST_PROXY));
  if (proxies) problems.push(proxies);
  problems.push(...findNetworkProblems(values));
  if (!checked.ok || problems.length > 0) throw new SettingsError(problems);
  return checked.value;
}

/**
 * What is wrong with `TRUST_PROXY`. Neither `yes` nor a number of hops says who may write X-Forwarded-For. A proxy adds
 * to what its caller sent, and a caller that reaches the hub without the proxy writes all of it.
 */
function findProxyProblem(text: string): string | undefined {
  if (text === 'no') return undefined;
  const wrong = text
    .split(',')
    .map((one) => one.trim())
    .find((one) => !toNetwork(one)?.prefix);
  return wrong === undefined
    ? undefined
    : `TRUST_PROXY: "${wrong}" names no proxy; right is no, or the addresses or networks of the proxies in front, such as 127.0.0.1 or 172.30.77.1,10.1.2.0/28`;
}

function findNetworkProblems({ ADMIN_NETWORKS, INSIDE_NETWORKS }: Partial<Settings>): string[] {
  return Object.entries({ ADMIN_NETWORKS, INSIDE_NETWORKS }).flatMap(([name, text]) =>
    toNetworks(text ?? '')
      .filter((one) => !toNetwork(one))
      .map((one) => `${name}: "${one}" is no address and no network, such as 10.1.2.0/28`),
  );
}

/** The parts of a list with commas. */
export const toNetworks = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function findTlsProblems({ TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE }: Partial<Settings>): string[] {
  const given = TLS_CERT_FILE ?? TLS_KEY_FILE ?? TLS_CLIENT_CA_FILE;
  if (given === undefined) return [];
  return Object.entries({ TLS_CERT_FILE, TLS_KEY_FILE })
    .filter(([, file]) => file === undefined)
    .map(([name]) => `${name}: is required with the other TLS_…_FILE`);
}

function toNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

/** Reads a secret of this machine by reference. Its errors are SettingsErrors. */
export const readHere = (reference: string): string =>
  readSecret(reference, process.env, (path) => readFileSync(path, 'utf8'));

/** Reads a secret by reference. Its errors are SettingsErrors. */
export function readSecret(...given: Parameters<typeof readReference>): string {
  try {
    return readReference(...given);
  } catch (error) {
    throw error instanceof SecretError ? new SettingsError([error.message]) : error;
  }
}

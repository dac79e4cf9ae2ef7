import type { Logger } from 'pino';
import type { Language } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { createSecretToken } from '../keys/secret-token.ts';
import type { Role } from '../people/users.ts';
import type { Oidc } from './oidc.ts';
import {
  type Addresses,
  type Certificate,
  type Check,
  type Common,
  type Identity,
  isYes,
} from './provider.ts';
import type { Saml } from './saml.ts';
import { SignOnError } from './sign-on-error.ts';
import type { SignOnProvider } from './sign-on-schema.ts';
import {
  findProof,
  keepOutcome,
  keepTry,
  keepUnasked,
  type NewTry,
  type Outcome,
  type Returned,
  takeOnce,
  takeTry,
} from './sign-on-tries.ts';
import { endByOrder } from './subjects.ts';

/** Somebody whom a provider vouches for, with where he or she wanted to go. */
export type Arrived = Omit<Returned, 'proof' | 'outcome'> & { identity: Identity };

/** A provider that people may sign in at. Each call throws SignOnError. */
export interface SignOnDesk extends Common {
  kind: SignOnProvider['kind'];
  /** Keeps the try, and says where the browser goes. */
  begin(
    store: Store,
    addresses: Addresses,
    language: Language,
    given: Omit<NewTry, 'provider'>,
  ): Promise<string>;
  /** Takes the answer of OpenID Connect, which comes with the browser's cookie. `query`: of the address. */
  takeAnswer(
    store: Store,
    addresses: Addresses,
    query: string,
    browser: string | undefined,
  ): Promise<Arrived>;
  /** Takes a response of SAML, which comes without cookies. Resolves with the state for {@link arrive}. */
  takeResponse(
    store: Store,
    addresses: Addresses,
    form: { SAMLResponse?: string; RelayState?: string },
  ): Promise<string>;
  /** Takes over who came back by {@link takeResponse}, now that the browser shows its cookie. */
  arrive(store: Store, state: string, browser: string | undefined): Promise<Arrived>;
  /** What a provider of SAML must know of the hub. Undefined: OpenID Connect knows no such thing. */
  describe(addresses: Addresses): string | undefined;
  /** Where signing out goes on. Undefined: nowhere. */
  signOut(addresses: Addresses, hint: string | null): Promise<string | undefined>;
  /** Ends the sessions that the provider names. Resolves with their number. */
  endSessions(store: Store, token: string): Promise<number>;
  check(): Promise<Check[]>;
  listCertificates(): Promise<Certificate[]>;
}

/** The providers of this hub. */
export interface SignOn {
  list(): SignOnDesk[];
  find(name: string): SignOnDesk | undefined;
  /** The provider at which a person has to sign in. Undefined: a password will do. */
  findOnly(person: { role: Role; email: string | null; isBreakGlass: boolean }): SignOnDesk | undefined;
}

/**
 * Opens the providers of the settings. Nothing is asked of them before somebody comes. A protocol is loaded when a provider
 * speaks it.
 */
export async function createSignOn(
  providers: readonly SignOnProvider[],
  secret: (reference: string) => string,
): Promise<SignOn> {
  const desks = providers.map(async (provider) =>
    provider.kind === 'oidc'
      ? toOidcDesk(provider, (await import('./oidc.ts')).openOidc(provider, secret))
      : toSamlDesk(provider, (await import('./saml.ts')).openSaml(provider, secret)),
  );
  return toSignOn(await Promise.all(desks));
}

function toSignOn(desks: SignOnDesk[]): SignOn {
  return {
    list: () => desks,
    find: (name) => desks.find((desk) => desk.name === name),
    findOnly({ role, email, isBreakGlass }) {
      if (isBreakGlass) return undefined;
      const domain = email?.split('@').at(-1)?.toLowerCase() ?? '';
      return desks.find(({ only }) => only?.roles?.includes(role) || only?.domains?.includes(domain));
    },
  };
}

export const noSignOn: SignOn = toSignOn([]);

const refuse = async (): Promise<never> => {
  throw new SignOnError('lost', 'other_protocol');
};

function toOidcDesk(provider: Extract<SignOnProvider, { kind: 'oidc' }>, oidc: Oidc): SignOnDesk {
  const { name } = provider;
  return {
    ...provider,
    async begin(store, addresses, language, given) {
      const state = createSecretToken();
      const { url, proof } = await oidc.begin(addresses, state, language);
      await keepTry(store, state, { ...given, provider: name }, proof);
      return url;
    },
    async takeAnswer(store, addresses, query, browser) {
      const state = new URLSearchParams(query).get('state') ?? '';
      const returned = await takeTry(store, name, state, browser);
      if (!returned) throw new SignOnError('lost', 'no_try');
      try {
        return { ...returned, identity: await oidc.finish(addresses, query, state, returned.proof) };
      } catch (error) {
        throw carrying(error, returned);
      }
    },
    takeResponse: refuse,
    arrive: refuse,
    describe: () => undefined,
    signOut: (addresses, hint) => oidc.signOut(addresses, hint ?? undefined),
    async endSessions(store, token) {
      const order = await oidc.readLogout(token);
      if (!(await takeOnce(store, order.issuer, { id: `logout ${order.id}`, until: order.until })))
        throw new SignOnError('repeated', 'jti');
      return endByOrder(store, order);
    },
    check: oidc.check,
    listCertificates: async () => [],
  };
}

function toSamlDesk(provider: Extract<SignOnProvider, { kind: 'saml' }>, saml: Saml): SignOnDesk {
  const { name } = provider;
  return {
    ...provider,
    async begin(store, addresses, _language, given) {
      const state = createSecretToken();
      const { url, proof } = await saml.begin(addresses, state);
      await keepTry(store, state, { ...given, provider: name }, proof);
      return url;
    },
    takeAnswer: refuse,
    async takeResponse(store, addresses, { SAMLResponse: response = '', RelayState: state = '' }) {
      const proof = await findProof(store, name, state);
      if (proof === undefined && !isYes(provider.idpInitiated)) throw new SignOnError('lost', 'no_try');
      if (proof === undefined) return keepUnasked(store, name, await saml.finish(addresses, response, proof));
      const outcome = await saml
        .finish(addresses, response, proof)
        .then((identity): Outcome => ({ identity }))
        .catch(toRefused);
      if (!(await keepOutcome(store, state, outcome))) throw new SignOnError('repeated', 'answered');
      return state;
    },
    async arrive(store, state, browser) {
      const returned = await takeTry(store, name, state, browser);
      if (!returned?.outcome) throw new SignOnError('lost', 'no_try');
      const { outcome } = returned;
      if ('identity' in outcome) return { ...returned, identity: outcome.identity };
      throw carrying(new SignOnError(outcome.refused.kind, outcome.refused.code), returned);
    },
    describe: (addresses) => saml.describe(addresses),
    signOut: async () => undefined,
    endSessions: refuse,
    check: saml.check,
    listCertificates: saml.listCertificates,
  };
}

function carrying(error: unknown, { to, path, typed }: Returned): unknown {
  if (error instanceof SignOnError) error.carried = { to, path, typed };
  return error;
}

/** Told on the page that follows: only there is known whose browser it is. */
function toRefused(error: unknown): Outcome {
  if (error instanceof SignOnError) return { refused: { kind: error.kind, code: error.code } };
  throw error;
}

/** One line about somebody who was not let in. It has no token, no address and no word of the provider. */
export function noteRefusal(log: Logger, provider: string, from: string, error: SignOnError): void {
  log.warn({ provider, from, kind: error.kind, code: error.code }, 'sign-on refused');
}

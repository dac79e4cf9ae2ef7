import * as client from 'openid-client';
import { type LogoutOrder, readLogoutTokens } from './logout-token.ts';
import type { Claims } from './map-person.ts';
import { readClaim } from './map-person.ts';
import { discover, toOidcError } from './oidc-discovery.ts';
import {
  type Addresses,
  type Check,
  type Identity,
  isLocalTest,
  isYes,
  type Proof,
  timeout,
} from './provider.ts';
import { SignOnError } from './sign-on-error.ts';
import type { OidcProvider } from './sign-on-schema.ts';

const defaultScopes = ['openid', 'profile', 'email'];

/** A provider of OpenID Connect, by the authorization code flow with PKCE (OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9700). */
export interface Oidc {
  /** Where the person is sent. The proof is kept until the answer comes. */
  begin(addresses: Addresses, state: string, language: 'ko' | 'en'): Promise<{ url: string; proof: Proof }>;
  /** Takes the answer: its state, issuer, signature, audience, nonce and times are checked. Throws SignOnError. */
  finish(addresses: Addresses, query: string, state: string, proof: Proof): Promise<Identity>;
  /** Where signing out goes on. Undefined: the provider has no such page, or the settings do not want it. */
  signOut(addresses: Addresses, hint: string | undefined): Promise<string | undefined>;
  /** Which sessions a message of the provider ends. Throws SignOnError. */
  readLogout(token: string): Promise<LogoutOrder>;
  check(): Promise<Check[]>;
}

/** `secret` resolves a reference. It is read anew each time, so that a new secret needs no restart. */
export function openOidc(provider: OidcProvider, secret: (reference: string) => string): Oidc {
  const find = discover(provider);

  /** Made anew for each sign-in: with it the provider's keys are read anew, so that changed ones are known at once. */
  const configure = async (): Promise<client.Configuration> => {
    const metadata = await find();
    const { clientId, clientSecret, clientAuthentication, clockSkewSeconds = 30 } = provider;
    const word = clientSecret === undefined ? undefined : secret(clientSecret);
    const byPost = clientAuthentication === 'post';
    const authentication =
      word === undefined
        ? client.None()
        : byPost
          ? client.ClientSecretPost(word)
          : client.ClientSecretBasic(word);
    const configuration = new client.Configuration(
      structuredClone(metadata),
      clientId,
      { [client.clockTolerance]: clockSkewSeconds },
      authentication,
    );
    configuration.timeout = timeout;
    // Without it the signature of an ID token that came over TLS is not looked at (OpenID Connect Core, 3.1.3.7 allows that).
    client.enableNonRepudiationChecks(configuration);
    if (isLocalTest(provider.issuer)) client.allowInsecureRequests(configuration);
    return configuration;
  };

  return {
    async begin({ callback }, state, language) {
      const configuration = await orSaid(configure);
      const proof = { nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: (provider.scopes ?? defaultScopes).join(' '),
        state,
        nonce: proof.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(proof.verifier),
        code_challenge_method: 'S256',
        ui_locales: language === 'ko' ? 'ko en' : 'en ko',
        ...(provider.secondFactor?.acr && { acr_values: provider.secondFactor.acr.join(' ') }),
      });
      return { url: url.href, proof };
    },
    async finish({ callback }, query, state, { nonce = '', verifier = '' }) {
      return orSaid(async () => {
        const configuration = await configure();
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${callback}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const idToken = tokens.claims();
        if (!idToken || tokens.id_token === undefined) throw new SignOnError('untrusted', 'no_id_token');
        const more = isYes(provider.userinfo)
          ? await client.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
          : {};
        return toIdentity(provider, { ...more, ...idToken }, tokens.id_token);
      });
    },
    async signOut({ signedOut }, hint) {
      if (!isYes(provider.signOutThere, true)) return undefined;
      const configuration = await orSaid(configure);
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: signedOut,
        ...(hint !== undefined && { id_token_hint: hint }),
      }).href;
    },
    readLogout: readLogoutTokens(provider, () => orSaid(find)),
    check: () => checkOidc(provider, find, secret),
  };
}

async function orSaid<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toOidcError(error);
  }
}

function toIdentity(
  { accounts = {}, secondFactor }: OidcProvider,
  claims: Claims & { iss: string; sub: string; sid?: unknown },
  hint: string,
): Identity {
  const [address] = readClaim(claims, accounts.email ?? 'email');
  const isVerified = isYes(accounts.emailVerified) || claims.email_verified === true;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    claims,
    email: address === undefined ? undefined : { address, isVerified },
    isProved: isProved(secondFactor, claims),
    ...(typeof claims.sid === 'string' && { sid: claims.sid }),
    hint,
  };
}

/** `amr`: RFC 8176. `acr`: OpenID Connect Core, 2. What the provider says counts for what the settings name, and for nothing else. */
function isProved(wanted: OidcProvider['secondFactor'], claims: Claims): boolean {
  const has = (name: 'amr' | 'acr') => readClaim(claims, name).some((one) => wanted?.[name]?.includes(one));
  return has('amr') || has('acr');
}

async function checkOidc(
  provider: OidcProvider,
  find: () => Promise<client.ServerMetadata>,
  secret: (reference: string) => string,
): Promise<Check[]> {
  const checks: Check[] = [];
  const say = (isGood: boolean, says: string) => void checks.push({ isGood, says });
  if (provider.clientSecret !== undefined)
    try {
      secret(provider.clientSecret);
      say(true, 'the client secret can be read');
    } catch (error) {
      say(false, `the client secret cannot be read: ${(error as Error).message}`);
    }
  try {
    const metadata = await find();
    say(true, `discovery: ${metadata.issuer}`);
    const has = (list: string[] | undefined, one: string) => list === undefined || list.includes(one);
    const supported = metadata.code_challenge_methods_supported;
    say(has(supported, 'S256'), `PKCE with S256: ${supported ? supported.join(', ') : 'not said'}`);
    const endsSessions = metadata.end_session_endpoint !== undefined;
    if (isYes(provider.signOutThere, true))
      say(endsSessions, endsSessions ? 'signing out goes on there' : 'it has no page for signing out');
    const tells = metadata.backchannel_logout_supported === true;
    say(true, `back-channel logout: ${tells ? 'supported' : 'not said to be supported'}`);
    say(...(await countKeys(metadata)));
  } catch (error) {
    const { kind, code } = toOidcError(error);
    say(false, `discovery of ${provider.issuer} failed: ${kind} (${code})`);
  }
  return checks;
}

async function countKeys({ jwks_uri: uri }: client.ServerMetadata): Promise<[boolean, string]> {
  if (uri === undefined) return [false, 'it names no keys (jwks_uri)'];
  const response = await fetch(uri, { signal: AbortSignal.timeout(timeout * 1000) });
  const { keys = [] } = (await response.json()) as { keys?: unknown[] };
  return [keys.length > 0, `keys: ${keys.length}`];
}

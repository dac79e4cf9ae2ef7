import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Profile, SAML, type SamlConfig, SamlStatusError } from '@node-saml/node-saml';
import { type Claims, readClaim } from './map-person.ts';
import {
  type Addresses,
  type Certificate,
  type Check,
  daysAhead,
  type Identity,
  isYes,
  type Proof,
} from './provider.ts';
import { type IdpMetadata, openMetadata, toEnd } from './saml-metadata.ts';
import { acceptAssertion, inspectResponse } from './saml-response.ts';
import { SignOnError } from './sign-on-error.ts';
import type { SamlProvider } from './sign-on-schema.ts';

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';

/** A provider of SAML 2.0: Web Browser SSO, the request by a redirect, the response by a form (SAML 2.0 Profiles, 4.1). */
export interface Saml {
  begin(addresses: Addresses, relayState: string): Promise<{ url: string; proof: Proof }>;
  /** Takes the response. `proof` undefined: nobody here began, and the settings allow that. Throws SignOnError. */
  finish(addresses: Addresses, response: string, proof: Proof | undefined): Promise<Identity>;
  /** What the provider must know of the hub, as XML. */
  describe(addresses: Addresses): string;
  listCertificates(): Promise<Certificate[]>;
  check(): Promise<Check[]>;
}

/** `secret` resolves a reference. */
export function openSaml(provider: SamlProvider, secret: (reference: string) => string): Saml {
  const find = openMetadata(provider.metadata);
  const own = () => readOwn(provider, secret);
  const configure = (addresses: Addresses, idp?: IdpMetadata, requestId?: string): SAML =>
    new SAML(toConfiguration(provider, addresses, { idp, requestId, own: own() }));

  return {
    async begin(addresses, relayState) {
      const idp = await find();
      // An XML name begins with no digit.
      const request = `_${randomBytes(20).toString('hex')}`;
      const url = await configure(addresses, idp, request).getAuthorizeUrlAsync(relayState, undefined, {});
      return { url, proof: { request } };
    },
    async finish(addresses, response, proof) {
      const { inResponseTo } = inspectResponse(response, addresses.acs);
      const request = proof?.request;
      if (inResponseTo !== request) throw new SignOnError('untrusted', 'in_response_to');
      const take = async (idp: IdpMetadata) => {
        const profile = await validate(configure(addresses, idp), response);
        const accepted = acceptAssertion(profile.getAssertion?.(), {
          entityId: idp.entityId,
          acs: addresses.acs,
          audience: provider.entityId ?? addresses.metadata,
          request,
          skewSeconds: provider.clockSkewSeconds ?? 30,
        });
        return toIdentity(provider, profile, idp.entityId, accepted);
      };
      const idp = await find();
      return take(idp).catch(async (error: unknown) => {
        if (!(error instanceof SignOnError) || error.code !== 'signature') throw error;
        const newer = await find(true);
        if (newer === idp) throw error;
        return take(newer);
      });
    },
    describe(addresses) {
      const certificate = own()?.certificate ?? null;
      return configure(addresses).generateServiceProviderMetadata(certificate, certificate);
    },
    async listCertificates() {
      const { certificates } = await find();
      const mine = own()?.certificate;
      return [
        ...certificates.map((pem) => ({ of: 'provider', endsAt: toEnd(pem) }) as const),
        ...(mine === undefined ? [] : [{ of: 'hub', endsAt: toEnd(mine) } as const]),
      ];
    },
    check: () => checkSaml(find, own),
  };
}

interface Own {
  key: string;
  certificate: string;
}

/** Undefined: requests go unsigned, and nothing encrypted can be read. */
function readOwn({ key, certificate }: SamlProvider, secret: (reference: string) => string): Own | undefined {
  if (key === undefined || certificate === undefined) return undefined;
  return { key: secret(key), certificate: readFileSync(certificate, 'utf8') };
}

function toConfiguration(
  provider: SamlProvider,
  { acs, metadata }: Addresses,
  {
    idp,
    requestId,
    own,
  }: { idp: IdpMetadata | undefined; requestId: string | undefined; own: Own | undefined },
): SamlConfig {
  return {
    issuer: provider.entityId ?? metadata,
    callbackUrl: acs,
    // Where only the hub describes itself there is no provider yet, and no certificate is used.
    idpCert: idp?.certificates ?? 'none',
    ...(idp && { entryPoint: idp.entryPoint, idpIssuer: idp.entityId }),
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
    ...(own && { privateKey: own.key, decryptionPvk: own.key, publicCert: own.certificate }),
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    // The assertion itself, so that nothing around it can matter.
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    // saml-response.ts checks these on what is signed, and tells them apart. The library reads InResponseTo from outside the signature.
    acceptedClockSkewMs: -1,
    audience: false,
  };
}

async function validate(saml: SAML, response: string): Promise<Profile> {
  try {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: response });
    if (profile) return profile;
  } catch (error) {
    if (error instanceof SamlStatusError) {
      const [, status = 'unknown'] = /:status:(?!Responder|Requester)(\w{1,40})/.exec(error.xmlStatus) ?? [];
      throw new SignOnError('denied', status);
    }
    throw new SignOnError('untrusted', 'signature');
  }
  throw new SignOnError('untrusted', 'no_assertion');
}

function toIdentity(
  { accounts = {}, secondFactor, subject: subjectClaim }: SamlProvider,
  profile: Profile,
  issuer: string,
  { id, until, contexts }: { id: string; until: Date; contexts: string[] },
): Identity {
  const claims: Claims = {
    ...((profile.attributes as Claims | undefined) ?? {}),
    ...(profile.nameID && { NameID: profile.nameID }),
  };
  if (subjectClaim === undefined && profile.nameIDFormat === transient)
    throw new SignOnError('untrusted', 'transient_name_id');
  const [subject] = readClaim(claims, subjectClaim ?? 'NameID');
  if (subject === undefined) throw new SignOnError('untrusted', 'no_subject');
  const [address] = readClaim(claims, accounts.email ?? 'email');
  return {
    issuer,
    subject,
    claims,
    email: address === undefined ? undefined : { address, isVerified: isYes(accounts.emailVerified) },
    isProved: contexts.some((context) => secondFactor?.contexts.includes(context)),
    once: { id, until },
  };
}

async function checkSaml(find: () => Promise<IdpMetadata>, own: () => Own | undefined): Promise<Check[]> {
  const checks: Check[] = [];
  const say = (isGood: boolean, says: string) => void checks.push({ isGood, says });
  try {
    const { entityId, entryPoint, certificates } = await find();
    say(true, `metadata: ${entityId}`);
    say(entryPoint.startsWith('https:'), `requests go to ${entryPoint}`);
    for (const pem of certificates) say(...sayEnd("the provider's certificate", toEnd(pem)));
  } catch (error) {
    const { kind, code } = error as SignOnError;
    say(false, `the metadata cannot be used: ${kind} (${code})`);
  }
  try {
    const mine = own();
    if (mine) say(...sayEnd("the hub's certificate", toEnd(mine.certificate)));
    else say(true, 'no key of the hub: requests are not signed, and nothing encrypted can be read');
  } catch (error) {
    say(false, `the hub's key or certificate cannot be read: ${(error as Error).message}`);
  }
  return checks;
}

function sayEnd(what: string, end: Date, now = Date.now()): [boolean, string] {
  const days = Math.floor((end.getTime() - now) / 86_400_000);
  const day = end.toISOString().slice(0, 10);
  return [
    days >= daysAhead,
    days < 0 ? `${what} ended on ${day}` : `${what} ends on ${day}, in ${days} days`,
  ];
}

import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { XMLParser } from 'fast-xml-parser';
import { timeout } from './provider.ts';
import { SignOnError } from './sign-on-error.ts';

/** What is needed of a provider's metadata (SAML 2.0 Metadata, 2.4.3). */
export interface IdpMetadata {
  entityId: string;
  /** Where requests go, by a redirect. */
  entryPoint: string;
  /** PEM of each certificate that may sign. While keys change there are two. */
  certificates: string[];
}

/** Milliseconds for which metadata are believed, and the least between two looks because an answer did not fit. */
const freshness = 3_600_000;
const leastAge = 60_000;
const largest = 2_000_000;
const redirectBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Several of a kind or one: always a list.
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

type Node = Record<string, unknown>;
const children = (node: unknown, name: string): Node[] => {
  const found = (node as Node | undefined)?.[name];
  return Array.isArray(found) ? found.map((one) => (typeof one === 'object' ? (one as Node) : {})) : [];
};

/** Reads metadata. Throws SignOnError `untrusted` with what is missing. */
function readIdpMetadata(xml: string): IdpMetadata {
  if (xml.length > largest) throw new SignOnError('untrusted', 'metadata_too_large');
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new SignOnError('untrusted', 'metadata_with_dtd');
  const document = parse(xml);
  const entities = children(document, 'EntityDescriptor').concat(
    children(document, 'EntitiesDescriptor').flatMap((many) => children(many, 'EntityDescriptor')),
  );
  const providers = entities.filter((entity) => children(entity, 'IDPSSODescriptor').length > 0);
  const [provider] = providers;
  if (!provider || providers.length > 1) throw new SignOnError('untrusted', 'metadata_of_no_single_provider');
  const [role] = children(provider, 'IDPSSODescriptor');
  const entityId = provider['@entityID'];
  const entryPoint = children(role, 'SingleSignOnService').find(
    (one) => one['@Binding'] === redirectBinding,
  )?.['@Location'];
  const certificates = children(role, 'KeyDescriptor')
    .filter((key) => key['@use'] === undefined || key['@use'] === 'signing')
    .flatMap((key) => children(key, 'KeyInfo'))
    .flatMap((info) => children(info, 'X509Data'))
    .flatMap(({ X509Certificate: texts }) => (Array.isArray(texts) ? texts : []))
    .map(toPem);
  if (typeof entityId !== 'string') throw new SignOnError('untrusted', 'metadata_without_entity_id');
  if (typeof entryPoint !== 'string' || !/^https?:\/\//.test(entryPoint))
    throw new SignOnError('untrusted', 'metadata_without_redirect_binding');
  if (certificates.length === 0) throw new SignOnError('untrusted', 'metadata_without_certificate');
  return { entityId, entryPoint, certificates };
}

function parse(xml: string): unknown {
  try {
    return parser.parse(xml, true);
  } catch {
    throw new SignOnError('untrusted', 'metadata_no_xml');
  }
}

function toPem(text: unknown): string {
  const lines =
    String(text)
      .replace(/\s/g, '')
      .match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  try {
    new X509Certificate(pem);
    return pem;
  } catch {
    throw new SignOnError('untrusted', 'metadata_with_broken_certificate');
  }
}

export const toEnd = (pem: string): Date => new Date(new X509Certificate(pem).validTo);

/**
 * The metadata at an address or in a file, kept for an hour. `again`: an answer did not fit, perhaps because keys were changed, so that
 * they are read anew if they are older than a minute.
 */
export function openMetadata(place: string): (again?: boolean) => Promise<IdpMetadata> {
  let known: { at: number; metadata: IdpMetadata } | undefined;
  return async (again = false) => {
    const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < (again ? leastAge : freshness)) return known.metadata;
    known = { at: Date.now(), metadata: readIdpMetadata(await load(place)) };
    return known.metadata;
  };
}

/** Whose metadata is believed is settled by TLS, or by who may write the file. */
async function load(place: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(place)) return await readFile(place, 'utf8');
    const response = await fetch(place, { signal: AbortSignal.timeout(timeout * 1000) });
    if (response.ok) return await response.text();
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    throw new SignOnError('away', `metadata_${cause?.code ?? code ?? 'unreachable'}`);
  }
  throw new SignOnError('away', 'metadata_not_given');
}

import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SignedXml } from 'xml-crypto';

const run = promisify(execFile);
const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
export const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const wsse = `${oasis}wssecurity-secext-1.0.xsd`;
export const wsu = `${oasis}wssecurity-utility-1.0.xsd`;
const tokenProfile = `${oasis}username-token-profile-1.0#`;
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';

export interface TestCertificate {
  key: string;
  pem: string;
}

/** A self-signed RSA certificate for thirty days, by openssl: Node makes none. */
export async function createCertificate(name: string): Promise<TestCertificate> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-certificate-'));
  const [key, pem] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  try {
    const subject = ['-subj', `/CN=${name}`, '-days', '30'];
    const files = ['-keyout', key, '-out', pem];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], {
      timeout: 20_000,
    });
    return { key: await readFile(key, 'utf8'), pem: await readFile(pem, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const base64Of = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');

export interface SigningOptions {
  created?: Date;
  expires?: Date;
  /** Local names of what is signed. */
  parts?: string[];
  digestAlgorithm?: string;
  signatureAlgorithm?: string;
  transform?: string;
  /** KeyInfo's content; default: a reference to the BinarySecurityToken that is sent. */
  keyInfo?: string;
  /** More for the security header. */
  header?: string;
}

/** An envelope of SOAP 1.1 with Body and Timestamp signed, as WS-Security toolkits make it. */
export function signEnvelope(
  body: string,
  { key, pem }: TestCertificate,
  options: SigningOptions = {},
): string {
  const { created = new Date(), expires = new Date(created.getTime() + 60_000) } = options;
  const { parts = ['Body', 'Timestamp'], header = '' } = options;
  const [bodyId, timestampId, tokenId] = ['B', 'T', 'X'].map((letter) => `${letter}-${randomUUID()}`);
  const keyInfo =
    options.keyInfo ??
    `<w:SecurityTokenReference xmlns:w="${wsse}"><w:Reference URI="#${tokenId}" ValueType="${oasis}x509-token-profile-1.0#X509v3"/></w:SecurityTokenReference>`;
  const envelope =
    `<s:Envelope xmlns:s="${soap11}"><s:Header><w:Security xmlns:w="${wsse}" xmlns:u="${wsu}" s:mustUnderstand="1">` +
    `<w:BinarySecurityToken u:Id="${tokenId}" ValueType="${oasis}x509-token-profile-1.0#X509v3" EncodingType="${oasis}soap-message-security-1.0#Base64Binary">${base64Of(pem)}</w:BinarySecurityToken>` +
    `<u:Timestamp u:Id="${timestampId}"><u:Created>${created.toISOString()}</u:Created><u:Expires>${expires.toISOString()}</u:Expires></u:Timestamp>${header}` +
    `</w:Security></s:Header><s:Body xmlns:u="${wsu}" u:Id="${bodyId}">${body}</s:Body></s:Envelope>`;
  const signer = new SignedXml({
    idMode: 'wssecurity',
    privateKey: key,
    signatureAlgorithm: options.signatureAlgorithm ?? rsaSha256,
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () => keyInfo,
  });
  for (const part of parts)
    signer.addReference({
      xpath: `//*[local-name(.)='${part}']`,
      digestAlgorithm: options.digestAlgorithm ?? sha256,
      transforms: [options.transform ?? exclusive],
    });
  signer.computeSignature(envelope, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Security']", action: 'append' },
  });
  return signer.getSignedXml();
}

/** KeyInfo's ways to name a certificate without sending it as a token. */
export const keyInfoOf = {
  certificate: ({ pem }: TestCertificate) =>
    `<X509Data xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Certificate>${base64Of(pem)}</X509Certificate></X509Data>`,
  thumbprint: ({ pem }: TestCertificate) =>
    `<w:SecurityTokenReference xmlns:w="${wsse}"><w:KeyIdentifier ValueType="http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1">${createHash(
      'sha1',
    )
      .update(Buffer.from(base64Of(pem), 'base64'))
      .digest('base64')}</w:KeyIdentifier></w:SecurityTokenReference>`,
  serial: (serialNumber: string) =>
    `<w:SecurityTokenReference xmlns:w="${wsse}"><X509Data xmlns="http://www.w3.org/2000/09/xmldsig#"><X509IssuerSerial><X509IssuerName>CN=alpha</X509IssuerName><X509SerialNumber>${BigInt(`0x${serialNumber}`)}</X509SerialNumber></X509IssuerSerial></X509Data></w:SecurityTokenReference>`,
};

/** A UsernameToken with PasswordDigest (UsernameToken Profile 1.0). */
export function digestToken(
  user: string,
  password: string,
  { created = new Date().toISOString(), nonce = randomBytes(16), mustUnderstand = true } = {},
): string {
  const digest = createHash('sha1').update(nonce).update(created).update(password).digest('base64');
  const mark = mustUnderstand ? ` xmlns:s="${soap11}" s:mustUnderstand="1"` : '';
  return `<w:Security xmlns:w="${wsse}" xmlns:u="${wsu}"${mark}><w:UsernameToken><w:Username>${user}</w:Username><w:Password Type="${tokenProfile}PasswordDigest">${digest}</w:Password><w:Nonce EncodingType="${oasis}soap-message-security-1.0#Base64Binary">${nonce.toString('base64')}</w:Nonce><u:Created>${created}</u:Created></w:UsernameToken></w:Security>`;
}

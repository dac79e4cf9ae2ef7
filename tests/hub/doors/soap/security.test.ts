import { randomBytes, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopes } from '../../../../hub/access/keys/scopes.ts';
import { createSeenMessages } from '../../../../hub/doors/gate/seen-messages.ts';
import { createIdentify } from '../../../../hub/doors/soap/credentials.ts';
import { readEnvelope } from '../../../../hub/doors/soap/envelope.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  createCertificate,
  digestToken,
  keyInfoOf,
  type SigningOptions,
  signEnvelope,
  soap11,
  type TestCertificate,
  wsse,
  wsu,
} from './signing.ts';

const body =
  '<GetComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>26-0000-0001-0</receiptNumber></GetComplaint>';
const evil = body.replace('26-0000-0001-0', '26-6666-6666-6');
const secrets = ['mws_the old one', 'mws_the new one'];
const minute = 60_000;

let store: Store;
let alpha: TestCertificate;
let beta: TestCertificate;
let stranger: TestCertificate;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  [alpha, beta, stranger] = await Promise.all([
    createCertificate('alpha'),
    createCertificate('beta'),
    createCertificate('alpha'),
  ]);
});
afterAll(() => store.close());

const callerOf = (agency: string) => ({ agency, keyId: 'key', scopes });

/** One process of a hub that knows alpha and beta, at this time. */
function openProcess(now: () => number = Date.now) {
  const signers = [
    { agency: 'alpha', certificate: new X509Certificate(alpha.pem) },
    { agency: 'beta', certificate: new X509Certificate(beta.pem) },
  ];
  return createIdentify({
    findBySecret: async (agency, fits) =>
      agency === 'alpha' && secrets.some(fits) ? callerOf('alpha') : undefined,
    listSigners: () => signers,
    seen: createSeenMessages(store),
    now,
  });
}

async function identify(xml: string, { now = Date.now, authorization = '', confidential = true } = {}) {
  const envelope = readEnvelope(Buffer.from(xml), 'text/xml');
  return openProcess(now)({ envelope, authorization, confidential });
}
const refusalOf = (xml: string, options: Parameters<typeof identify>[1] = {}): Promise<string> =>
  identify(xml, options).then(
    () => 'let in',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  );

const envelopeWith = (header: string) =>
  `<s:Envelope xmlns:s="${soap11}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const later = (milliseconds: number) => () => Date.now() + milliseconds;
const iso = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

describe('a digest of a secret', () => {
  const send = (...token: Parameters<typeof digestToken>) => envelopeWith(digestToken(...token));

  it.each(secrets)('lets its agency in: %s', async (secret) => {
    expect(await identify(send('alpha', secret))).toMatchObject({ caller: callerOf('alpha') });
  });

  it('is made as the profile says: known parts give a known digest', async () => {
    // Computed with: printf '%s' "0123456789abcdef${created}${secret}" | openssl dgst -sha1 -binary | base64
    const token = `<w:Security xmlns:w="${wsse}" xmlns:u="${wsu}"><w:UsernameToken><w:Username>alpha</w:Username><w:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest">DIGEST</w:Password><w:Nonce>MDEyMzQ1Njc4OWFiY2RlZg==</w:Nonce><u:Created>2026-11-20T00:30:00Z</u:Created></w:UsernameToken></w:Security>`;
    const digest = 'PVRt2JHo6GA4vNl27dwThsPoMNw=';
    const now = () => Date.parse('2026-11-20T00:31:00Z');
    expect(await identify(envelopeWith(token.replace('DIGEST', digest)), { now })).toMatchObject({
      caller: callerOf('alpha'),
    });
  });

  it('is believed once, in whichever process it comes again', async () => {
    const message = send('alpha', secrets[0]!);
    await identify(message);
    expect(await refusalOf(message)).toMatch(/^unauthenticated: .*received before/);
    const nonce = randomBytes(16);
    await identify(send('alpha', secrets[0]!, { nonce }));
    // Also with another time in it.
    expect(await refusalOf(send('alpha', secrets[0]!, { nonce, created: iso(-1000) }))).toContain('before');
  });

  it('of two that come at once, one is let in', async () => {
    const message = send('alpha', secrets[0]!);
    const results = await Promise.all(Array.from({ length: 8 }, () => refusalOf(message)));
    expect(results.filter((result) => result === 'let in')).toHaveLength(1);
  });

  it('is forgotten only when its time stamp has become too old', async () => {
    const message = send('alpha', secrets[0]!, { created: iso(4 * minute) });
    await identify(message);
    for (const after of [2, 5, 8.9]) {
      const now = later(after * minute);
      await identify(send('alpha', secrets[0]!, { created: new Date(now()).toISOString() }), { now });
      expect(await refusalOf(message, { now })).toContain('received before');
    }
    expect(await refusalOf(message, { now: later(9.5 * minute) })).toContain('seconds older');
  });

  it('needs a time within five minutes, and says by how much the clocks differ', async () => {
    const at = (offset: number) => refusalOf(send('alpha', secrets[0]!, { created: iso(offset) }));
    expect(await at(-4.9 * minute)).toBe('let in');
    expect(await at(4.9 * minute)).toBe('let in');
    expect(await at(-6 * minute)).toMatch(/Created is 36\d seconds older than the hub's clock/);
    expect(await at(6 * minute)).toMatch(/Created is 3(59|60) seconds newer/);
    const refused = await refusalOf(send('alpha', secrets[0]!, { created: '2026-11-20 00:30' }));
    expect(refused).toContain('must be a time in UTC');
  });

  it('is not that of the key, of another agency, of nobody, nor with a short nonce', async () => {
    expect(await refusalOf(send('alpha', 'mwk_the key'))).toContain('signing secret');
    expect(await refusalOf(send('beta', secrets[0]!))).toContain('signing secret');
    expect(await refusalOf(send('', secrets[0]!))).toContain('signing secret');
    const short = send('alpha', secrets[0]!, { nonce: randomBytes(4) });
    expect(await refusalOf(short)).toContain('Nonce of 8 to 128');
  });

  it('is taken where nobody can hold it back for another call: over TLS, or beside a signature of the body', async () => {
    const confidential = false;
    const digest = digestToken('alpha', secrets[0]!);
    expect(await refusalOf(envelopeWith(digest), { confidential })).toMatch(
      /^unauthenticated: PasswordDigest is taken over TLS only/,
    );
    // It was not used up.
    expect(await refusalOf(envelopeWith(digest))).toBe('let in');
  });

  it('a hub without a secret says that it takes none', async () => {
    const envelope = readEnvelope(Buffer.from(send('alpha', secrets[0]!)), 'text/xml');
    const without = createIdentify({
      findBySecret: undefined,
      listSigners: () => [],
      seen: createSeenMessages(store),
    });
    await expect(without({ envelope, authorization: undefined, confidential: true })).rejects.toThrow(
      'takes no PasswordDigest',
    );
  });
});

describe('a password as text', () => {
  const token = `<w:Security xmlns:w="${wsse}"><w:UsernameToken><w:Username>alpha</w:Username><w:Password>mwk_x</w:Password></w:UsernameToken></w:Security>`;
  it('is taken where nobody can read it', async () => {
    expect(await identify(envelopeWith(token))).toMatchObject({ user: 'alpha', key: 'mwk_x' });
    expect(await refusalOf(envelopeWith(token), { confidential: false })).toMatch(
      /^unauthenticated: PasswordText is taken over TLS only/,
    );
  });

  it('stands in one header for the hub, once', async () => {
    expect(await refusalOf(envelopeWith(token + token))).toMatch(/^malformed: Security stands .* more than/);
    const twice = token.replace('</w:Security>', '<w:UsernameToken/></w:Security>');
    expect(await refusalOf(envelopeWith(twice))).toMatch(/^malformed: UsernameToken stands/);
    const elsewhere = token.replace('<w:Security', `<w:Security xmlns:s="${soap11}" s:actor="urn:other"`);
    expect(await identify(envelopeWith(elsewhere + token))).toMatchObject({ key: 'mwk_x' });
    expect(await identify(envelopeWith(elsewhere))).not.toHaveProperty('key');
  });
});

describe('a signature of Body and Timestamp', () => {
  const sign = (options?: SigningOptions, certificate = alpha) => signEnvelope(body, certificate, options);
  const receipt = (claim: Awaited<ReturnType<typeof identify>>) => claim.operation.elements[0]?.text;

  it('lets its agency in, with what was signed', async () => {
    const claim = await identify(sign());
    expect(claim).toMatchObject({ signed: true, caller: { agency: 'alpha' } });
    expect(receipt(claim)).toBe('26-0000-0001-0');
    expect(await identify(sign({}, beta))).toMatchObject({ caller: { agency: 'beta' } });
  });

  it.each(['certificate', 'thumbprint', 'serial'] as const)('names its certificate by %s', async (way) => {
    const keyInfo =
      way === 'serial'
        ? keyInfoOf.serial(new X509Certificate(alpha.pem).serialNumber)
        : keyInfoOf[way](alpha);
    expect(await identify(sign({ keyInfo }))).toMatchObject({ caller: { agency: 'alpha' } });
  });

  it('is believed once, in whichever process it comes again', async () => {
    const message = sign();
    await identify(message);
    expect(await refusalOf(message)).toContain('received before');
    // Base64 can be written in more than one way; the message is the same.
    const rewritten = message.replace(/(<ds:SignatureValue>[^<]{20})/, '$1\n');
    expect(await refusalOf(rewritten)).toContain('received before');
  });

  it('of a certificate that is not registered, or that is over, is refused', async () => {
    expect(await refusalOf(sign({}, stranger))).toContain('not registered');
    const now = later(31 * 24 * 60 * minute);
    expect(await refusalOf(sign({ created: new Date(now()) }), { now })).toMatch(/valid from .* only/);
  });

  it('with another key than that of the certificate which it names is refused', async () => {
    const forged = sign({ keyInfo: keyInfoOf.certificate(alpha) }, { key: stranger.key, pem: alpha.pem });
    expect(await refusalOf(forged)).toContain('unauthenticated');
  });

  it('needs both parts, time in bounds, and methods that cannot be forged', async () => {
    expect(await refusalOf(sign({ parts: ['Body'] }))).toContain('no Reference to the wsu:Id of Timestamp');
    expect(await refusalOf(sign({ parts: ['Timestamp'] }))).toContain('no Reference to the wsu:Id of Body');
    expect(await refusalOf(sign({ created: new Date(Date.now() - 6 * minute) }))).toContain('seconds older');
    const over = { created: new Date(Date.now() - 3 * minute), expires: new Date(Date.now() - 2 * minute) };
    expect(await refusalOf(sign(over))).toContain('expired at');
    const sha1 = { digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' };
    expect(await refusalOf(sign(sha1))).toContain('sign with RSA and SHA-256');
    const rsaSha1 = { signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' };
    expect(await refusalOf(sign(rsaSha1))).toContain('sign with RSA and SHA-256');
    const inclusive = { transform: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' };
    expect(await refusalOf(sign(inclusive))).toContain('exclusive canonicalization');
  });

  it('does not survive a change of what it covers', async () => {
    expect(await refusalOf(sign().replace('26-0000-0001-0', '26-0000-0001-1'))).toContain('does not fit');
    expect(await refusalOf(sign().replace(/<u:Expires>2/, '<u:Expires>3'))).toContain('does not fit');
    expect(await refusalOf(sign().replace(/<ds:SignatureValue>..../, '$&AAAA'))).toContain('unauthenticated');
  });

  it('and a token that both hold must be of one agency', async () => {
    const header = (user: string, secret: string) =>
      /<w:UsernameToken>.*<\/w:UsernameToken>/.exec(digestToken(user, secret))![0];
    for (const confidential of [true, false])
      expect(await refusalOf(sign({ header: header('alpha', secrets[0]!) }), { confidential })).toBe(
        'let in',
      );
    expect(await refusalOf(sign({ header: header('alpha', secrets[0]!) }, beta))).toContain('two agencies');
    expect(await refusalOf(sign({ header: header('alpha', 'wrong') }))).toContain('signing secret');
  });
});

describe('signature wrapping', () => {
  /** Signed content, moved elsewhere; what stands where the hub looks is not what was signed. */
  const attacks: [string, (message: string) => string][] = [
    [
      'the signed Body in a header, another Body in its place',
      (message) =>
        message.replace(
          /(<\/s:Header>)(<s:Body.*<\/s:Body>)/s,
          (_, end, signed) => `<x xmlns="urn:x">${signed}</x>${end}<s:Body>${evil}</s:Body>`,
        ),
    ],
    [
      'the same, the other Body with the same Id',
      (message) =>
        message.replace(
          /(<\/s:Header>)(<s:Body[^>]*>)(.*<\/s:Body>)/s,
          (_, end, open, rest) => `<x xmlns="urn:x">${open}${rest}</x>${end}${open}${evil}</s:Body>`,
        ),
    ],
    [
      'the same, the other Body with the Id in another attribute',
      (message) =>
        message.replace(
          /(<\/s:Header>)(<s:Body[^>]*u:Id="([^"]+)"[^>]*>)(.*<\/s:Body>)/s,
          (_, end, open, id, rest) =>
            `<x xmlns="urn:x">${open}${rest}</x>${end}<s:Body ID="${id}">${evil}</s:Body>`,
        ),
    ],
    [
      'the signed Body within the Body',
      (message) =>
        message.replace(
          /<s:Body.*<\/s:Body>/s,
          (signed) => `<s:Body>${evil}<x xmlns="urn:x">${signed}</x></s:Body>`,
        ),
    ],
    [
      'the signed Body within the operation',
      (message) =>
        message.replace(
          /<s:Body.*<\/s:Body>/s,
          (signed) => `<s:Body>${evil.replace('</GetComplaint>', `${signed}</GetComplaint>`)}</s:Body>`,
        ),
    ],
    [
      'two Bodies, the signed one first',
      (message) => message.replace('</s:Envelope>', `<s:Body>${evil}</s:Body></s:Envelope>`),
    ],
    [
      'two Bodies, the signed one last',
      (message) => message.replace('</s:Header>', `</s:Header><s:Body>${evil}</s:Body>`),
    ],
    [
      'the signed Timestamp kept, a new one in its place',
      (message) =>
        message.replace(
          /<u:Timestamp.*<\/u:Timestamp>/s,
          (signed) =>
            `<u:Timestamp u:Id="new"><u:Created>${iso(0)}</u:Created></u:Timestamp><x xmlns="urn:x">${signed}</x>`,
        ),
    ],
    [
      'two Timestamps',
      (message) =>
        message.replace(
          /<u:Timestamp/,
          `<u:Timestamp u:Id="new"><u:Created>${iso(0)}</u:Created></u:Timestamp><u:Timestamp`,
        ),
    ],
    [
      'two Signatures',
      (message) => message.replace(/<ds:Signature .*<\/ds:Signature>/s, (signature) => signature + signature),
    ],
    [
      'the whole security header in an Object of another signature',
      (message) =>
        message.replace(
          /<ds:Signature .*<\/ds:Signature>/s,
          (signature) =>
            `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>${signature}</ds:Object></ds:Signature>`,
        ),
    ],
    [
      'a comment that cuts a text in two for careless readers',
      (message) => message.replace('26-0000-0001-0', '26-0000-<!-- -->0001-1'),
    ],
    ['a DTD that declares Ids', (message) => `<!DOCTYPE s [<!ATTLIST s:Body x ID #IMPLIED>]>${message}`],
  ];
  it.each(attacks)('%s', async (_name, attack) => {
    const message = signEnvelope(body, alpha);
    const forged = attack(message);
    expect(forged).not.toBe(message);
    const outcome = await identify(forged).catch((error: Error) => error);
    expect(outcome).toBeInstanceOf(Error);
    expect((outcome as Error).message).not.toMatch(/undefined|Cannot read/);
  });

  it('a comment inside what was signed changes nothing: the text is the same', async () => {
    const message = signEnvelope(body, alpha).replace('26-0000-0001-0', '26-0000-<!-- x -->0001-0');
    expect((await identify(message)).operation.elements[0]?.text).toBe('26-0000-0001-0');
  });

  it('the message as it was signed is let in', async () => {
    expect(await refusalOf(signEnvelope(body, alpha))).toBe('let in');
  });
});

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as samlify from 'samlify';
import { createSelfSigned, type KeyPair } from './self-signed.ts';

/** What an assertion says. Absent: what is right. */
export interface Said {
  login?: string;
  attributes?: Record<string, string | string[]>;
  nameId?: string;
  format?: string;
  /** Null: no statement of a sign-in. */
  context?: string | null;
  issuer?: string;
  /** Null: for whoever gets it. */
  audience?: string | null;
  recipient?: string;
  destination?: string;
  /** Null: the attribute is left out, in the response and in the assertion. */
  inResponseTo?: string | null;
  /** Only in the assertion. */
  confirmedRequest?: string | null;
  /** Seconds from now. */
  notBefore?: number;
  notOnOrAfter?: number;
  /** Of the confirmation alone. Null: the attribute is left out. */
  confirmedUntil?: number | null;
  status?: string;
}

interface Request {
  id: string;
  relayState: string;
}

export interface SamlServer {
  entityId: string;
  metadataUrl: string;
  people: Record<string, Record<string, string | string[]>>;
  /** Learns the hub from its own metadata. */
  meet(metadata: string): void;
  /** Reads the address that the hub sent a browser to. Throws where the request is not signed as the hub's metadata say. */
  read(url: string): Promise<Request>;
  /** A signed response, in base64. */
  respond(said: Said, request?: Request): Promise<string>;
  isEncrypting: boolean;
  /** Signs by RSA and SHA-1, rightly. */
  isWeak: boolean;
  /** Signs with another key from now on, and names it in the metadata. */
  rotate(days?: number): Promise<void>;
  pair: KeyPair;
  close(): Promise<void>;
}

samlify.setSchemaValidator({ validate: async () => 'not looked at' });
const { namespace, algorithms } = samlify.Constants as unknown as {
  namespace: { binding: Record<string, string> };
  algorithms: { signature: Record<string, string> };
};

/** An identity provider by samlify, which is another library than the hub's. Its page asks for a login, and for no password. */
export async function startSamlServer(): Promise<SamlServer> {
  const people: SamlServer['people'] = {};
  let sp: ReturnType<typeof samlify.ServiceProvider> | undefined;
  const server = createServer((request, response) => {
    void answer(request.url ?? '/')
      .then((text) =>
        response
          .writeHead(200, { 'content-type': text.startsWith('<!') ? 'text/html; charset=utf-8' : 'text/xml' })
          .end(text),
      )
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  let pair = await createSelfSigned('identity provider');
  const createIdp = () =>
    samlify.IdentityProvider({
      entityID: url,
      signingCert: pair.cert,
      privateKey: pair.key,
      requestSignatureAlgorithm: algorithms.signature[state.isWeak ? 'RSA_SHA1' : 'RSA_SHA256'] ?? '',
      isAssertionEncrypted: state.isEncrypting,
      singleLogoutService: [{ Binding: namespace.binding.redirect ?? '', Location: `${url}/slo` }],
      singleSignOnService: [{ Binding: namespace.binding.redirect ?? '', Location: `${url}/sso` }],
    });
  const state: SamlServer = {
    entityId: url,
    metadataUrl: `${url}/metadata`,
    people,
    isEncrypting: false,
    isWeak: false,
    pair,
    meet(metadata) {
      sp = samlify.ServiceProvider({ metadata });
    },
    async read(address) {
      const { searchParams } = new URL(address);
      if (!sp) throw new Error('nobody is known');
      const query = Object.fromEntries(searchParams);
      const octetString = ['SAMLRequest', 'RelayState', 'SigAlg']
        .filter((name) => searchParams.has(name))
        .map((name) => `${name}=${encodeURIComponent(searchParams.get(name) ?? '')}`)
        .join('&');
      const { extract } = await createIdp().parseLoginRequest(sp, 'redirect', { query, octetString });
      return { id: String(extract.request?.id), relayState: searchParams.get('RelayState') ?? '' };
    },
    async respond(said, request) {
      if (!sp) throw new Error('nobody is known');
      const acs = sp.entityMeta.getAssertionConsumerService('post') as string;
      const audience = sp.entityMeta.getEntityID() as string;
      const context = write({ entityId: url, acs, audience, request, said, people });
      const answer = await createIdp().createLoginResponse(
        sp,
        { extract: {} } as never,
        'post',
        {},
        () => ({ id: 'x', context }) as never,
      );
      return answer.context;
    },
    async rotate(days) {
      pair = await createSelfSigned('identity provider, later', days);
      state.pair = pair;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  const answer = async (path: string): Promise<string> => {
    const { pathname, searchParams } = new URL(path, url);
    if (pathname === '/metadata') return createIdp().getMetadata();
    const login = searchParams.get('login');
    if (login === null)
      return `<!doctype html><title>IdP</title><form>${[...searchParams]
        .map(([name, value]) => `<input type="hidden" name="${name}" value="${toXml(value)}">`)
        .join('')}<label>Login <input name="login"></label><button>Go</button></form>`;
    const request = await state.read(`${url}${path}`);
    const acs = sp?.entityMeta.getAssertionConsumerService('post') as string;
    return `<!doctype html><title>IdP</title><form method="post" action="${acs}"><input type="hidden" name="SAMLResponse" value="${await state.respond({ login }, request)}"><input type="hidden" name="RelayState" value="${request.relayState}"></form><script>document.forms[0].submit()</script>`;
  };
  return state;
}

const toXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A response as SAML Profiles, 4.1.4.2 want it, but for what `said` changes. */
function write(given: {
  entityId: string;
  acs: string;
  audience: string;
  request: Request | undefined;
  said: Said;
  people: SamlServer['people'];
}): string {
  const { entityId, acs, request, said, people } = given;
  const { login = 'kim', status = 'Success' } = said;
  const asked = (id: string | null | undefined) => (id ? ` InResponseTo="${toXml(id)}"` : '');
  const outer = said.inResponseTo === undefined ? request?.id : said.inResponseTo;
  const inner = said.confirmedRequest === undefined ? outer : said.confirmedRequest;
  const audience = said.audience === undefined ? given.audience : said.audience;
  const until = inSeconds(said.notOnOrAfter ?? 300);
  const { confirmedUntil = said.notOnOrAfter ?? 300 } = said;
  const confirmed = confirmedUntil === null ? '' : ` NotOnOrAfter="${inSeconds(confirmedUntil)}"`;
  const attributes = Object.entries(said.attributes ?? people[login] ?? {})
    .map(
      ([name, values]) =>
        `<saml:Attribute Name="${toXml(name)}">${[values]
          .flat()
          .map((value) => `<saml:AttributeValue>${toXml(value)}</saml:AttributeValue>`)
          .join('')}</saml:Attribute>`,
    )
    .join('');
  const issuer = said.issuer ?? entityId;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${inSeconds(0)}" Destination="${said.destination ?? acs}"${asked(outer)}><saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${inSeconds(0)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${said.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${toXml(said.nameId ?? `id-of-${login}`)}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData${confirmed} Recipient="${said.recipient ?? acs}"${asked(inner)}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${inSeconds(said.notBefore ?? 0)}" NotOnOrAfter="${until}">${audience === null ? '' : `<saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction>`}</saml:Conditions>${said.context === null ? '' : `<saml:AuthnStatement AuthnInstant="${inSeconds(0)}" SessionIndex="_s"><saml:AuthnContext><saml:AuthnContextClassRef>${said.context ?? 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`}<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
}

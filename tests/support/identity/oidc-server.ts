import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

/** What the provider says of a person, by the login there. */
type People = Record<string, Record<string, unknown>>;

export interface OidcServer {
  issuer: string;
  people: People;
  /** Serves the hub at this address as the client `hub`, with the provider's name in the hub's settings. */
  open(hub: string, name: string): Promise<void>;
  /** Signs with another key from now on. */
  rotate(): Promise<void>;
  /** Changes the claims of ID tokens before they are signed; `header` changes how. */
  alter(change: ((claims: JWTPayload) => JWTPayload) | undefined, key?: JWK): void;
  /** A token signed as the provider signs. */
  sign(claims: JWTPayload, typ?: string): Promise<string>;
  /** Answers nothing but 500, as long as it is down. */
  isDown: boolean;
  close(): Promise<void>;
}

export const clientSecret = 'a-secret-of-the-client-that-is-long-enough';

/** npm oidc-provider on a port of this machine, with its own pages for signing in: any password will do. */
export async function startOidcServer(): Promise<OidcServer> {
  const people: People = {};
  let provider: Provider | undefined;
  let at: { hub: string; name: string } | undefined;
  let key = await createKey();
  let change: ((claims: JWTPayload) => JWTPayload) | undefined;
  let foreign: JWK | undefined;
  const sign = async (claims: JWTPayload, typ = 'JWT', by = foreign ?? key) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: String(by.kid), typ })
      .sign(await importJWK(by));

  const server = createServer((request, response) => {
    if (state.isDown || !provider) return void response.writeHead(500).end();
    if (change && request.url === '/token') return void alterAnswer(request, response);
    provider.callback()(request, response);
  });
  /** Lets the provider answer, and signs its ID token anew with other claims. */
  const alterAnswer = (request: IncomingMessage, response: ServerResponse) => {
    const { end } = response;
    response.end = ((body: string | Buffer) => {
      void (async () => {
        const answer = JSON.parse(String(body)) as { id_token?: string };
        if (answer.id_token && change) {
          const [, payload = ''] = answer.id_token.split('.');
          answer.id_token = await sign(change(JSON.parse(Buffer.from(payload, 'base64url').toString())));
        }
        const text = JSON.stringify(answer);
        response.setHeader('content-length', Buffer.byteLength(text));
        end.call(response, text, 'utf8');
      })();
      return response;
    }) as typeof response.end;
    provider?.callback()(request, response);
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const make = () => {
    if (at) provider = createProvider(issuer, people, key, at);
  };
  const state: OidcServer = {
    issuer,
    people,
    isDown: false,
    async open(hub, name) {
      at = { hub, name };
      make();
    },
    async rotate() {
      key = await createKey();
      make();
    },
    alter(by, other) {
      change = by;
      foreign = other;
    },
    sign: (claims, typ) => sign(claims, typ),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return state;
}

let made = 0;
export async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  made += 1;
  return { ...(await exportJWK(privateKey)), kid: `key-${made}`, alg: 'RS256', use: 'sig' };
}

function createProvider(
  issuer: string,
  people: People,
  key: JWK,
  { hub, name }: { hub: string; name: string },
) {
  const below = `${hub}/sign-in/with/${name}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'hub',
        client_secret: clientSecret,
        redirect_uris: [`${below}/callback`],
        post_logout_redirect_uris: [`${below}/signed-out`],
        backchannel_logout_uri: `${below}/back-channel`,
        backchannel_logout_session_required: true,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [key as never] },
    cookies: { keys: ['only for tests'] },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', 'groups', 'org', 'department'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    pkce: { required: () => true },
    // By itself it calls nobody on its own machine.
    fetch: (url, options: RequestInit & { dispatcher?: unknown } = {}) => {
      const { dispatcher: _, ...others } = options;
      return fetch(url, others);
    },
    features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: async (_context, id) => {
      const told = people[id];
      return told && { accountId: id, claims: async () => ({ sub: id, ...told }) };
    },
    // Nobody is asked for consent: the office owns both.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  provider.on('backchannel.error', (_context, error) => console.error('oidc-provider:', error));
  provider.on('server_error', (_context, error) => console.error('oidc-provider:', error));
  return provider;
}

import { type Static, type TObject, type TProperties, Type } from 'typebox';
import { AgencyCode, OneOf } from '../../../schemas/index.ts';
import { roles } from '../people/users.ts';

const strict = <T extends TProperties>(properties: T, options = {}): TObject<T> =>
  Type.Object(properties, { additionalProperties: false, ...options }) as TObject<T>;
const text = Type.String({ minLength: 1, maxLength: 500 });
const texts = Type.Array(text, { minItems: 1, maxItems: 200 });
/** In both languages, Korean first. */
const bilingual = strict({ ko: text, en: text });
const secret = Type.String({ pattern: '^(env|file):.+' });

/** A value that the provider tells. `codes`: what it says, and what that is here. */
const fromClaim = strict({
  claim: text,
  codes: Type.Optional(Type.Record(Type.String(), text)),
});

/** A rule holds if all its conditions hold, and a condition if one of its values is among those of the claim. */
const RoleRule = strict({
  when: Type.Record(Type.String(), texts, { minProperties: 1 }),
  role: OneOf(roles),
  /** For officers and engineers only. */
  agency: Type.Optional(Type.Union([AgencyCode, fromClaim])),
  /** Of an officer. */
  department: Type.Optional(Type.Union([text, fromClaim])),
});
export type RoleRule = Static<typeof RoleRule>;

const common = {
  /** Stands in addresses: once the provider knows them, it must not change. */
  name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
  /** What the button says. */
  label: bilingual,
  /** Whom a person asks who is not let in. */
  contact: bilingual,
  /** The first rule that holds says who a person is here. If none holds, the person is refused. */
  roles: Type.Array(RoleRule, { minItems: 1 }),
  accounts: Type.Optional(
    strict({
      /** `yes`: an account is made at the first sign-in. Otherwise there must be one. */
      create: Type.Optional(OneOf(['no', 'yes'] as const)),
      /** `yes`: the account with the same address is linked at the first sign-in, where the provider vouches for the address. */
      linkByEmail: Type.Optional(OneOf(['no', 'yes'] as const)),
      /** `yes`: each address that this provider tells is that person's own, also where the answer does not say so. */
      emailVerified: Type.Optional(OneOf(['no', 'yes'] as const)),
      /** The claims of a new account. */
      login: Type.Optional(text),
      name: Type.Optional(text),
      email: Type.Optional(text),
    }),
  ),
  /** Whoever has one of these roles, or an address in one of these domains, signs in here and nowhere else. */
  only: Type.Optional(
    strict(
      {
        roles: Type.Optional(Type.Array(OneOf(roles), { minItems: 1 })),
        domains: Type.Optional(
          Type.Array(Type.String({ pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+$' }), { minItems: 1 }),
        ),
      },
      { minProperties: 1 },
    ),
  ),
  /** Seconds by which the clocks may differ. */
  clockSkewSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
};

export const OidcProvider = strict({
  ...common,
  kind: Type.Literal('oidc'),
  /** As the provider's discovery document says it, letter by letter. */
  issuer: Type.String({ pattern: '^https?://', format: 'uri' }),
  clientId: text,
  /** By reference. Absent: a public client, which PKCE alone protects. */
  clientSecret: Type.Optional(secret),
  clientAuthentication: Type.Optional(OneOf(['basic', 'post'] as const)),
  scopes: Type.Optional(texts),
  /** `yes`: claims are asked for at the userinfo endpoint, too. */
  userinfo: Type.Optional(OneOf(['no', 'yes'] as const)),
  /** What the answer must say so that its second factor counts here. Absent: the hub asks for its own. */
  secondFactor: Type.Optional(
    strict({ amr: Type.Optional(texts), acr: Type.Optional(texts) }, { minProperties: 1 }),
  ),
  /** `no`: signing out ends the session here, and leaves that of the provider. */
  signOutThere: Type.Optional(OneOf(['no', 'yes'] as const)),
});
export type OidcProvider = Static<typeof OidcProvider>;

export const SamlProvider = strict({
  ...common,
  kind: Type.Literal('saml'),
  /** A file with the provider's metadata, or their address (https), which is read anew each hour. */
  metadata: text,
  /** How the hub names itself. Absent: the address of its own metadata. */
  entityId: Type.Optional(text),
  /** PEM of the hub's own key, by reference, and of its certificate: to sign requests, and to read encrypted assertions. */
  key: Type.Optional(secret),
  certificate: Type.Optional(text),
  /** The claim that names a person for ever. Absent: the NameID, which must be a persistent one or an e-mail address. */
  subject: Type.Optional(text),
  secondFactor: Type.Optional(strict({ contexts: texts })),
  /** `yes`: the provider may begin, so that nothing says whether this browser asked. */
  idpInitiated: Type.Optional(OneOf(['no', 'yes'] as const)),
});
export type SamlProvider = Static<typeof SamlProvider>;

/** The file of SIGN_ON_FILE. Each provider is checked by its kind. */
export const SignOnFile = strict({
  providers: Type.Array(Type.Object({ kind: OneOf(['oidc', 'saml'] as const) }), {
    minItems: 1,
    maxItems: 50,
  }),
});
export type SignOnProvider = OidcProvider | SamlProvider;

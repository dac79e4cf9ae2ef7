import { type Static, Type } from 'typebox';
import { AgencyCode, instantOf, OneOf } from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/**
 * What an agency may ask a complainant's consent for. Handling a complaint is none of them: that rests on the law.
 * `contact`: its officers speak to the person directly, by every address. `aftercare`: it goes on looking after the matter
 * when it has handed it on or was only asked. `survey`: it asks how content the person is.
 */
export const consentPurposes = ['contact', 'aftercare', 'survey'] as const;
export const ConsentPurpose = OneOf(consentPurposes, { title: '동의 목적' });
export type ConsentPurpose = Static<typeof ConsentPurpose>;

/** Items that a person can consent to. Files go by the role of the agency alone. */
const consentItems = ['name', 'company', 'email', 'phone'] as const;
const Items = Type.Array(OneOf(consentItems, { title: '제공 항목' }), {
  minItems: 1,
  maxItems: 4,
  uniqueItems: true,
});

const TextVersion = Type.String({ minLength: 1, maxLength: 40 });

/**
 * One consent that an agency asks for, with all that the person must be told (개인정보 보호법, article 17 (2)): who gets it, what
 * for, which items, for how long; that it may be refused, and what follows then, stands in `text`.
 */
export const ConsentRequest = Type.Object(
  {
    purpose: ConsentPurpose,
    items: Items,
    /** Days from the giving on. Then it is over by itself. */
    days: Type.Integer({ minimum: 1, maximum: 3650 }),
    /** True: what the agency offers cannot be done without it. It is shown apart from the optional ones (article 22). */
    required: Type.Optional(Type.Boolean({ default: false })),
    /** Names the words below. Other words need another version; consents that were given keep theirs. */
    version: TextVersion,
    /** What is read out or shown to the person. */
    text: Type.Object(
      {
        ko: Type.String({ minLength: 1, maxLength: 2000 }),
        en: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
      },
      closed,
    ),
  },
  closed,
);
export type ConsentRequest = Static<typeof ConsentRequest>;

/** Somebody consented: to what an agency asks for, in the words of this version. */
export const ConsentGiven = Type.Object(
  {
    agency: AgencyCode,
    purpose: ConsentPurpose,
    version: TextVersion,
    givenAt: Type.Optional(instantOf('When the person consented. Absent: now')),
  },
  closed,
);
export type ConsentGiven = Static<typeof ConsentGiven>;

/** The person takes a consent back (개인정보 보호법, article 37). */
export const ConsentWithdrawal = Type.Object({ agency: AgencyCode, purpose: ConsentPurpose }, closed);
export type ConsentWithdrawal = Static<typeof ConsentWithdrawal>;

const consentStates = ['in_force', 'over', 'withdrawn'] as const;

/** A consent as it stands in the hub's book. */
export const Consent = Type.Object(
  {
    agency: AgencyCode,
    purpose: ConsentPurpose,
    items: Items,
    required: Type.Boolean(),
    version: TextVersion,
    givenAt: instantOf('When the person consented'),
    until: instantOf('Until when it holds'),
    state: OneOf(consentStates),
    withdrawnAt: Type.Optional(instantOf('When it was taken back')),
  },
  closed,
);
export type Consent = Static<typeof Consent>;

/** The same with what follows when it is taken back. */
export const StandingConsent = Type.Object(
  {
    ...Consent.properties,
    onWithdrawal: Type.Optional(
      Type.Object(
        {
          stops: Type.Array(OneOf(consentItems), { description: 'Items that go to the agency no more' }),
          stays: Type.Array(OneOf(consentItems), {
            description:
              'Items that it gets all the same: the law allows it for handling, or another consent',
          }),
          sent: Type.Integer({
            minimum: 0,
            description: 'Copies that left by it already, 20 at the most: the agency has to destroy them',
          }),
        },
        { ...closed, description: 'What follows when it is taken back. Present while it is in force' },
      ),
    ),
  },
  closed,
);
export type StandingConsent = Static<typeof StandingConsent>;

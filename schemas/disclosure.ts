import { type Static, Type } from 'typebox';
import { OneOf } from './vocabulary.ts';

const closed = { additionalProperties: false } as const;

/**
 * What of the complainant a copy can hold beside the text of the complaint. `reply`: the one address, e-mail or telephone
 * number, by which the complainant asked to be told. `files`: those that the complainant sent. Without `name` a copy holds a
 * masked one, for every board has to call a complaint somebody's.
 */
export const disclosedItems = ['name', 'company', 'reply', 'email', 'phone', 'files'] as const;
export type DisclosedItem = (typeof disclosedItems)[number];

const Items = Type.Array(OneOf(disclosedItems, { title: '제공 항목' }), { uniqueItems: true });

/**
 * Which items of the complainant a copy to this agency holds, by the agency's role in the complaint (least disclosure:
 * 개인정보 보호법, articles 3 (1) and 16 (1)). A role that is absent has the lean default
 * (hub/complaints/disclosure/disclosure.ts). An empty list: no item.
 */
export const DisclosureChoices = Type.Object(
  {
    /** The complaint was filed there. */
    origin: Type.Optional(Items),
    /** It handles the complaint. */
    assignee: Type.Optional(Items),
    /** It was only asked: a part of the answer, or cooperation. */
    part: Type.Optional(Items),
    /** It no longer handles it and only goes on showing it. */
    copy: Type.Optional(Items),
    /**
     * What is written in the place of a value that the agency does not get, for boards that take no post without it.
     * Absent: the value is left out. Choose something that people see to be none, such as `비공개` or `+82100000000`.
     */
    standIns: Type.Optional(
      Type.Object(
        {
          company: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
          /** E.164. */
          phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type DisclosureChoices = Static<typeof DisclosureChoices>;

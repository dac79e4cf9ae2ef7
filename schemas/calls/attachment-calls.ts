import { type Static, Type } from 'typebox';
import { AttachmentReference } from '../complaint.ts';
import { AgencyCode, OneOf } from '../vocabulary.ts';

/* Files at the doors, as far as they are said in words; at the REST door the bytes are bodies of their own. */
const closed = { additionalProperties: false } as const;
const { name, mediaType, sha256 } = AttachmentReference.properties;

/** A file that was taken in before anything names it: its `id` goes into a reference within a day. */
export const Upload = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    /** What the hub found it to be. */
    mediaType: Type.String(),
    size: Type.Integer({ minimum: 0 }),
    sha256: Type.String(),
  },
  closed,
);
export type Upload = Static<typeof Upload>;

/** `wanted`: the hub waits for its content. `failed`: it could not be fetched. `refused`: it is not taken. */
export const attachmentStates = ['wanted', 'held', 'failed', 'refused'] as const;

/** A file of a complaint, and how far it has come. What the hub found in it is there once it is held. */
export const AttachmentSummary = Type.Object(
  {
    /** The hub's id of it. */
    id: Type.String({ format: 'uuid' }),
    /** The `seq` of the event to whose text it belongs. */
    event: Type.Integer({ minimum: 1 }),
    /** Who sent it. */
    agency: AgencyCode,
    name: Type.String(),
    state: OneOf(attachmentStates),
    mediaType: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer({ minimum: 0 })),
    sha256: Type.Optional(Type.String()),
    /** Why it is not held, or not yet. */
    reason: Type.Optional(Type.String()),
  },
  closed,
);
export type AttachmentSummary = Static<typeof AttachmentSummary>;

/** The bytes where they stand within a message (RFC 4648, 4). */
const Base64 = Type.String({ contentEncoding: 'base64' });

/** A file with its bytes, on its way in. The media type is what the sender takes it for: the hub looks for itself. */
export const EnclosedFile = Type.Object(
  { name, mediaType: Type.Optional(mediaType), content: Base64, sha256: Type.Optional(sha256) },
  closed,
);
export type EnclosedFile = Static<typeof EnclosedFile>;

/** A file with its bytes, on its way out. */
export const AttachmentContent = Type.Object(
  {
    name: Type.String(),
    mediaType: Type.String(),
    size: Type.Integer({ minimum: 0 }),
    sha256: Type.String(),
    content: Base64,
  },
  closed,
);
export type AttachmentContent = Static<typeof AttachmentContent>;

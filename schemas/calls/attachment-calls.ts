import { type Static, Type } from 'typebox';
import { AttachmentReference } from '../complaint.ts';
import { AgencyCode, OneOf } from '../vocabulary.ts';

/*
 * Calls about files at the doors. These are the descriptions only: at the REST door the bytes are request and response
 * bodies.
 */
const closed = { additionalProperties: false } as const;
const { name, mediaType, sha256 } = AttachmentReference.properties;

/** A file that was uploaded before anything names it. The caller has a day to put its `id` into a reference. */
export const Upload = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    /** The media type that the hub detected. */
    mediaType: Type.String(),
    size: Type.Integer({ minimum: 0 }),
    sha256: Type.String(),
  },
  closed,
);
export type Upload = Static<typeof Upload>;

/**
 * `wanted`: the hub waits for the content. `failed`: it could not fetch it. `refused`: it does not accept it. `withheld`: numbers
 * stand in it that may not be passed on without a law, and an officer has to decide.
 */
export const attachmentStates = ['wanted', 'held', 'failed', 'refused', 'withheld'] as const;

/** A file of a complaint and its state. The fields that the hub detects are present once the file is held. */
export const AttachmentSummary = Type.Object(
  {
    /** The hub's id of the file. */
    id: Type.String({ format: 'uuid' }),
    /** The `seq` of the event to which the file belongs. */
    event: Type.Integer({ minimum: 1 }),
    /** The agency that sent it. */
    agency: AgencyCode,
    name: Type.String(),
    state: OneOf(attachmentStates),
    mediaType: Type.Optional(Type.String()),
    size: Type.Optional(Type.Integer({ minimum: 0 })),
    sha256: Type.Optional(Type.String()),
    /** Why the hub does not hold it, or not yet. */
    reason: Type.Optional(Type.String()),
  },
  closed,
);
export type AttachmentSummary = Static<typeof AttachmentSummary>;

/** The bytes of a file inside a message (RFC 4648, section 4). */
const Base64 = Type.String({ contentEncoding: 'base64' });

/** An incoming file with its bytes. The media type is the sender's claim: the hub detects it itself. */
export const EnclosedFile = Type.Object(
  { name, mediaType: Type.Optional(mediaType), content: Base64, sha256: Type.Optional(sha256) },
  closed,
);
export type EnclosedFile = Static<typeof EnclosedFile>;

/** An outgoing file with its bytes. */
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

import type { Complaint, EventType, Status } from '../../schemas/index.ts';
import type { Change, GivenAttachment } from '../contract.ts';
import { toInstant } from '../kit/board-time.ts';
import { CodeError, createCodeBook } from '../kit/codes.ts';
import { toKoreanPhone } from '../kit/contact.ts';
import { type AttributeField, type Open311Settings, statusCodeOf } from './config.ts';
import { toMarked } from './marks.ts';

type Fields = Record<string, string>;

/** Why an event cannot be written to this board as it is, with the place in the complaint where there is one. */
export class Unwritable extends Error {
  readonly pointer: string | undefined;
  constructor(message: string, pointer?: string) {
    super(message);
    this.name = 'Unwritable';
    this.pointer = pointer;
  }
}

/**
 * What GeoReport can carry. Nothing in it changes a request, so a revision cannot be brought; without the update
 * extension nothing but the request itself can.
 */
export function listCarried(settings: Open311Settings): EventType[] {
  if (settings.readOnly) return [];
  if (!settings.updates) return ['registered'];
  const can = (word: Status) => statusCodeOf(settings, word) !== undefined;
  return [
    'registered',
    'status_changed',
    'interim_answered',
    'answered',
    'followed_up',
    ...(can('withdrawn') ? (['withdrawn'] as const) : []),
    ...(can('transferred') && can('assigned') ? (['transferred'] as const) : []),
  ];
}

/** The form of POST Service Request (GeoReport v2). Throws {@link Unwritable}, or CodeError for a category. */
export function toRequestForm(settings: Open311Settings, { event, complaint }: Change, key: string): Fields {
  if (event.type !== 'registered') throw new Unwritable(`"${event.type}" is no new request`);
  const { content } = event.data;
  const { receiptNumber } = complaint;
  const text = `${content.title.replace(/\s*\n\s*/g, ' ')}\n\n${content.body}`;
  const { name, company, notifyBy } = content.complainant;
  const values: Partial<Record<AttributeField, string | undefined>> = {
    ...{
      key,
      receiptNumber,
      title: content.title,
      kind: content.kind,
      region: content.region,
      company,
      notifyBy,
    },
  };
  return present({
    service_code: toService(settings, content.category),
    description: withinLimit(
      settings,
      toMarked(text, { kind: 'registered', receiptNumber, key }),
      '/content/body',
    ),
    ...toPlace(settings, content.region),
    ...toPerson(settings, { ...content.complainant, name }),
    ...Object.fromEntries(
      Object.entries(settings.attributes ?? {}).map(([code, field]) => [`attribute[${code}]`, values[field]]),
    ),
  });
}

function toService({ codes, otherService }: Open311Settings, category: string | undefined): string {
  const known = Object.values(codes.category).includes(category ?? '');
  if (!known && otherService) return otherService;
  if (category === undefined) throw new Unwritable('a request needs a category', '/content/category');
  return createCodeBook({ category: codes.category }).toBoard('category', category);
}

function toPlace({ place }: Open311Settings, region: string | undefined): Record<string, string | undefined> {
  if (!place && !region) throw new Unwritable('a request needs a place (settings: place)', '/content/region');
  if (!place) return { address_string: region };
  if ('address' in place) return { address_string: region ?? place.address };
  return { lat: String(place.lat), long: String(place.long), address_string: region };
}

/** A Korean name is not parted: nobody but its owner knows where its family name ends. */
function toPerson(
  { discloses = ['name', 'email', 'phone'] }: Open311Settings,
  { name, email, phone }: Complaint['content']['complainant'],
): Record<string, string | undefined> {
  const [, first = name, last] = /^([\x20-\x7e]+) (\S+)$/.exec(name) ?? [];
  return {
    ...(discloses.includes('name') && { first_name: first, last_name: last }),
    ...(discloses.includes('email') && { email }),
    ...(discloses.includes('phone') && { phone: phone && toKoreanPhone(phone) }),
  };
}

interface Said {
  text: string;
  status: Status;
  officer?: Parameters<typeof toMarked>[2];
}

/** The form of POST Service Request Update (the extension). Throws as above, CodeError for a status. */
export function toUpdateForm(
  { settings, timeZone, agency }: { settings: Open311Settings; timeZone: string; agency: string },
  { event, complaint }: Change,
  place: { externalId: string; key: string },
): Fields {
  const { type } = event;
  if (type === 'registered' || type === 'revised' || type === 'assigned')
    throw new Unwritable(`"${type}" is no update`);
  const { text, status, officer } = say({ event, complaint }, agency);
  const mark = { kind: type, receiptNumber: complaint.receiptNumber, key: place.key };
  return {
    ...toUpdateEnvelope(settings, { ...place, at: toInstant(event.at, timeZone), status }),
    description: withinLimit(settings, toMarked(text, mark, officer), pointerOf(type)),
  };
}

/** A file goes as an update of its own. */
export function toFileForm(
  { settings, timeZone }: { settings: Open311Settings; timeZone: string },
  { event, complaint, attachment, ref }: Omit<GivenAttachment, 'content'>,
  key: string,
): Fields {
  const of = ref.partId ? ` (${ref.partId})` : '';
  const mark = { kind: 'file', receiptNumber: complaint.receiptNumber, key } as const;
  const place = {
    externalId: ref.externalId,
    key,
    at: toInstant(event.at, timeZone),
    status: complaint.status,
  };
  return {
    ...toUpdateEnvelope(settings, place),
    description: toMarked(`첨부파일${of}: ${attachment.name}`, mark),
  };
}

/** Servers ask for a status with every update, also where it is not about one: it is then the one that holds. */
function toUpdateEnvelope(
  settings: Open311Settings,
  {
    externalId,
    key,
    at,
    status,
  }: { externalId: string; key: string; at: string | undefined; status: Status },
): Fields {
  const code = statusCodeOf(settings, status);
  if (code === undefined) throw new CodeError('status', status, Object.values(settings.codes.status));
  return present({ service_request_id: externalId, update_id: key, updated_datetime: at, status: code });
}

function say({ event, complaint }: Pick<Change, 'event' | 'complaint'>, agency: string): Said {
  switch (event.type) {
    case 'answered':
      return { ...event.data.answer, officer: event.data.answer.officer ?? {}, status: 'answered' };
    case 'interim_answered':
      return { ...event.data.answer, officer: event.data.answer.officer ?? {}, status: 'in_progress' };
    case 'followed_up':
      return { text: event.data.followUp.text, status: complaint.status };
    case 'transferred': {
      const isBack = event.data.to === agency;
      return { text: event.data.reason, status: isBack ? 'assigned' : 'transferred' };
    }
    case 'withdrawn':
      return { text: event.data.reason ?? '민원인이 취하하였습니다.', status: 'withdrawn' };
    case 'status_changed':
      return { text: '처리상태가 바뀌었습니다.', status: event.data.to };
    default:
      throw new Unwritable(`"${event.type}" is no update`);
  }
}

function pointerOf(type: EventType): string {
  if (type === 'answered' || type === 'interim_answered') return '/answer/text';
  return type === 'followed_up' ? '/followUp/text' : '/reason';
}

/** Refused, never cut: what is missing of a complaint is missing for good. */
function withinLimit({ descriptionLimit }: Open311Settings, text: string, pointer: string): string {
  const { length } = [...text];
  if (descriptionLimit !== undefined && length > descriptionLimit)
    throw new Unwritable(
      `is too long for this board: ${length} characters with title, officer and number, at the most ${descriptionLimit}`,
      pointer,
    );
  return text;
}

const present = (fields: Record<string, string | undefined>): Fields =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1])));

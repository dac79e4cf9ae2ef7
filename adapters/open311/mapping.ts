import { basename } from 'node:path/posix';
import { isDecided, ReasonError, type Status, toReason } from '../../schemas/index.ts';
import { type CodeBook, createCodeBook } from '../kit/expressions/codes.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { toId } from '../kit/reading/board-ref.ts';
import { toInstant } from '../kit/text/board-time.ts';
import { toEmail, toPhone } from '../kit/text/contact.ts';
import type { AttributeField, Open311Settings } from './config.ts';
import { asList, type Entry, isEntry, readAttributes, textOf } from './document.ts';
import { type Marked, readMarked } from './marks.ts';

/** A post as `pull` returns it: the current request, with its new updates. */
export interface RawPost {
  /** Absent: the board returned an update for a request that it does not list. */
  request?: Entry;
  updates: Entry[];
}

interface Reading {
  settings: Open311Settings;
  timeZone: string;
  book: CodeBook;
}

/** Reads one raw post. Returns the canonical post (schemas/post.ts). */
export function createPostMapping(settings: Open311Settings, timeZone: string): Mapping {
  const { status, externalStatus = {}, category, region = {} } = settings.codes;
  const book = createCodeBook({ status, externalStatus, category, region });
  return { evaluate: async (raw) => toPost({ settings, timeZone, book }, raw) };
}

function toPost(reading: Reading, raw: unknown) {
  const { request, updates } = readRaw(raw);
  const told = updates.map((update) => readUpdate(reading, update)).sort(byTime);
  const marked = request && readMarked(textOf(request.description) ?? '');
  const own = request && readAttributes(request);
  const attributes = own && pickAttributes(reading.settings, own);
  return {
    receiptNumber: attributes?.receiptNumber ?? marked?.receiptNumber,
    content: request && toContent(reading, request, { marked, attributes: attributes ?? {} }),
    status: newestStatus(reading, request, told),
    answers: [...(request ? notesOf(reading, request) : []), ...told.flatMap(({ answer }) => answer ?? [])],
    followUps: told.flatMap(({ followUp }) => followUp ?? []),
  };
}

function readRaw(raw: unknown): RawPost {
  const { request, updates } = isEntry(raw) ? raw : {};
  const list = asList(updates).filter(isEntry);
  if (!isEntry(request) && list.length === 0) throw new ReasonError(toReason('no_georeport_record'));
  const named = isEntry(request) ? request.service_request_id : list[0]?.service_request_id;
  if (toId(named) === undefined)
    throw new ReasonError(toReason('record_without_id', { detail: toReason('georeport_id_missing') }));
  return { ...(isEntry(request) && { request }), updates: list };
}

interface ToldUpdate {
  at: string | undefined;
  status: Status | undefined;
  answer?: object;
  followUp?: object;
}

function readUpdate({ settings, timeZone, book }: Reading, update: Entry): ToldUpdate {
  const at = instantOf(update.updated_datetime, timeZone);
  const status = statusOf(book, settings, update);
  const text = textOf(update.description);
  const attachments = toAttachments(update);
  const marked = text ? readMarked(text) : undefined;
  const part = { id: textOf(update.update_id), text: marked?.text ?? text ?? '(첨부파일)' };
  if (marked?.kind === 'followed_up') return { at, status, followUp: { ...part, writtenAt: at } };
  const isOurAnswer = marked?.kind === 'answered' || marked?.kind === 'interim_answered';
  const isAnswer = marked ? isOurAnswer : text !== undefined || attachments.length > 0;
  if (!isAnswer) return { at, status };
  const interim = marked ? marked.kind === 'interim_answered' : !isFinal(status);
  const officer = marked ? marked.officer : settings.officer;
  return { at, status, answer: { ...part, interim, answeredAt: at, officer, attachments } };
}

/** Without the update extension, the board's only words are the notes to the status. */
function notesOf({ settings, timeZone, book }: Reading, request: Entry): object[] {
  const text = textOf(request.status_notes);
  if (settings.updates || !text) return [];
  const { officer } = settings;
  const answeredAt = instantOf(request.updated_datetime, timeZone);
  return [{ interim: !isFinal(statusOf(book, settings, request)), text, answeredAt, officer }];
}

const isFinal = (status: Status | undefined) => status !== undefined && isDecided(status);

/** The newest status. An update may be newer than the list of requests. */
function newestStatus(
  { settings, timeZone, book }: Reading,
  request: Entry | undefined,
  told: ToldUpdate[],
): Status | undefined {
  const last = told.findLast(({ status }) => status !== undefined);
  if (!request) return last?.status;
  const shown = statusOf(book, settings, request);
  const at = instantOf(request.updated_datetime, timeZone);
  const isNewer = last?.at !== undefined && at !== undefined && Date.parse(last.at) > Date.parse(at);
  return isNewer ? last.status : shown;
}

/** `unchanged` means that the update is not about the status. Throws for a code that its table lacks. */
function statusOf(book: CodeBook, { codes }: Open311Settings, entry: Entry): Status | undefined {
  const external = codes.externalStatus && textOf(entry.external_status_code);
  if (external) return book.fromBoard('externalStatus', external) as Status;
  const code = textOf(entry.status)?.trim().toLowerCase();
  return code && code !== 'unchanged' ? (book.fromBoard('status', code) as Status) : undefined;
}

type Attributes = Partial<Record<AttributeField, string>>;

function pickAttributes({ attributes = {} }: Open311Settings, own: Record<string, string>): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([code, field]) => (own[code] ? [[field, own[code]]] : [])),
  );
}

function toContent(
  { settings, timeZone, book }: Reading,
  request: Entry,
  { marked, attributes }: { marked: Marked | undefined; attributes: Attributes },
) {
  const service = textOf(request.service_code);
  const address = textOf(request.address) ?? textOf(request.address_string);
  const region =
    settings.codes.region && address && book.fromBoard('region', address.trim().split(/\s/)[0] ?? '');
  return {
    ...(marked ? splitTitle(marked.text) : titled(request, address)),
    ...(attributes.title && { title: attributes.title }),
    kind: attributes.kind ?? settings.kind,
    category: service && book.fromBoard('category', service),
    region: attributes.region ?? region,
    complainant: toComplainant(settings, request, attributes),
    filedAt: instantOf(request.requested_datetime, timeZone),
    attachments: toAttachments(request),
  };
}

/** Splits the text as the hub wrote it. */
function splitTitle(text: string): { title: string; body: string } {
  const [title = '', ...body] = text.split('\n\n');
  return { title, body: body.join('\n\n') };
}

const longestTitle = 100;

/** GeoReport has no title. The first line serves as the title, and the body holds the whole text with the place. */
function titled(request: Entry, address: string | undefined) {
  const description = textOf(request.description) ?? textOf(request.service_name) ?? '';
  const line = description.trim().split(/[\r\n]/)[0] ?? '';
  const title = line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line;
  const point = [textOf(request.lat), textOf(request.long)].filter(Boolean).join(', ');
  const place = [address, point && (address ? `(${point})` : point)].filter(Boolean).join(' ');
  return { title, body: place ? `${description.trimEnd()}\n\n위치: ${place}` : description };
}

function toComplainant({ unnamed = '이름 미상' }: Open311Settings, request: Entry, attributes: Attributes) {
  const names = [textOf(request.first_name), textOf(request.last_name)].filter(Boolean).join(' ');
  const [email, phone] = [textOf(request.email), textOf(request.phone)];
  return {
    name: names || textOf(request.requestor_name) || unnamed,
    company: attributes.company,
    email: email && toEmail(email),
    phone: phone && toPhone(phone),
    notifyBy: attributes.notifyBy,
  };
}

/** `media_url` is one address, a list, or several addresses in one text. */
function toAttachments(entry: Entry): { name: string; url: string }[] {
  const urls = asList(entry.media_url).flatMap(
    (value) =>
      textOf(value)
        ?.trim()
        .split(/(?<![\s,])[\s,]+(?=https?:)/) ?? [],
  );
  return urls.filter((url) => URL.canParse(url)).map((url) => ({ name: nameOf(url), url }));
}

function nameOf(url: string): string {
  const name = basename(new URL(url).pathname);
  try {
    return decodeURIComponent(name).slice(-255) || 'file';
  } catch {
    return name.slice(-255);
  }
}

export function instantOf(value: unknown, timeZone: string): string | undefined {
  const text = textOf(value);
  return text && toInstant(text, timeZone);
}

const byTime = (a: ToldUpdate, b: ToldUpdate) => Date.parse(a.at ?? '') - Date.parse(b.at ?? '') || 0;

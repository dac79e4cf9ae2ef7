/** Reads replies of a GeoReport v2 service. XML and JSON give the same records. Pure. */
import type { Reason } from '../../schemas/reason.ts';
import { parseJson } from '../kit/text/json.ts';
import { parseXml, XmlTooLargeError } from '../kit/text/soap-xml.ts';

/** One request, update, service or error, with the specification's field names. */
export type Entry = Record<string, unknown>;

export type Resource = 'services' | 'requests' | 'servicerequestupdates';

/** The XML names of each list. Some servers use the same names around their JSON. */
const names: Record<Resource, { list: string; item: string }> = {
  services: { list: 'services', item: 'service' },
  requests: { list: 'service_requests', item: 'request' },
  servicerequestupdates: { list: 'service_request_updates', item: 'request_update' },
};

/** Elements that repeat. They are read as a list even if there is only one. */
const repeated = ['service', 'attribute', 'value', 'request', 'error', 'request_update', 'group'];

/**
 * `errors`: the errors in the reply. If neither field is present, the reply is not from such a service. `tooLarge`: it
 * is too long.
 */
export interface Reply {
  entries?: Entry[];
  errors?: string;
  tooLarge?: Reason;
}

/** The first character decides, because some servers label XML as JSON or JSON as XML. */
export function readReply(text: string, resource: Resource): Reply {
  const document = parse(text);
  if (document instanceof XmlTooLargeError) return { tooLarge: document.reason };
  const { list, item } = names[resource];
  const errors = listOf(document, 'errors', 'error');
  const entries = listOf(document, list, item);
  if (errors && (!Array.isArray(document) || (entries ?? []).some(isError)))
    return { errors: describe(errors) };
  return entries ? { entries } : {};
}

function parse(text: string): unknown {
  const trimmed = text.replace(/^[\s\uFEFF]+/, '');
  try {
    return trimmed.startsWith('<') ? parseXml(trimmed, repeated) : parseJson(trimmed);
  } catch (error) {
    return error instanceof XmlTooLargeError ? error : undefined;
  }
}

function listOf(document: unknown, list: string, item: string): Entry[] | undefined {
  if (Array.isArray(document)) return document.filter(isEntry);
  if (!isEntry(document)) return undefined;
  const inner = document[list] ?? document[item];
  // An empty element has no children, so it is read as an empty text.
  if (inner === '' || inner === null) return [];
  if (Array.isArray(inner)) return inner.filter(isEntry);
  return isEntry(inner) ? asList(inner[item]).filter(isEntry) : undefined;
}

/** In JSON an error looks like an entry: it has a code and a description, but nothing else. */
function isError(entry: Entry): boolean {
  const ids = ['service_code', 'service_request_id', 'update_id', 'token'];
  return 'code' in entry && 'description' in entry && !ids.some((id) => id in entry);
}

const describe = (errors: Entry[]) =>
  errors
    .map(({ code, description }) => [textOf(code), textOf(description)].filter(Boolean).join(': '))
    .join('; ');

export const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field as text. Undefined: the entry has none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export const asList = (value: unknown): unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];

/**
 * The values of a request outside the specification's fields. Servers name the place differently. They write an object,
 * or a list of codes with values.
 */
export function readAttributes(entry: Entry): Record<string, string> {
  const given = [entry.attributes, entry.extended_attributes, entry.extras].flatMap(asList);
  const pairs = given.filter(isEntry).flatMap((one) => {
    const listed = isNamed(one) ? [one] : asList(one.attribute).filter(isEntry);
    if (listed.length === 0) return Object.entries(one);
    return listed.map((item): [string, unknown] => [
      textOf(item.code ?? item.name ?? item.key) ?? '',
      asList(item.value ?? item.values)[0],
    ]);
  });
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

const isNamed = (one: Entry) =>
  ['code', 'name', 'key'].some((field) => typeof one[field] === 'string') && 'value' in one;

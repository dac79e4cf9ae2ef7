import { type Complaint, ReasonError, toReason } from '../../schemas/index.ts';
import type { Change } from '../contract.ts';
import { createCodeBook } from '../kit/expressions/codes.ts';
import { refuseFields } from '../kit/outcome/refusal.ts';
import { toKoreanPhone } from '../kit/text/contact.ts';
import type { AttributeField, Open311Settings } from './config.ts';
import { type Fields, present, withinLimit } from './form-fields.ts';
import { toMarked } from './marks.ts';

/** The form of POST Service Request (GeoReport v2). Throws Refusal, or CodeError for a category. */
export function toRequestForm(settings: Open311Settings, { event, complaint }: Change, key: string): Fields {
  if (event.type !== 'registered') throw new ReasonError(toReason('no_request_event', { event: event.type }));
  const { content } = event.data;
  const { receiptNumber } = complaint;
  const title = content.title.replace(/\s*\n\s*/g, ' ');
  const text = toMarked(`${title}\n\n${content.body}`, { kind: 'registered', receiptNumber, key });
  return present({
    service_code: toService(settings, content.category),
    description: withinLimit(settings, text, '/content/body'),
    ...toPlace(settings, content.region),
    ...toPerson(settings, content.complainant),
    ...toAttributes(settings, complaint, { content, key }),
    // Servers show requests to everybody. A server that does not know this field ignores it.
    ...(!settings.publishes && { non_public: '1' }),
  });
}

function toService({ codes, otherService }: Open311Settings, category: string | undefined): string {
  const isKnown = category !== undefined && Object.values(codes.category).includes(category);
  if (!isKnown && otherService) return otherService;
  if (category === undefined)
    throw refuseFields([{ pointer: '/content/category', reason: toReason('needed_for_request') }]);
  return createCodeBook({ category: codes.category }).toBoard('category', category);
}

function toPlace({ place }: Open311Settings, region: string | undefined): Record<string, string | undefined> {
  if (!place && !region)
    throw refuseFields([{ pointer: '/content/region', reason: toReason('place_needed_for_request') }]);
  if (!place) return { address_string: region };
  if ('address' in place) return { address_string: region ?? place.address };
  return { lat: String(place.lat), long: String(place.long), address_string: region };
}

/** A Korean name is not split: only its owner knows where the family name ends. */
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

function toAttributes(
  { attributes = {} }: Open311Settings,
  { receiptNumber }: Complaint,
  { content, key }: { content: Complaint['content']; key: string },
): Record<string, string | undefined> {
  const { title, kind, region, complainant } = content;
  const { company, notifyBy } = complainant;
  const values: Record<AttributeField, string | undefined> = {
    key,
    receiptNumber,
    title,
    kind,
    region,
    company,
    notifyBy,
  };
  return Object.fromEntries(
    Object.entries(attributes).map(([code, field]) => [`attribute[${code}]`, values[field]]),
  );
}

import { type EventType, ReasonError, type Status, toReason } from '../../schemas/index.ts';
import type { Change, GivenAttachment } from '../contract.ts';
import { CodeError } from '../kit/expressions/codes.ts';
import { toInstant } from '../kit/text/board-time.ts';
import { type Open311Settings, statusCodeOf } from './config.ts';
import { type Fields, present, withinLimit } from './form-fields.ts';
import { toMarked } from './marks.ts';

export interface Writer {
  settings: Open311Settings;
  /** IANA name. */
  timeZone: string;
  /** The code of the board's agency. */
  agency: string;
}

/**
 * The types of event that GeoReport can carry. It cannot change a request, so revisions are left out. Without the
 * update extension it carries only the request itself.
 */
export function listCarried(settings: Open311Settings): EventType[] {
  if (settings.readOnly) return [];
  if (!settings.updates) return ['registered'];
  const can = (word: Status) => statusCodeOf(settings, word) !== undefined;
  return [
    ...(['registered', 'status_changed', 'interim_answered', 'answered', 'followed_up'] as const),
    ...(can('withdrawn') ? (['withdrawn'] as const) : []),
    ...(can('transferred') ? (['transferred'] as const) : []),
  ];
}

/** The form of POST Service Request Update (the extension). Throws Refusal, or CodeError for a status. */
export function toUpdateForm(
  writer: Writer,
  change: Change,
  place: { externalId: string; key: string },
): Fields {
  const { event, complaint } = change;
  const { text, officer, sets } = say(writer, change);
  if (sets && statusCodeOf(writer.settings, sets) === undefined)
    throw new CodeError('status', sets, Object.values(writer.settings.codes.status));
  const mark = { kind: event.type, receiptNumber: complaint.receiptNumber, key: place.key };
  return {
    ...toEnvelope(writer, { ...place, at: event.at, status: sets ?? complaint.status }),
    description: withinLimit(writer.settings, toMarked(text, mark, officer), `/${event.type}`),
  };
}

/** A file is sent as an update of its own that names the update to which it belongs. */
export function toFileForm(
  writer: Writer,
  { event, complaint, attachment, ref }: Omit<GivenAttachment, 'content'>,
  key: string,
): Fields {
  const { externalId, partId } = ref;
  const text = `${partId ? `첨부파일 (${partId})` : '첨부파일'}: ${attachment.name}`;
  return {
    ...toEnvelope(writer, { externalId, key, at: event.at, status: complaint.status }),
    description: toMarked(text, { kind: 'file', receiptNumber: complaint.receiptNumber, key }),
  };
}

/**
 * Servers expect a status in every update. An update about something else repeats the current status, or sends none if
 * the board has no code for it.
 */
function toEnvelope(
  { settings, timeZone }: Writer,
  { externalId, key, at, status }: { externalId: string; key: string; at: string; status: Status },
): Fields {
  return present({
    service_request_id: externalId,
    update_id: key,
    updated_datetime: toInstant(at, timeZone),
    status: statusCodeOf(settings, status),
  });
}

interface Said {
  text: string;
  /** The status that the board must show after the update. */
  sets?: Status;
  officer?: Parameters<typeof toMarked>[2];
}

function say({ agency }: Writer, { event }: Change): Said {
  switch (event.type) {
    case 'answered':
    case 'interim_answered': {
      const { text, officer } = event.data.answer;
      const sets = event.type === 'answered' ? 'answered' : 'in_progress';
      return { text, sets, ...(officer && { officer }) };
    }
    case 'followed_up':
      return { text: event.data.followUp.text };
    case 'transferred':
      return { text: event.data.reason, sets: event.data.to === agency ? 'assigned' : 'transferred' };
    case 'withdrawn':
      return { text: event.data.reason ?? '민원인이 취하하였습니다.', sets: 'withdrawn' };
    case 'status_changed':
      return { text: '처리상태가 바뀌었습니다.', sets: event.data.to };
    default:
      throw new ReasonError(toReason('no_update_event', { event: event.type }));
  }
}

import type { EventType } from '../../schemas/index.ts';
import type { Change } from '../contract.ts';
import { createCodeBook } from '../kit/expressions/codes.ts';
import type { PageRow } from '../kit/reading/pull-plan.ts';
import type { TemplateSettings } from './config.ts';
import { notFilledIn } from './not-filled-in.ts';

/** What to do on the board, in the board's own terms. */
export interface Operation {
  method: 'POST' | 'PUT' | 'PATCH';
  path: string;
  json: Record<string, unknown>;
}

/** The types of event that this board can hold. */
export const carried: EventType[] = ['registered', 'answered', 'status_changed'];

export interface TemplateMapping {
  /**
   * What the cursor needs of a post: its id, and the instant of its last change (RFC 3339), answers included. Throws if
   * the record has no id or no such time. Then only this record is parked.
   */
  toRow(raw: unknown): PageRow;
  /**
   * Returns the canonical post (schemas/post.ts). Throws for content that cannot be mapped. kit/mapping/normalise.ts
   * checks the rest.
   */
  toPost(raw: unknown): unknown;
  /** Throws for content that cannot be written to this board. */
  toOperation(change: Change): Operation;
}

/**
 * Pure: the same answer for the same input. The kit converts phone numbers, times, HTML and codes; see
 * adapters/README.md.
 */
export function createTemplateMapping(settings: TemplateSettings, _timeZone: string): TemplateMapping {
  const _book = createCodeBook(settings.codes ?? {});
  return {
    toRow(_raw) {
      throw notFilledIn('mapping.ts: toRow');
    },
    toPost(_raw) {
      throw notFilledIn('mapping.ts: toPost');
    },
    toOperation(_change) {
      throw notFilledIn('mapping.ts: toOperation');
    },
  };
}

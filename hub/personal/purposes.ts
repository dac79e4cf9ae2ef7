import type { Action } from '../access/people/rights.ts';
import type { AccessItem } from './log/entry.ts';

/** What a purpose needs, and who may have it (개인정보의 안전성 확보조치 기준, article 12: only what the purpose needs). */
export interface PurposeFacts {
  /** The right that a person needs. Programs of agencies have their scopes, which their door checks. */
  right: Action;
  /** What may be given out for it. */
  items: readonly AccessItem[];
  /** A file leaves the hub with many persons: the reason is asked (article 8, paragraph 2). */
  asksReason: boolean;
}

/** Why data of complainants is read. Whatever is read names one of these, or it is not given out. */
export const purposes = {
  /** To work on the complaint, or to see that it is worked on. */
  handling: {
    right: 'read',
    items: ['name', 'contact', 'text', 'files', 'history', 'notices'],
    asksReason: false,
  },
  /** To find a complaint in a list, or what waits. */
  overview: { right: 'read', items: ['name', 'text'], asksReason: false },
  /** To know who calls, and what they asked before. */
  identifying: { right: 'see_person', items: ['name', 'contact', 'text'], asksReason: false },
  /** To see whether complainants were told. */
  telling: { right: 'see_duties', items: ['name', 'contact'], asksReason: false },
  /** Messages as they were sent. */
  messages: { right: 'see_operations', items: ['name', 'contact', 'notices'], asksReason: false },
  /** A complaint on paper. */
  printing: { right: 'read', items: ['name', 'contact', 'text', 'files', 'history'], asksReason: false },
  /** A file of a complaint. */
  files: { right: 'see_person', items: ['files'], asksReason: false },
  /** Unique identifiers that a law lets the reader's agency keep. */
  numbers: { right: 'see_person', items: ['numbers'], asksReason: true },
  /** A list as a file. */
  exporting: { right: 'read', items: ['name', 'text'], asksReason: true },
  /** One complaint as a file that others verify. Where persons may not be seen, they are masked in it. */
  evidence: {
    right: 'export_evidence',
    items: ['name', 'contact', 'text', 'files', 'history', 'notices'],
    asksReason: true,
  },
  /** To find whose data a leak touched. */
  breach: { right: 'see_audit', items: ['name', 'contact'], asksReason: false },
  /** To tell those persons. */
  breach_list: { right: 'see_audit', items: ['name', 'contact'], asksReason: true },
  /** To work on what a person asks about the own data. */
  subject_request: { right: 'see_requests', items: ['name', 'contact', 'text'], asksReason: false },
  /** To find what is held on that person. */
  subject_search: {
    right: 'handle_requests',
    items: ['name', 'contact', 'text', 'raw'],
    asksReason: false,
  },
  /** To give that person everything that is held. */
  subject_export: {
    right: 'handle_requests',
    items: ['name', 'contact', 'text', 'files', 'history', 'notices', 'raw'],
    asksReason: true,
  },
  /** To repair what could not be taken in, or is held otherwise by a board. */
  repairing: {
    right: 'see_operations',
    items: ['name', 'contact', 'text', 'files', 'raw', 'history'],
    asksReason: false,
  },
  /** To connect the own board: what came in, masked. */
  connecting: { right: 'manage_connection', items: ['raw', 'files', 'text', 'history'], asksReason: false },
  /** To correct the mapping or the templates on what came in. */
  configuring: {
    right: 'see_configuration',
    items: ['name', 'contact', 'text', 'raw', 'history'],
    asksReason: false,
  },
} as const satisfies Record<string, PurposeFacts>;

export type Purpose = keyof typeof purposes;

/** What the log says where no purpose was told (unforeseen.ts). Nobody can tell it. */
export const unforeseenPurpose = 'unforeseen';

import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { StoreError } from '../store-error.ts';
import { createRecentTexts } from './recent-texts.ts';
import {
  type DataKey,
  isSealed,
  openText,
  readHead,
  type SealedKind,
  sealedPrefix,
  sealText,
} from './sealed-text.ts';

/** What a mark is of. Marks of different uses cannot be compared. */
export type MarkUse = 'phone' | 'email' | 'recipient' | 'matter' | 'term' | 'file';

/** Seals and opens what lies in the database, and marks what is looked up there. */
export interface Keys {
  /** False: nothing is sealed, and each call gives back what it was given. */
  readonly on: boolean;
  /** Whether the word index may still hold words in the clear, from before sealing was turned on. */
  readonly wordsInClear: boolean;
  seal(text: string): string;
  /** Seals a value of a JSON document as one. */
  sealJson(value: unknown): unknown;
  /** A text from the database as it was before it was sealed; one that is not sealed as it is. */
  open(text: string): unknown;
  /** The same for all sealed texts in a JSON value. */
  openJson(value: unknown): unknown;
  /** The data key that new contents of attachments are sealed with. Undefined: nothing is sealed. */
  findFileKey(): DataKey | undefined;
  /** A data key by its id. */
  findKey(id: string): DataKey | undefined;
  /** Equal for equal texts; without the key nobody can tell of which (HMAC-SHA-256, 96 bits). Null: nothing is sealed. */
  mark(use: MarkUse, text: string): string | null;
  /** What to look for in a column of marks: the mark, and the text itself for rows from before. */
  marks(use: MarkUse, text: string): string[];
}

/** Of a store that nobody gave keys. */
export const noKeys: Keys = {
  on: false,
  wordsInClear: true,
  seal: (text) => text,
  sealJson: (value) => value,
  open: (text) => text,
  openJson: (value) => value,
  findFileKey: () => undefined,
  findKey: () => undefined,
  mark: () => null,
  marks: (_use, text) => [text],
};

const markBytes = 12;
/** Words are few and come again and again. A mark costs more than looking it up. */
const mostKept = 100_000;

/** The keys at this moment. `find`: a data key by its id. */
export interface KeySource {
  readonly on: boolean;
  readonly wordsInClear: boolean;
  /** The one that seals columns, or contents of attachments, now. */
  current(purpose: 'columns' | 'files'): DataKey;
  find(id: string): DataKey | undefined;
  /** The key of all marks. */
  marking(): KeyObject;
}

export function createKeys(source: KeySource): Keys {
  const mark = createMarks(source);
  const recent = createRecentTexts();

  function seal(kind: SealedKind, text: string): string {
    const sealed = sealText(kind, text, source.current('columns'));
    recent.keep(sealed, text.toWellFormed());
    return sealed;
  }

  function open(text: string): unknown {
    if (!source.on || !isSealed(text)) return text;
    const { kind, keyId } = readHead(text);
    const key = source.find(keyId);
    if (!key)
      throw new StoreError(
        'sealed',
        `data key ${keyId} is unknown: it is newer than what was read of the keys`,
      );
    let opened = recent.find(text);
    if (opened === undefined) {
      opened = openText(text, key);
      recent.keep(text, opened);
    }
    return kind === 'j' ? JSON.parse(opened) : opened;
  }

  function openJson(value: unknown): unknown {
    if (typeof value === 'string') return value.startsWith(sealedPrefix) ? open(value) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(openJson);
    const held = value as Record<string, unknown>;
    for (const name of Object.keys(held)) held[name] = openJson(held[name]);
    return held;
  }

  return {
    get on() {
      return source.on;
    },
    get wordsInClear() {
      return source.wordsInClear;
    },
    seal: (text) => (source.on ? seal('t', text) : text),
    sealJson: (value) => (source.on ? seal('j', JSON.stringify(value)) : value),
    open,
    openJson,
    findFileKey: () => (source.on ? source.current('files') : undefined),
    findKey: (id) => source.find(id),
    mark,
    marks: (use, text) => {
      const made = mark(use, text);
      return made === null ? [text] : [made, text];
    },
  };
}

function createMarks(source: KeySource): Keys['mark'] {
  const uses = new Map<MarkUse, KeyObject>();
  const known = new Map<string, string>();

  function mark(use: MarkUse, text: string): string | null {
    if (!source.on) return null;
    const name = `${use} ${text}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = createHmac('sha256', keyOf(use))
      .update(text)
      .digest()
      .subarray(0, markBytes)
      .toString('base64url');
    if (known.size >= mostKept) known.clear();
    known.set(name, made);
    return made;
  }

  /** Each use has a key of its own (HKDF, RFC 5869). */
  function keyOf(use: MarkUse): KeyObject {
    const ready = uses.get(use);
    if (ready) return ready;
    const derived = createSecretKey(
      Buffer.from(hkdfSync('sha256', source.marking(), Buffer.alloc(0), `minwon-hub mark ${use}`, 32)),
    );
    uses.set(use, derived);
    return derived;
  }

  return mark;
}

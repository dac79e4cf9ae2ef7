/**
 * How a place is filled in.
 * - `text`, `number`, `secret` (a reference to one): one line; `lines`: several, as expressions have
 * - `truth`: yes, no, or nothing; `choice`: one of `options`; `set`: some of `options`
 * - `rows`: a list of texts, one a line; `raw`: any value, as YAML
 * - `constant`: it cannot be changed
 * - `group`: an object with `fields`; `list` and `map`: as many `fields` as a person adds
 * - `absent`: an object or a list that is not there, and may be added
 */
export type FieldKind =
  | 'text'
  | 'number'
  | 'secret'
  | 'lines'
  | 'truth'
  | 'choice'
  | 'set'
  | 'rows'
  | 'raw'
  | 'constant'
  | 'group'
  | 'list'
  | 'map'
  | 'absent';

/** One place of a value, with how it is filled in and what is there now. */
export interface FormField {
  /** JSON pointer (RFC 6901) of the value, and the name of its input. */
  pointer: string;
  /** The pointer with `*` for indexes and for keys that a person chose: the same for every item. */
  place: string;
  /** The property, key or index. */
  name: string;
  kind: FieldKind;
  required: boolean;
  /** Whether the value has it. */
  present: boolean;
  /** True: no such field is known here. */
  unknown: boolean;
  /** Of the schema, in the words of whoever wrote it. */
  title?: string;
  description?: string;
  /** What counts where nothing is given, as text. */
  fallback?: string;
  /** What is there now, as it is typed. */
  text: string;
  /** `set`: what is chosen. */
  values: string[];
  options: string[];
  /** The JSON types that what is typed may have. */
  types: string[];
  /** `group`, `list`, `map`. */
  fields: FormField[];
  /** Which of several forms the value has; the names by which a person chooses, and the index chosen. */
  variants?: { names: string[]; chosen: number };
  /** `map`: its entries are plain texts. */
  plainEntries: boolean;
  /** An item or an entry: a person may remove it. */
  removable: boolean;
}

/** Every field of a form, holders before what they hold. */
export const listFields = (field: FormField): FormField[] => [field, ...field.fields.flatMap(listFields)];

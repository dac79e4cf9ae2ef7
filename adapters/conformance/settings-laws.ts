import { type Reason, reasonOf, said } from '../../schemas/reason.ts';
import { isSecretName, secretPattern } from '../../schemas/secret-references.ts';
import { compile } from '../../schemas/validate.ts';
import type { AdapterKind } from '../contract.ts';
import type { KindLaw } from './kind-law.ts';

type Schema = Record<string, unknown>;

/** The laws of `settings` and `checkSettings`. They need no example. */
export const settingsLaws: KindLaw[] = [
  {
    law: 'law_settings_schema',
    check: ({ kind }) => {
      try {
        compile(kind.settings as never)({});
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
  },
  {
    law: 'law_settings_closed',
    check: ({ kind }) => tell(listSchemas(kind.settings).find(([at, schema]) => isOpen(at, schema))),
  },
  {
    law: 'law_settings_secrets',
    check: ({ kind }) => tell(listSchemas(kind.settings).find(([at, schema]) => isClearSecret(at, schema))),
  },
  { law: 'law_check_settings', check: ({ kind }) => checkChecking(kind) },
];

const tell = (found: [string, Schema] | undefined): Reason | undefined =>
  found && said(found[0] || 'settings');

/** The root, and everything that names its fields. A part of a composition may be open: what it is part of is closed. */
function isOpen(at: string, schema: Schema): boolean {
  if (at !== '' && (schema.type !== 'object' || !schema.properties)) return false;
  return (
    schema.additionalProperties !== false && schema.unevaluatedProperties !== false && !isComposed(schema)
  );
}

/** Each of its parts is looked at in its turn. */
const isComposed = ({ oneOf, anyOf, properties }: Schema) =>
  properties === undefined && (Array.isArray(oneOf) || Array.isArray(anyOf));

function isClearSecret(at: string, { type, pattern, const: constant, enum: words }: Schema): boolean {
  if (type !== 'string' || constant !== undefined || words !== undefined) return false;
  return isSecretName(at.split('.').at(-1) ?? '') && !String(pattern ?? '').includes(secretPattern);
}

/** Every schema of settings, with its path in settings: `auth.password`, `pull.items[]`. */
function listSchemas(schema: unknown, at = '', depth = 0): [string, Schema][] {
  if (typeof schema !== 'object' || schema === null || depth > deepest) return [];
  const own = schema as Schema;
  const { properties = {}, items, anyOf = [], oneOf = [] } = own as Record<string, Schema | unknown[]>;
  const choices = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    [at, own],
    ...Object.entries(properties as Schema).flatMap(([name, part]) =>
      listSchemas(part, at ? `${at}.${name}` : name, depth + 1),
    ),
    ...listSchemas(items, `${at}[]`, depth + 1),
    ...choices.flatMap((choice) => listSchemas(choice, at, depth + 1)),
  ];
}
const deepest = 12;

/** A setting that no kind of board has. */
const unknownSetting = 'no-such-setting-7f3a';

function checkChecking({ checkSettings }: AdapterKind): Reason | undefined {
  for (const given of [{}, { [unknownSetting]: 1 }, null, 'text', []]) {
    const before = JSON.stringify(given);
    let answers: unknown[];
    try {
      answers = [checkSettings(given), checkSettings(given)];
    } catch (error) {
      return reasonOf(error);
    }
    const isSame = JSON.stringify(answers[0]) === JSON.stringify(answers[1]);
    if (!answers.every(Array.isArray) || !isSame || JSON.stringify(given) !== before) return said(before);
    const isUnknown = typeof given === 'object' && given !== null && unknownSetting in given;
    if (isUnknown && (answers[0] as unknown[]).length === 0) return said(`${before}: []`);
  }
  return undefined;
}

import type { Agency } from '../../schemas/index.ts';

/**
 * The agencies that a law lets keep numbers, with the kinds, as a parameter of {@link openTo}.
 */
export const toLawful = (agencies: readonly Pick<Agency, 'code' | 'uniqueIdentifiers'>[]): string =>
  JSON.stringify(
    agencies.flatMap(({ code: agency, uniqueIdentifiers: named }) =>
      named ? [{ agency, kinds: named.allow.map(({ kind }) => kind) }] : [],
    ),
  );

/**
 * Who gets a content: null for everybody, where no such number stands in it or nobody could look; else the agencies that have a
 * law for each kind in it (개인정보 보호법, articles 24 and 24-2). `inside`: the column; `lawful`: the parameter of {@link toLawful}.
 */
export const openTo = (
  inside: string,
  lawful: string,
): string => `case when ${inside} -> 'numbers' <> '{}'::jsonb then
  array(select x.agency from jsonb_to_recordset(${lawful}::jsonb) as x(agency text, kinds text[])
    where x.kinds @> array(select jsonb_object_keys(${inside} -> 'numbers')) order by x.agency) end`;

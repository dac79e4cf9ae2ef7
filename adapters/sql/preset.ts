import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Problem, toReason } from '../../schemas/reason.ts';

interface Preset {
  /** For people: product and version. */
  title: string;
  /** The open values: the default, or null if the agency must give one. */
  parameters: Record<string, string | null>;
  settings: Settings;
}

type Settings = Record<string, unknown>;

const folder = new URL('presets/', import.meta.url);

/** The names of the files in presets/. */
export function listPresets(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * Parameters become parts of names and of texts in expressions. So no character may end either. Lists are separated by
 * commas.
 */
const harmless = /^[\p{L}\p{N}_$.@, -]{0,500}$/u;

/**
 * Fills in the preset of the settings. `{{name}}` in a preset is the parameter of that name. `codes`, `pull`, `push`
 * and `checks` are merged entry by entry. In everything else the agency's own settings override the preset.
 */
export function expandPreset(given: unknown): { settings: unknown; problems: Problem[] } {
  if (typeof given !== 'object' || given === null || !('preset' in given))
    return { settings: given, problems: [] };
  const own = given as Settings;
  const known = listPresets();
  const name = String(own.preset);
  if (!known.includes(name)) {
    const reason = toReason('no_preset', { name, known: known.join(', ') });
    return { settings: own, problems: [{ pointer: '/preset', reason }] };
  }
  const preset = parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8')) as Preset;
  const asked = typeof own.parameters === 'object' && own.parameters !== null ? own.parameters : {};
  const parameters = { ...preset.parameters, ...asked } as Record<string, string | null>;
  const problems = checkParameters(preset, parameters);
  const settings = fill(preset.settings, parameters) as Settings;
  const values = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null));
  const joined = ['codes', 'pull', 'push', 'checks'].map((part) => [
    part,
    { ...(settings[part] as object), ...(own[part] as object) },
  ]);
  return {
    settings: { ...settings, ...own, ...Object.fromEntries(joined), parameters: values },
    problems,
  };
}

function checkParameters(preset: Preset, parameters: Record<string, string | null>): Problem[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const pointer = `/parameters/${name}`;
    if (!Object.hasOwn(preset.parameters, name)) {
      const known = Object.keys(preset.parameters).join(', ');
      return [{ pointer, reason: toReason('no_preset_parameter', { known }) }];
    }
    if (value === null) return [{ pointer, reason: toReason('preset_parameter_required') }];
    const good = harmless.test(String(value));
    return good ? [] : [{ pointer, reason: toReason('preset_parameter_signs') }];
  });
}

function fill(value: unknown, parameters: Record<string, string | null>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(parameters[name] ?? ''));
  if (Array.isArray(value)) return value.map((item) => fill(item, parameters));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [fill(key, parameters), fill(item, parameters)]);
  return Object.fromEntries(entries);
}

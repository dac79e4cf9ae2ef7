import { compile, Routing } from '../../../schemas/index.ts';
import { ClockChanges } from '../../clock/periods.ts';
import { readYaml } from '../../configuration/yaml/yaml-source.ts';

const checkRouting = compile(Routing);
const checkClock = compile(ClockChanges);

/** The routing of a text. Undefined: it has mistakes, so that no page can list its rules. */
export function readRouting(source: string): Routing | undefined {
  const checked = checkRouting(readYaml(source).value ?? { rules: [], default: '' });
  return checked.ok ? checked.value : undefined;
}

/** The clock of a text; an empty text changes nothing. Undefined: it has mistakes. */
export function readClock(source: string): ClockChanges | undefined {
  const { value, errors } = readYaml(source);
  if (errors.length > 0) return undefined;
  const checked = checkClock(value ?? {});
  return checked.ok ? checked.value : undefined;
}

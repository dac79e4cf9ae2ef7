import { LineCounter, parseDocument } from 'yaml';

/** A place in a text, as an editor counts: both from 1. */
interface TextPlace {
  line: number;
  column: number;
}

/**
 * Where a text stops being JSON. `JSON.parse` does not always tell; YAML 1.2 holds all of JSON, and its reader with the
 * schema of JSON does. Undefined: it takes what JSON does not, such as a comma at the end.
 */
export function findJsonFault(text: string): TextPlace | undefined {
  const lineCounter = new LineCounter();
  const [fault] = parseDocument(text, { schema: 'json', lineCounter }).errors;
  const place = fault?.linePos?.[0];
  return place && { line: place.line, column: place.col };
}

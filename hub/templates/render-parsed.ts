import type { Template } from 'liquidjs';
import type { Engines } from './liquid-engines.ts';

export interface Rendered {
  subject: string;
  text: string;
  html: string | null;
}

export interface Parsed {
  subject: Template[];
  text: Template[];
  html?: Template[];
}

export function renderParsed(engines: Engines, parsed: Parsed, values: object): Rendered {
  const subject: string = engines.text.renderSync(parsed.subject, values);
  const text: string = engines.text.renderSync(parsed.text, values);
  return {
    // A line end in a subject would begin another header.
    subject: subject.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
    text: `${text.trim()}\n`,
    html: parsed.html ? engines.html.renderSync(parsed.html, values) : null,
  };
}

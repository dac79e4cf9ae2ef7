import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '../../schemas/index.ts';

/** Templates by their name: the path below `templates` without `.liquid`, such as `ko/answered.sms.txt`. */
export type TemplateSources = ReadonlyMap<string, string>;

const ending = '.liquid';
/** The templates that come with the hub. */
const shippedFolder = fileURLToPath(new URL('../../config/templates', import.meta.url));

/** Reads `<language>/*.liquid` below the folder. A folder that is not there holds none. */
export function readTemplateFiles(folder: string): TemplateSources {
  const found = new Map<string, string>();
  for (const language of languages)
    for (const file of listFiles(join(folder, language)))
      found.set(
        `${language}/${file.slice(0, -ending.length)}`,
        readFileSync(join(folder, language, file), 'utf8'),
      );
  return found;
}

let shipped: TemplateSources | undefined;

/** What a template says where nobody has written another: the hub's own files, and over them those of a folder. */
export function readDefaultTemplates(folder?: string): TemplateSources {
  shipped ??= readTemplateFiles(shippedFolder);
  return folder === undefined ? shipped : new Map([...shipped, ...readTemplateFiles(folder)]);
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(ending))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

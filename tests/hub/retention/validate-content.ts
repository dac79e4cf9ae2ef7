import { ComplaintContent } from '../../../schemas/index.ts';
import { compile } from '../../../schemas/validate.ts';

const check = compile(ComplaintContent);

export const validateContent = (content: unknown): boolean => check(content).ok;

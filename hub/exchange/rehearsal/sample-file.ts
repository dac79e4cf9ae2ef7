import type { GivenFile } from '../../attachments/attachments.ts';

/**
 * A one-page PDF that says what it is: the file of a test complaint, made by the hub so that nobody sends a real one. The
 * mark makes each another content.
 */
export function makeSampleFile(mark: string): Required<Pick<GivenFile, 'name' | 'size'>> & GivenFile {
  const bytes = toPdf(`Test file ${mark} of minwon-hub`);
  return {
    name: `test-${mark}.pdf`,
    size: bytes.length,
    content: (async function* () {
      yield bytes;
    })(),
  };
}

/** ISO 32000-1, 7.5: header, objects, cross-reference table by byte offsets, trailer. `text`: without brackets. */
function toPdf(text: string): Buffer {
  const drawing = `BT /F1 18 Tf 72 760 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}${table}${trailer}`, 'latin1');
}

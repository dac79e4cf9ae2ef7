import toQrCode from 'qrcode-generator';

/** The dark squares of a QR code (ISO/IEC 18004), as places in a square of `size` by `size`. */
export function drawQrCode(text: string): { size: number; dark: [row: number, column: number][] } {
  // Level M: read also where a seventh of it is soiled. The smallest size that holds the text.
  const code = toQrCode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const places = Array.from({ length: size * size }, (_, n): [number, number] => [
    Math.floor(n / size),
    n % size,
  ]);
  return { size, dark: places.filter(([row, column]) => code.isDark(row, column)) };
}

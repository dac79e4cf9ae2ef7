/** RFC 6797: for a year, a browser that came by https comes by https again. */
export const hsts = 'max-age=31536000';

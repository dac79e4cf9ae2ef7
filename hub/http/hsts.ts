/** RFC 6797: for a year, a browser that used https uses https again. */
export const hsts = 'max-age=31536000';

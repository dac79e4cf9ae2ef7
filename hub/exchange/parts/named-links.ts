/**
 * Joins what names complaints and parts by their numbers (`x."receiptNumber"`) to the links of the agency `$1`: the number
 * of a part is that of its complaint with its own behind it (complaints/contributions/part-number.ts).
 */
export const namedLinks = `join complaints c on c.receipt_number = substring(x."receiptNumber" from '^[0-9]{2}-[0-9]{4}-[0-9]{4}-[0-9]')
  join links l on l.complaint_id = c.id and l.agency = $1
    and x."receiptNumber" = c.receipt_number || coalesce('-' || l.contribution, '')`;

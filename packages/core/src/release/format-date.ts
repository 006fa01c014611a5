import dayjs from 'dayjs';
import advancedFormat from 'dayjs/plugin/advancedFormat.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
// It knows `X` and `x`.
dayjs.extend(advancedFormat);

/** A date in UTC, whatever the time zone and locale of this process. */
export function formatDate(date: Date, format: string): string {
  return dayjs.utc(date).format(format);
}

// Numbers as words.

const grouped = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const missing = value => value == null || Number.isNaN(value);

/** Three digits at most: "31.2", "0.46", "1,234"; "–" for what is missing. */
export function num(value) {
  if (missing(value)) return '–';
  const size = Math.abs(value);
  if (size >= 99.95) return grouped.format(value).replace('-', '−');
  const text = size >= 9.995 ? value.toFixed(1) : size >= 0.0995 ? value.toFixed(2) : value.toPrecision(2);
  return String(Number(text)).replace('-', '−');
}
export const signed = value => (missing(value) ? '–' : (value > 0 ? '+' : '') + num(value));
export const count = value => (missing(value) ? '–' : grouped.format(Math.round(value)).replace('-', '−'));
/** A share in per cent. */
export function pct(share) {
  if (missing(share)) return '–';
  const value = 100 * share;
  if (value > 0 && value < 0.1) return '< 0.1 %';
  return `${Math.abs(value) < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} %`.replace('-', '−');
}
export const year = value => (missing(value) ? '–' : String(Math.round(value)));
/** A step as people say it: 2024, but "year 12". */
export const label = (file, at) => (missing(at) ? '–' : file.unit === 'year' && at >= 1000 ? String(at) : `${file.unit} ${at}`);
export const cities = number => `${count(number)} ${Math.round(number) === 1 ? 'city' : 'cities'}`;
/** "12 to 15", or one number where both are the same. */
export const range = (low, high, word = num) => {
  const [a, b] = [word(low), word(high)];
  return a === b ? a : `${a} to ${b}`;
};
/** A name from a scenario as people read it: bike_share → bike share. */
export const plain = name => String(name).replaceAll('_', ' ');
export const upper = text => text.charAt(0).toUpperCase() + text.slice(1);

const RESERVED = {
  baseline: 'of their own accord',
  attributes: 'what the cities are like',
  trend: 'the times',
  frailty: 'unobserved differences',
  intervention: 'interventions',
  data: 'given by data',
};
/** What pressed on cities, in words. */
export const mechanism = name => RESERVED[name] ?? plain(name);

/** What of a path of a sweep tells parameters apart. */
export const parameter = path =>
  path
    .replace(/^policies\./, '')
    .replace('.mechanisms.', '.')
    .split('.')
    .map(plain)
    .join(' › ');

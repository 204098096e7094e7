// Colours that can be told apart without red and green (Okabe & Ito 2008), and by lightness too.

export const INK = '#1b1f24';
export const SOFT = '#55606b';
export const GRID = '#e3e7eb';
export const BLUE = '#0072B2';
export const RED = '#B84A00';
export const BASE = '#5b6570';

/** Of policies, groups, scenarios: dark enough to be read as text on white. */
export const SERIES = ['#0072B2', '#B84A00', '#00735A', '#A8437F', '#7A5C00', '#3C4A9E', '#5b6570', '#008299'];
export const DASH = ['none', '7 3', '2 3', '9 3 2 3', '5 5', '1 4', '12 4', '4 2 1 2'];
export const series = k => SERIES[k % SERIES.length];
export const dash = k => DASH[k % DASH.length];

/** Of mechanisms: areas beside each other differ in lightness. */
const AREAS = ['#0072B2', '#E69F00', '#56B4E9', '#CC79A7', '#009E73', '#D55E00', '#F0E442', '#8C6BB1', '#41729F', '#B59F3B'];
const RESERVED = {
  baseline: '#8d969e',
  attributes: '#c3c9cf',
  trend: '#6d5d4b',
  frailty: '#dfd6c4',
  intervention: '#1b1f24',
  data: '#aab4bd',
};
export function mechanismColours(names) {
  let next = 0;
  return new Map(names.map(name => [name, RESERVED[name] ?? AREAS[next++ % AREAS.length]]));
}

const mixed = (a, b, t) => `rgb(${a.map((each, k) => Math.round(each + (b[k] - each) * t)).join(',')})`;
/** Through colours, t from 0 to 1. */
export function ramp(stops) {
  return t => {
    const at = Math.min(1, Math.max(0, t)) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(at));
    return mixed(stops[k], stops[k + 1], at - k);
  };
}
/** Light to dark: chances. After viridis (Smith & van der Walt 2015), its lightest third left out, turned around. */
export const chanceRamp = ramp([
  [214, 226, 160],
  [122, 201, 110],
  [53, 165, 130],
  [40, 113, 142],
  [62, 73, 137],
  [52, 12, 78],
]);
/** Early to late: years. After plasma, its lightest fifth left out. */
export const yearRamp = ramp([
  [13, 8, 135],
  [106, 0, 168],
  [177, 42, 144],
  [225, 100, 98],
  [247, 160, 60],
]);
/** Less, the same, more: orange, grey, blue. */
export const changeRamp = ramp([
  [150, 58, 0],
  [224, 123, 46],
  [240, 176, 118],
  [170, 178, 186],
  [110, 178, 222],
  [47, 143, 205],
  [8, 75, 131],
]);

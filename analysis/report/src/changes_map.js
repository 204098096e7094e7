// Where a what-if changes chances, and who follows whom: the map of a comparison, with the largest flows as arcs.
import {csv, el, save, source, toggle} from './dom.js';
import {CityMap} from './map.js';
import {keyed} from './figure.js';
import {changeRamp} from './palette.js';
import {citySearch} from './search.js';
import {cities, num, pct, plain, signed} from './words.js';

const CLASSES = 21;
const MOST_ARCS = 100;
const palette = Array.from({length: CLASSES}, (_, k) => changeRamp(k / (CLASSES - 1)));
/** Buckets from no change to large ones, so that changes lie on top. */
const ORDER = Array.from({length: CLASSES}, (_, k) => k).sort((a, b) => Math.abs(a - 10) - Math.abs(b - 10));

function changes(policy) {
  const d = Array.from(policy.numbers.with, (v, i) => v - policy.numbers.without[i]);
  const funded = new Set(policy.funded); // they have a mark of their own
  return {
    d,
    top: d.reduce((most, each, i) => (funded.has(i) || Number.isNaN(each) ? most : Math.max(most, Math.abs(each))), 0.05),
  };
}

function changedCities(comparison, policy, {d, top}, pick) {
  const {names} = comparison;
  const {numbers} = policy;
  const map = new CityMap({
    lon: comparison.cities.lon,
    lat: comparison.cities.lat,
    pick,
    label: `World map of cities by the change of their chance to have ${plain(policy.name)}`,
    describe: i =>
      [
        names[i],
        comparison.cities.country?.[i] ?? '',
        `chance ${pct(numbers.without[i])} → ${pct(numbers.with[i])}`,
        `${signed(numbers.steps_gained[i])} ${comparison.unit}s earlier`,
      ].filter(Boolean),
  });
  map.marked = new Set(policy.funded);
  const buckets = new Uint8Array(d.length);
  for (let i = 0; i < d.length; ++i)
    buckets[i] = ORDER.indexOf(Math.round(((Math.max(-1, Math.min(1, (d[i] || 0) / top)) + 1) * (CLASSES - 1)) / 2));
  map.colour(
    buckets,
    ORDER.map(k => palette[k]),
  );
  return map;
}

function saveChanges(comparison, whatIf, policy) {
  const {names} = comparison;
  const {numbers} = policy;
  save(
    `cities-${whatIf.name}-${policy.name}.csv`,
    csv(
      [
        'city_id',
        'city_name',
        'funded',
        'chance_without',
        'chance_with',
        'earlier',
        'later',
        'only_with',
        'only_without',
        'steps_gained',
      ],
      names.map((_, i) => [
        comparison.cities.id[i],
        comparison.cities.city_name?.[i] ?? null,
        policy.funded.includes(i) ? 1 : 0,
        ...['without', 'with', 'earlier', 'later', 'only_with', 'only_without', 'steps_gained'].map(key => numbers[key][i]),
      ]),
    ),
    'text/csv',
  );
}

function changesLegend(policy, top, flows) {
  return el(
    'div',
    {class: 'legend'},
    el(
      'span',
      {class: 'key'},
      `${signed(-100 * top)} points`,
      el('i', {class: 'ramp', style: `--r:${palette.join(',')}`}),
      `${signed(100 * top)} points`,
    ),
    policy.funded.length > 0 && keyed('#E69F00', 'funded', 'diamond'),
    flows.length > 0 &&
      el(
        'span',
        {class: 'key'},
        `arcs: the ${Math.min(flows.length, MOST_ARCS)} surest of ${policy.following.flows_in_all.toLocaleString('en')} flows, from a funded city to one whose adoption it alone changes`,
      ),
  );
}

export function changesMap(comparison, whatIf, policy, pick) {
  const {names, file} = comparison;
  const {top} = changes(policy);
  const map = changedCities(comparison, policy, changes(policy), pick);
  const flows = (policy.following?.flows ?? [])
    .map(([group, city, share]) => ({from: policy.following.groups[group].city, to: city, share}))
    .filter(each => each.from != null);
  const arcs = on => {
    map.arcs = on ? flows.slice(0, MOST_ARCS) : [];
    map.draw();
  };
  arcs(flows.length > 0);
  const savings = [
    el(
      'button',
      {type: 'button', class: 'small', click: () => save(`map-${whatIf.name}-${policy.name}.svg`, map.svg(), 'image/svg+xml')},
      'SVG',
    ),
    el('button', {type: 'button', class: 'small', click: () => saveChanges(comparison, whatIf, policy)}, 'CSV'),
  ];
  const element = el(
    'figure',
    {id: `map-${whatIf.name}-${policy.name}-${comparison.key}`, 'aria-label': 'Map of changes'},
    el('h3', {}, flows.length ? 'Where it changes, and who follows whom' : 'Where it changes'),
    el(
      'div',
      {class: 'controls'},
      citySearch(names, city => {
        map.choose(city, {approach: true});
        pick(city);
      }),
      flows.length > 0 && toggle('Arcs: who follows whom', true, arcs),
    ),
    map.element,
    changesLegend(policy, top, flows),
    el(
      'div',
      {class: 'below'},
      source(file, [
        'adoption_chance',
        'lat',
        'lon',
        ...(map.marked.size ? ['funded'] : []),
        ...(flows.length ? ['changed_alone'] : []),
      ]),
      el('span', {class: 'savings'}, savings),
    ),
    map.places.length < names.length &&
      el('p', {class: 'soft'}, `${cities(names.length - map.places.length)} without coordinates are not on the map.`),
  );
  return {element, map};
}

/** Funded cities by the followers that each leads to, and whom it changes most. */
export function followingTable(comparison, policy, makeTable) {
  const {following} = policy;
  if (!following) return null;
  const changed = new Map();
  for (const [group, city, share] of following.flows) {
    if (!changed.has(group)) changed.set(group, []);
    if (changed.get(group).length < 3) changed.get(group).push(`${comparison.names[city]} (${pct(share)})`);
  }
  const rows = following.groups
    .map((each, g) => ({...each, g}))
    .sort((a, b) => (b.alone[0] ?? 0) - (a.alone[0] ?? 0))
    .slice(0, 20);
  return [
    makeTable(
      `Who leads to most followers (${rows.length} of ${following.groups.length})`,
      ['funded', 'followers, if funded alone', '95 % interval', 'added to the others', 'changes most often (share of runs)'],
      rows.map(each => [
        each.name,
        num(each.alone[0]),
        `${num(each.alone[1])} to ${num(each.alone[2])}`,
        num(each.added[0]),
        (changed.get(each.g) ?? []).join(', '),
      ]),
      {numbers: [1, 2, 3]},
    ),
    source(comparison.file, ['followers_alone', 'followers_added', 'changed_alone']),
  ];
}

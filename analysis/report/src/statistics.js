// Diffusion statistics: curves and hazards, survival, thresholds, exposures, Moran's I, Bass's model, categories.
import * as Plot from '@observablehq/plot';
import {el, source, table} from './dom.js';
import {figure, look, narrow, years} from './figure.js';
import {BLUE, GRID, INK} from './palette.js';
import {cities, count, label, num, pct, plain, range, upper} from './words.js';

const Z = 1.959963984540054;
const pWords = p => (p < 0.001 ? '< 0.001' : p.toFixed(3));
const known = value => value != null && !Number.isNaN(value);

/** Variables of an entry by what they hold: `''` the entry's own name, else what stands after it. */
export function partsOf(file, entry) {
  return new Map(
    file.statistics.filter(each => each.entry === entry).map(each => [each.name.slice(entry.length).replace(/^_/, ''), each]),
  );
}
export const entriesOf = (file, kind) => [...new Set(file.statistics.filter(each => each.kind === kind).map(each => each.entry))];
const middle = (variable, policy) => variable?.of[policy][2];
const whose = file => (file.replicates ? `${count(file.replicates)} runs` : 'data');
const idOf = (...parts) => parts.join('-').replace(/[^A-Za-z0-9_-]+/g, '-');

/** A line by step, with the band of nine of ten runs where there are runs. */
function lineOver(file, variable, policy, {title, note, axis, format = num, bar = false}) {
  const [q05, , q50, , q95] = variable.of[policy];
  const rows = file.time.map((t, k) => ({t, low: q05[k], v: q50[k], high: q95[k]})).filter(each => known(each.v));
  if (rows.length === 0) return null;
  const spread = file.replicates > 1;
  return figure({
    name: idOf(variable.name, file.policies[policy], file.key),
    title,
    file: file.file,
    note: note + (spread ? ' Line: median run; band: nine of ten runs.' : ''),
    label: `${title}: ${format(rows[0].v)} in ${rows[0].t}, ${format(rows.at(-1).v)} in ${rows.at(-1).t}`,
    variables: [variable.name],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 260,
          x: years(width, bar && !spread ? {inset: 16} : {}),
          y: {label: axis, grid: true, zero: true, tickFormat: format, labelArrow: 'none', ticks: 5},
          marks: [
            Plot.ruleY([0], {stroke: INK}),
            ...(spread ? [Plot.areaY(rows, {x: 't', y1: 'low', y2: 'high', fill: BLUE, fillOpacity: 0.2})] : []),
            ...(bar && !spread
              ? [
                  Plot.ruleX(rows, {
                    x: 't',
                    y1: 0,
                    y2: 'v',
                    stroke: BLUE,
                    strokeWidth: Math.max(2, Math.min(24, width / rows.length / 2)),
                  }),
                ]
              : [Plot.lineY(rows, {x: 't', y: 'v', stroke: BLUE, strokeWidth: 2.4})]),
          ],
        }),
      ),
    data: () => ({
      head: [file.unit, ...(spread ? ['q05', 'median', 'q95'] : [variable.name])],
      rows: rows.map(each => [each.t, ...(spread ? [each.low, each.v, each.high] : [each.v])]),
    }),
  });
}

/** Limits of a Kaplan–Meier estimate on the scale of log(−log S) (Kalbfleisch & Prentice 2002), from Greenwood's error. */
export function survivalLimits(s, error) {
  if (!known(error) || s <= 0 || s >= 1) return [s, s];
  const width = (Z * error) / (s * Math.abs(Math.log(s)));
  return [s ** Math.exp(width), s ** Math.exp(-width)];
}

function survival(file, entry, policy) {
  const parts = partsOf(file, entry);
  const spread = file.replicates > 1;
  const [q05, , q50, , q95] = parts.get('').of[policy];
  const errors = middle(parts.get('se'), policy);
  const rows = file.time
    .map((t, k) => {
      const [low, high] = spread ? [q05[k], q95[k]] : survivalLimits(q50[k], errors?.[k]);
      return {t, v: q50[k], low, high, error: errors?.[k], risk: middle(parts.get('at_risk'), policy)?.[k]};
    })
    .filter(each => known(each.v));
  if (rows.length === 0) return null;
  const name = plain(file.policies[policy]);
  return figure({
    name: idOf(entry, file.policies[policy], file.key),
    title: `Cities that still do without ${name}`,
    file: file.file,
    note: `Kaplan–Meier estimate; ${spread ? 'band: nine of ten runs' : 'band: 95 % interval from Greenwood’s error, on the scale of log(−log)'}.`,
    label: `Share of cities without ${name}: ${pct(rows.at(-1).v)} at the end of ${rows.at(-1).t} (${range(rows.at(-1).low, rows.at(-1).high, pct)})`,
    variables: [entry, ...(spread ? [] : [`${entry}_se`])],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 280,
          x: years(width),
          y: {
            label: 'share without',
            domain: [Math.min(0.8, Math.floor(10 * rows.at(-1).low) / 10), 1],
            grid: true,
            tickFormat: pct,
            labelArrow: 'none',
          },
          marks: [
            Plot.areaY(rows, {x: 't', y1: 'low', y2: 'high', fill: BLUE, fillOpacity: 0.2, curve: 'step-after'}),
            Plot.lineY(rows, {x: 't', y: 'v', stroke: BLUE, strokeWidth: 2.4, curve: 'step-after'}),
          ],
        }),
      ),
    data: () => ({
      head: [file.unit, 'without', 'low', 'high', 'standard_error', 'at_risk'],
      rows: rows.map(each => [each.t, each.v, each.low, each.high, each.error, each.risk]),
    }),
  });
}

const DISTRIBUTIONS = {
  threshold: ['Thresholds', 'exposure at which a city adopted', 'Share of those it observes that were adopters when it adopted.'],
  infection: ['Infection', 'share of its observers’ adoptions', 'How much those who observe the city adopted right after it.'],
  susceptibility: [
    'Susceptibility',
    'share of adoptions before',
    'How much those whom the city observes adopted right before it.',
  ],
};

function distribution(file, entry, kind, policy) {
  const variable = partsOf(file, entry).get('');
  const values = variable.numbers[policy];
  const rows = [...values.keys()].filter(i => known(values[i])).map(i => ({i, v: values[i]}));
  if (rows.length === 0) return null;
  const [title, axis, note] = DISTRIBUTIONS[kind];
  const sorted = rows.map(each => each.v).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return figure({
    name: idOf(entry, file.policies[policy], file.key),
    title: `${title}: ${plain(file.policies[policy])}`,
    file: file.file,
    note: `${note} ${cities(rows.length)} have a value${file.replicates ? ', the mean over runs' : ''}; line: median, ${num(median)}.`,
    label: `${title} of ${cities(rows.length)}, median ${num(median)}`,
    variables: [variable.name],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 230,
          marginBottom: 40,
          x: {label: axis, labelAnchor: 'center', labelArrow: 'none'},
          y: {label: 'cities', grid: true, labelArrow: 'none', ticks: 4},
          marks: [
            Plot.rectY(rows, Plot.binX({y: 'count'}, {x: 'v', fill: BLUE, thresholds: 20, inset: 0.5})),
            Plot.ruleY([0], {stroke: INK}),
            Plot.ruleX([median], {stroke: INK, strokeDasharray: '4 3'}),
          ],
        }),
      ),
    data: () => ({
      head: ['city_id', 'city', variable.name],
      rows: rows.map(each => [file.cities.id[each.i], file.names[each.i], each.v]),
    }),
  });
}

function exposures(file, entry, policy) {
  const variable = partsOf(file, entry).get('');
  const values = variable.numbers[policy];
  const steps = file.time.length;
  const rows = file.time.map((t, k) => {
    const at = [];
    for (let i = 0; i < file.cities.count; ++i) if (known(values[i * steps + k])) at.push(values[i * steps + k]);
    at.sort((a, b) => a - b);
    const q = share => at[Math.min(at.length - 1, Math.round(share * (at.length - 1)))];
    return {t, mean: at.reduce((a, b) => a + b, 0) / at.length, low: q(0.1), high: q(0.9), n: at.length};
  });
  if (rows.every(each => each.n === 0)) return null;
  return figure({
    name: idOf(entry, file.policies[policy], file.key),
    title: `How exposed cities are to ${plain(file.policies[policy])} (${plain(entry)})`,
    file: file.file,
    note: 'Line: mean over cities; band: eight of ten cities. Single cities have pages below.',
    label: `Exposure: mean ${num(rows.at(-1).mean)} in ${rows.at(-1).t}`,
    variables: [variable.name],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 250,
          x: years(width),
          y: {label: 'exposure', grid: true, zero: true, labelArrow: 'none'},
          marks: [
            Plot.ruleY([0], {stroke: INK}),
            Plot.areaY(rows, {x: 't', y1: 'low', y2: 'high', fill: BLUE, fillOpacity: 0.18}),
            Plot.lineY(rows, {x: 't', y: 'mean', stroke: BLUE, strokeWidth: 2.4}),
          ],
        }),
      ),
    data: () => ({
      head: [file.unit, 'mean', 'tenth', 'nine_tenths', 'cities'],
      rows: rows.map(each => [each.t, each.mean, each.low, each.high, each.n]),
    }),
  });
}

const scalarWords = (file, variable, policy) => {
  if (!variable) return null;
  const [low, , mid, , high] = variable.of[policy].map(each => each[0]);
  const word = /_p(_permutation)?$/.test(variable.name) && variable.kind === 'moran' ? pWords : num;
  return known(mid) ? (file.replicates > 1 ? `${word(mid)} (${range(low, high, word)})` : word(mid)) : '–';
};

function morans(file, policy) {
  const entries = entriesOf(file, 'moran');
  if (entries.length === 0) return null;
  const cell = (entry, part) => scalarWords(file, partsOf(file, entry).get(part), policy);
  const permuted = entries.some(each => partsOf(file, each).has('p_permutation'));
  return [
    table(
      `Do connected cities do alike? Moran’s I, ${plain(file.policies[policy])}`,
      ['statistic', 'I', 'expected by chance', 'standard deviation', 'p', ...(permuted ? ['p of permutations'] : [])],
      entries.map(each => [
        plain(each),
        ...['', 'expected', 'sd', 'p', ...(permuted ? ['p_permutation'] : [])].map(part => cell(each, part)),
      ]),
      {numbers: [1, 2, 3, 4, 5]},
    ),
    source(
      file.file,
      entries.flatMap(each => [each, `${each}_p`]),
    ),
  ];
}

function bass(file, policy) {
  const entries = entriesOf(file, 'bass');
  if (entries.length === 0) return null;
  const cell = (entry, part) => scalarWords(file, partsOf(file, entry).get(part), policy);
  return [
    table(
      `Bass’s model, ${plain(file.policies[policy])}`,
      ['fit', 'p (innovation)', 'error', 'q (imitation)', 'error', 'm (cities in the end)', 'error'],
      entries.map(each => [plain(each), ...['p', 'p_se', 'q', 'q_se', 'm', 'm_se'].map(part => cell(each, part))]),
      {numbers: [1, 2, 3, 4, 5, 6]},
    ),
    source(
      file.file,
      entries.flatMap(each => ['p', 'q', 'm'].map(part => `${each}_${part}`)),
    ),
  ];
}

/** Cities in each category: of runs the expected number. */
export function classCounts(file, variable, policy) {
  const values = variable.numbers[policy];
  const wide = file.replicates ? variable.classes.length : 1;
  const counts = variable.classes.map(() => 0);
  for (let i = 0; i < file.cities.count; ++i)
    if (wide > 1) for (let k = 0; k < wide; ++k) counts[k] += values[i * wide + k] || 0;
    else if (Number.isInteger(values[i])) ++counts[values[i]];
  return counts;
}

function categories(file, entry, policy) {
  const variable = partsOf(file, entry).get('');
  const rows = variable.classes.map((name, k) => ({name: plain(name), v: classCounts(file, variable, policy)[k]}));
  return figure({
    name: idOf(entry, file.policies[policy], file.key),
    title: `Categories of adopters of ${plain(file.policies[policy])} (${plain(entry)})`,
    file: file.file,
    note: file.replicates ? 'Expected number of cities: shares of runs, summed.' : 'Number of cities.',
    label: rows.map(each => `${each.name} ${num(each.v)}`).join('; '),
    variables: [entry],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 60 + 30 * rows.length,
          marginLeft: 120,
          marginRight: 70,
          x: {label: null, grid: true, ticks: narrow(width) ? 3 : 6},
          y: {domain: rows.map(each => each.name), label: null, tickSize: 0},
          marks: [
            Plot.barX(rows, {
              x: 'v',
              y: 'name',
              fill: each => (each.name === 'never' ? GRID : BLUE),
              insetTop: 4,
              insetBottom: 4,
            }),
            Plot.text(rows, {x: 'v', y: 'name', text: each => num(each.v), textAnchor: 'start', dx: 6}),
          ],
        }),
      ),
    data: () => ({head: ['category', 'cities'], rows: rows.map(each => [each.name, each.v])}),
  });
}

/** Figures and tables of one policy, by what they are about. */
export function statisticsOf(file, policy) {
  const name = plain(file.policies[policy]);
  const some = list => list.filter(Boolean);
  const curves = entriesOf(file, 'curve').flatMap(entry => {
    const parts = partsOf(file, entry);
    return some([
      parts.has('share') &&
        lineOver(file, parts.get('share'), policy, {
          title: `Cities with ${name}`,
          note: 'Share of the cities of which is known.',
          axis: 'share of cities',
          format: pct,
        }),
      parts.has('hazard') &&
        lineOver(file, parts.get('hazard'), policy, {
          title: `Hazard of adopting ${name}`,
          note: 'New adopters over cities at risk at the start of the step.',
          axis: 'hazard',
          bar: true,
        }),
    ]);
  });
  return {
    time: some([
      ...curves,
      ...entriesOf(file, 'survival').map(each => survival(file, each, policy)),
      ...entriesOf(file, 'exposure')
        .filter(each => partsOf(file, each).has(''))
        .map(each => exposures(file, each, policy)),
    ]),
    who: some([
      ...['threshold', 'infection', 'susceptibility'].flatMap(kind =>
        entriesOf(file, kind).map(each => partsOf(file, each).has('') && distribution(file, each, kind, policy)),
      ),
      ...entriesOf(file, 'classes').map(each => partsOf(file, each).has('') && categories(file, each, policy)),
    ]),
    tables: some([morans(file, policy), bass(file, policy)]),
  };
}

/** What the statistics of a policy say, a sentence each. */
export function statisticFindings(file, policy) {
  const items = [];
  const say = (strong, ...words) => items.push(el('li', {}, el('strong', {}, strong), ...words));
  const spread = file.replicates > 1;
  for (const entry of entriesOf(file, 'survival')) {
    const parts = partsOf(file, entry);
    const [q05, , q50, , q95] = parts.get('').of[policy];
    const k = q50.findLastIndex(known);
    if (k < 0) continue;
    const [low, high] = spread ? [q05[k], q95[k]] : survivalLimits(q50[k], middle(parts.get('se'), policy)?.[k]);
    say(
      `${pct(1 - q50[k])} of cities adopt by ${label(file, file.time[k])}`,
      ` (${range(1 - high, 1 - low, pct)}${spread ? ' in nine of ten runs' : ', 95 % interval; Kaplan–Meier'}).`,
    );
  }
  for (const entry of entriesOf(file, 'curve')) {
    const hazard = middle(partsOf(file, entry).get('hazard'), policy);
    const top = hazard ? hazard.reduce((best, each, k) => (known(each) && (best < 0 || each > hazard[best]) ? k : best), -1) : -1;
    if (top >= 0) say(`The hazard is highest in ${file.time[top]}: `, `${pct(hazard[top])} of the cities at risk adopt.`);
  }
  for (const entry of entriesOf(file, 'moran')) {
    const parts = partsOf(file, entry);
    const [i, p, e] = ['', 'p', 'expected'].map(part => middle(parts.get(part), policy)?.[0]);
    if (known(i))
      say(
        `${upper(plain(entry))}: Moran’s I is ${num(i)}`,
        known(p)
          ? ` where chance gives ${num(e)} (p ${pWords(p)}): ${p >= 0.05 ? 'connected cities are no more alike than by chance, as far as data tell' : i > e ? 'connected cities are more alike than by chance, which contagion, common causes and like choosing like all bring about' : 'connected cities are less alike than by chance'}.`
          : '.',
      );
  }
  for (const entry of entriesOf(file, 'threshold')) {
    const values = [...(partsOf(file, entry).get('')?.numbers[policy] ?? [])].filter(known).sort((a, b) => a - b);
    if (values.length)
      say(
        `Half of the adopters had at most ${pct(values[Math.floor(values.length / 2)])} `,
        `of those they observe before them (${plain(entry)}).`,
      );
  }
  return items;
}

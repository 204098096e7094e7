// Sweeps: which parameters decide, what luck does beside them, and the response over two of them.
import * as Plot from '@observablehq/plot';
import {choice, el} from './dom.js';
import {figure, keyed, look, narrow} from './figure.js';
import {BLUE, INK, RED, SOFT, chanceRamp} from './palette.js';
import {weight} from './findings.js';
import {num, pct, range, signed, upper} from './words.js';

const leftOf = (width, names) => Math.min(0.45 * width, 18 + 6.8 * Math.max(...names.map(each => each.length)));
export const nameOf = (sweep, measure) => `${measure.name}${sweep.policies.length > 1 ? `-${measure.policy}` : ''}-${sweep.key}`;
export const measureWords = (sweep, measure) =>
  (measure.meaning || measure.name) + (sweep.policies.length > 1 ? `, ${measure.policy}` : '');

/** A row for each index of each parameter. */
function bothIndices(rows) {
  return rows.flatMap(each => [
    {
      name: each.name,
      kind: 'alone (S1)',
      v: each.S1[0],
      low: each.S1[1],
      high: each.S1[2],
      dy: -6,
      colour: BLUE,
      symbol: 'circle',
    },
    {
      name: each.name,
      kind: 'with all interactions (ST)',
      v: each.ST[0],
      low: each.ST[1],
      high: each.ST[2],
      dy: 6,
      colour: RED,
      symbol: 'square',
    },
  ]);
}

function sobol(sweep, measure) {
  const rows = [...measure.analysis.rows]
    .sort((a, b) => weight(b) - weight(a))
    .map(each => ({...each, name: sweep.short.get(each.input)}));
  const names = rows.map(each => each.name);
  const both = bothIndices(rows);
  return figure({
    name: `sobol-${nameOf(sweep, measure)}`,
    title: 'Which parameters decide',
    file: sweep.file,
    note: `Share of the variance that comes with each parameter: Sobol' indices of ${measure.analysis.base_points} base points, with 95 % intervals (bootstrap over points and runs).`,
    label: 'Sobol indices: ' + rows.map(each => `${each.name} S1 ${num(each.S1[0])}, ST ${num(each.ST[0])}`).join('; '),
    variables: [`${measure.name}_each`, ...sweep.inputs.map(each => each.path)],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 60 + 46 * rows.length,
          marginLeft: leftOf(width, names),
          marginBottom: 40,
          marginRight: 30,
          x: {
            label: 'share of the variance',
            grid: true,
            labelAnchor: 'center',
            labelArrow: 'none',
            zero: true,
            nice: true,
            ticks: narrow(width) ? 4 : 8,
          },
          y: {domain: names, label: null, type: 'band', tickSize: 0},
          marks: [
            Plot.ruleX([0], {stroke: INK}),
            ...['alone (S1)', 'with all interactions (ST)'].flatMap(kind => {
              const some = both.filter(each => each.kind === kind);
              return [
                Plot.ruleY(some, {y: 'name', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2, dy: some[0].dy}),
                Plot.dot(some, {x: 'v', y: 'name', fill: 'colour', symbol: some[0].symbol, r: 4.5, dy: some[0].dy}),
              ];
            }),
          ],
        }),
      ),
    legend: () => [keyed(BLUE, 'alone (S1)', 'dot'), keyed(RED, 'with all interactions (ST)', 'square')],
    data: () => ({
      head: ['parameter', 'S1', 'S1_low', 'S1_high', 'ST', 'ST_low', 'ST_high'],
      rows: rows.map(each => [each.input, ...each.S1, ...each.ST]),
    }),
  });
}

function morris(sweep, measure) {
  const rows = measure.analysis.rows.map(each => ({
    ...each,
    name: sweep.short.get(each.input),
    low: each.mu_star - 1.96 * (each.mu_star_error ?? 0),
    high: each.mu_star + 1.96 * (each.mu_star_error ?? 0),
  }));
  const top = Math.max(...rows.map(each => Math.max(each.high, each.sigma ?? 0)), 1e-9);
  return figure({
    name: `morris-${nameOf(sweep, measure)}`,
    title: 'Which parameters decide',
    file: sweep.file,
    note: `Elementary effects over the whole range of each parameter, ${measure.analysis.base_points} trajectories: μ* how much, with its 95 % interval; σ how unevenly. Above the line effects change with the other parameters as much as they are large.`,
    label:
      'Elementary effects: ' + rows.map(each => `${each.name} mu* ${num(each.mu_star)}, sigma ${num(each.sigma)}`).join('; '),
    variables: [`${measure.name}_each`, ...sweep.inputs.map(each => each.path)],
    draw: width =>
      Plot.plot(
        look(width, {
          height: narrow(width) ? 300 : 380,
          marginBottom: 40,
          x: {
            label: 'μ*, mean size of the effect',
            grid: true,
            domain: [0, top * 1.15],
            labelAnchor: 'center',
            labelArrow: 'none',
          },
          y: {label: 'σ', grid: true, domain: [0, top * 1.15], labelArrow: 'none'},
          marks: [
            Plot.line(
              [
                [0, 0],
                [top, top],
              ],
              {stroke: SOFT, strokeDasharray: '3 4'},
            ),
            Plot.ruleY(rows, {y: 'sigma', x1: 'low', x2: 'high', stroke: BLUE, strokeWidth: 1.6}),
            Plot.dot(rows, {x: 'mu_star', y: 'sigma', fill: BLUE, r: 5}),
            ...[-13, 15].map((dy, side) =>
              Plot.text(
                [...rows].sort((x, y) => x.mu_star - y.mu_star).filter((_, k) => k % 2 === side),
                {x: 'mu_star', y: 'sigma', text: 'name', dy, textAnchor: 'start', dx: -4},
              ),
            ),
          ],
        }),
      ),
    data: () => ({
      head: ['parameter', 'mu', 'mu_star', 'mu_star_error', 'sigma'],
      rows: rows.map(each => [each.input, each.mu, each.mu_star, each.mu_star_error, each.sigma]),
    }),
  });
}

function tornado(sweep, measure) {
  const rows = [...measure.analysis.rows]
    .sort((a, b) => weight(b) - weight(a))
    .map(each => ({...each, name: sweep.short.get(each.input)}));
  const names = rows.map(each => each.name);
  const ends = rows
    .flatMap(each => [
      {name: each.name, v: each.low, e: each.low_error, k: 'lowest'},
      {name: each.name, v: each.high, e: each.high_error, k: 'highest'},
    ])
    .filter(each => each.v != null);
  const colour = each => (each.k === 'lowest' ? '#E69F00' : BLUE);
  return figure({
    name: `tornado-${nameOf(sweep, measure)}`,
    title: 'Which parameters decide',
    file: sweep.file,
    note: `One at a time: change from ${num(measure.analysis.base)}, where all have their base value, with 95 % intervals.`,
    label:
      'Tornado: ' +
      rows.map(each => `${each.name} ${signed(each.low)} at its lowest, ${signed(each.high)} at its highest`).join('; '),
    variables: [`${measure.name}_each`, ...sweep.inputs.map(each => each.path)],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 60 + 34 * rows.length,
          marginLeft: leftOf(width, names),
          marginBottom: 40,
          marginRight: 50,
          x: {
            label: 'change of the measure',
            grid: true,
            tickFormat: signed,
            labelAnchor: 'center',
            labelArrow: 'none',
            nice: true,
            ticks: narrow(width) ? 4 : 8,
          },
          y: {domain: names, label: null, tickSize: 0},
          marks: [
            Plot.barX(ends, {x1: 0, x2: 'v', y: 'name', fill: colour, insetTop: 5, insetBottom: 5}),
            Plot.ruleY(ends, {
              y: 'name',
              x1: each => each.v - 1.96 * (each.e ?? 0),
              x2: each => each.v + 1.96 * (each.e ?? 0),
              stroke: INK,
              strokeWidth: 1.2,
            }),
            Plot.ruleX([0], {stroke: INK, strokeWidth: 1.4}),
          ],
        }),
      ),
    legend: () => [keyed('#E69F00', 'at its lowest value'), keyed(BLUE, 'at its highest')],
    data: () => ({
      head: ['parameter', 'low', 'low_error', 'high', 'high_error'],
      rows: rows.map(each => [each.input, each.low, each.low_error, each.high, each.high_error]),
    }),
  });
}

function correlations(sweep, measure) {
  const rows = [...measure.analysis.rows]
    .sort((a, b) => weight(b) - weight(a))
    .map(each => ({...each, name: sweep.short.get(each.input)}));
  const names = rows.map(each => each.name);
  return figure({
    name: `correlations-${nameOf(sweep, measure)}`,
    title: 'Which parameters decide',
    file: sweep.file,
    note: `Partial rank correlation with each parameter; a linear regression on ranks explains ${pct(measure.analysis.r2_ranks)} of their variance.`,
    label: 'Partial rank correlations: ' + rows.map(each => `${each.name} ${num(each.PRCC)}`).join('; '),
    variables: [measure.name, ...sweep.inputs.map(each => each.path)],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 60 + 30 * rows.length,
          marginLeft: leftOf(width, names),
          marginBottom: 40,
          marginRight: 50,
          x: {
            label: 'partial rank correlation',
            domain: [-1, 1],
            grid: true,
            tickFormat: signed,
            labelAnchor: 'center',
            labelArrow: 'none',
          },
          y: {domain: names, label: null, tickSize: 0},
          marks: [
            Plot.barX(rows, {x: 'PRCC', y: 'name', fill: each => (each.PRCC < 0 ? RED : BLUE), insetTop: 4, insetBottom: 4}),
            Plot.ruleX([0], {stroke: INK, strokeWidth: 1.4}),
          ],
        }),
      ),
    data: () => ({
      head: ['parameter', 'SRC', 'PRCC', 'p'],
      rows: rows.map(each => [each.input, each.SRC, each.PRCC, each.PRCC_p]),
    }),
  });
}

const DRAWN = {saltelli: sobol, morris, one_at_a_time: tornado, regression: correlations};
export function decisive(sweep, measure) {
  const draw = DRAWN[measure.analysis.method];
  if (!draw)
    return el('p', {class: 'soft'}, `No analysis of ${measure.name}: ${measure.analysis.why_not || 'the design allows none'}.`);
  return draw(sweep, measure);
}

/** Of the variance of single runs: parameters, luck that all points share, luck of single runs. */
export function noise(sweep, measure) {
  const {parts} = measure.analysis;
  if (!parts) return null;
  const sum = parts.reduce((a, b) => a + Math.max(0, b), 0);
  if (!(sum > 0)) return null;
  const kinds = [
    ['the parameters', BLUE],
    ['luck that all points share', '#E69F00'],
    ['luck of single runs', '#c3c9cf'],
  ];
  const rows = kinds.map(([name, colour], k) => ({name, colour, v: Math.max(0, parts[k]) / sum}));
  return figure({
    name: `noise-${nameOf(sweep, measure)}`,
    title: 'Parameters or luck?',
    file: sweep.file,
    note: 'The variance of single runs, taken apart (law of total variance): what the parameters do, and what more runs would average out.',
    label: 'Variance: ' + rows.map(each => `${each.name} ${pct(each.v)}`).join(', '),
    variables: [`${measure.name}_each`],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 84,
          marginLeft: 10,
          x: {label: null, tickFormat: pct, domain: [0, 1], ticks: 5},
          y: {axis: null},
          marks: [
            Plot.barX(rows, Plot.stackX({x: 'v', fill: 'colour', order: null, insetRight: 1})),
            Plot.text(
              rows,
              Plot.stackX({
                x: 'v',
                text: each => (each.v > 0.08 ? pct(each.v) : ''),
                fill: each => (each.colour === BLUE ? '#fff' : INK),
                fontWeight: 600,
              }),
            ),
          ],
        }),
      ),
    legend: () => rows.map(each => keyed(each.colour, `${each.name} (${pct(each.v)})`)),
    data: () => ({head: ['part', 'share'], rows: rows.map(each => [each.name, each.v])}),
  });
}

function drawSurface(sweep, {a, b}, rows, colour, width) {
  return Plot.plot(
    look(width, {
      height: narrow(width) ? 300 : 400,
      marginBottom: 42,
      x: {label: sweep.short.get(a.path), labelAnchor: 'center', labelArrow: 'none', grid: true},
      y: {label: sweep.short.get(b.path), labelArrow: 'none', grid: true},
      marks: [
        Plot.dot(rows, {
          x: 'x',
          y: 'y',
          fill: each => colour(each.v),
          stroke: '#fff',
          strokeWidth: 0.5,
          r: narrow(width) ? 4 : 6,
        }),
        Plot.tip(
          rows,
          Plot.pointer({
            x: 'x',
            y: 'y',
            title: each => `${num(each.v)}\n${sweep.short.get(a.path)} ${num(each.x)}\n${sweep.short.get(b.path)} ${num(each.y)}`,
          }),
        ),
      ],
    }),
  );
}

/** The measure over two parameters that are chosen. */
export function surface(sweep, measure) {
  const numeric = sweep.inputs.filter(each => each.values.some(v => typeof v === 'number'));
  if (numeric.length < 2) return null;
  const ranked = [...(measure.analysis.rows ?? [])].sort((a, b) => weight(b) - weight(a)).map(each => each.input);
  const find = (path, k) => numeric.find(each => each.path === path) ?? numeric[k];
  let [a, b] = [find(ranked[0], 0), find(ranked[1], 1)];
  const rows = () =>
    measure.mean
      .map((v, k) => ({v, x: a.values[k], y: b.values[k]}))
      .filter(each => each.v != null && each.x != null && each.y != null);
  const values = measure.mean.filter(each => each != null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const colour = v => chanceRamp(high > low ? (v - low) / (high - low) : 0);
  const options = numeric.map(each => [each.path, sweep.short.get(each.path)]);
  const made = figure({
    name: `surface-${nameOf(sweep, measure)}`,
    title: 'The response over two parameters',
    file: sweep.file,
    note: 'Each dot is a point of the sweep, coloured by the mean of its runs; the other parameters vary too.',
    label: () =>
      `${upper(measure.name)} from ${num(low)} to ${num(high)} over ${sweep.short.get(a.path)} and ${sweep.short.get(b.path)}`,
    variables: [measure.name, ...sweep.inputs.map(each => each.path)],
    controls: [
      choice('Across', options, a.path, value => {
        a = find(value, 0);
        made.redraw();
      }),
      choice('Up', options, b.path, value => {
        b = find(value, 1);
        made.redraw();
      }),
    ],
    draw: width => drawSurface(sweep, {a, b}, rows(), colour, width),
    legend: () => [
      el(
        'span',
        {class: 'key'},
        num(low),
        el('i', {class: 'ramp', style: `--r:${[0, 0.25, 0.5, 0.75, 1].map(chanceRamp).join(',')}`}),
        num(high),
      ),
    ],
    data: () => ({
      head: [...sweep.inputs.map(each => each.path), measure.name, `${measure.name}_se`],
      rows: measure.mean.map((v, k) => [...sweep.inputs.map(each => each.values[k]), v, measure.se[k]]),
    }),
  });
  return made;
}

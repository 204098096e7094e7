// What else there is by step: costs, budgets, members, ties.
import * as Plot from '@observablehq/plot';
import {figure, keyed, look, narrow, years} from './figure.js';
import {GRID, dash, series as colour} from './palette.js';
import {num, plain, range, upper} from './words.js';

/** One variable, a line and a band for each label. */
export function stepSeries(result, of) {
  const {time} = result;
  const unit = of.unit === 'currency' ? result.currency || 'currency' : of.unit;
  const rows = of.of.map(each =>
    time.map((t, k) => ({t, low: each.quantile[0][k], mid: each.quantile[2][k], high: each.quantile[4][k]})),
  );
  const named = of.of.length > 1 || of.of[0].label !== '';
  return figure({
    name: `${of.variable}-${result.key}`,
    title: upper(of.meaning.replace(/,.*/, '')),
    file: result.file,
    note: `${upper(of.meaning)}. Line: median. Band: nine of ten runs.`,
    label:
      `${of.meaning} at the end, nine of ten runs: ` +
      of.of.map(each => `${plain(each.label)} ${range(each.quantile[0].at(-1), each.quantile[4].at(-1))}`).join('; '),
    variables: [of.variable],
    draw: width =>
      Plot.plot(
        look(width, {
          height: narrow(width) ? 200 : 250,
          x: years(width),
          y: {label: unit, grid: true, zero: true, labelArrow: 'none', tickFormat: num},
          marks: [
            Plot.ruleY([0], {stroke: GRID}),
            ...rows.flatMap((each, k) => [
              Plot.areaY(each, {x: 't', y1: 'low', y2: 'high', fill: colour(k), fillOpacity: 0.16}),
              Plot.lineY(each, {x: 't', y: 'mid', stroke: colour(k), strokeWidth: 2, strokeDasharray: dash(k)}),
            ]),
          ],
        }),
      ),
    legend: () => (named ? of.of.map((each, k) => keyed(colour(k), plain(each.label), 'line')) : []),
    data: () => ({
      head: [of.along || 'of', result.unit, 'q05', 'q25', 'median', 'q75', 'q95'],
      rows: of.of.flatMap(each => time.map((t, k) => [each.label, t, ...each.quantile.map(q => q[k])])),
    }),
  });
}

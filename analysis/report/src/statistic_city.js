// A city's statistics: its exposures over time, its threshold, and the category it is in.
import * as Plot from '@observablehq/plot';
import {el, source} from './dom.js';
import {figure, keyed, look, years} from './figure.js';
import {INK, dash, series} from './palette.js';
import {num, pct, plain} from './words.js';

const known = value => value != null && !Number.isNaN(value);

/** Exposures by step of one city; null where the file has none of it. */
export function cityExposures(file, city) {
  const steps = file.time.length;
  const lines = file.statistics
    .filter(each => each.kind === 'exposure')
    .flatMap(variable =>
      file.policies.map((policy, p) => ({
        name: `${plain(policy)}: ${plain(variable.entry)}`,
        variable: variable.name,
        rows: file.time.map((t, k) => ({t, v: variable.numbers[p][city * steps + k]})).filter(each => known(each.v)),
      })),
    )
    .filter(each => each.rows.length > 0);
  if (lines.length === 0) return null;
  return figure({
    name: `exposure-${file.key}`,
    title: 'How many of those it observes have adopted',
    file: file.file,
    note: file.replicates ? 'Exposure, mean over runs.' : 'Exposure, from observed adoptions.',
    label: lines.map(each => `${each.name} ends at ${num(each.rows.at(-1).v)}`).join('; '),
    variables: [...new Set(lines.map(each => each.variable))],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 200,
          x: years(width),
          y: {label: 'exposure', grid: true, zero: true, labelArrow: 'none'},
          marks: [
            Plot.ruleY([0], {stroke: INK}),
            ...lines.map((each, k) =>
              Plot.lineY(each.rows, {x: 't', y: 'v', stroke: series(k), strokeWidth: 2.2, strokeDasharray: dash(k)}),
            ),
          ],
        }),
      ),
    legend: () => lines.map((each, k) => keyed(series(k), each.name, 'line')),
    data: () => ({
      head: ['exposure', file.unit, 'value'],
      rows: lines.flatMap(each => each.rows.map(row => [each.name, row.t, row.v])),
    }),
  });
}

function valueOf(file, variable, policy, city) {
  const values = variable.numbers[policy];
  if (variable.classes.length === 0) return known(values[city]) ? num(values[city]) : null;
  if (!file.replicates) return known(values[city]) ? plain(variable.classes[values[city]]) : null;
  const shares = variable.classes
    .map((name, k) => ({name, v: values[city * variable.classes.length + k]}))
    .filter(each => each.v > 0);
  return shares.map(each => `${plain(each.name)} in ${pct(each.v)} of runs`).join(', ') || null;
}

/** A city's page from a file of statistics. */
export function statisticCity(file, city) {
  const chart = cityExposures(file, city);
  const single = file.statistics.filter(each => each.by_city && !each.by_time);
  const entries = file.policies.flatMap((policy, p) =>
    single
      .map(each => [`${file.policies.length > 1 ? `${plain(policy)}: ` : ''}${plain(each.name)}`, valueOf(file, each, p, city)])
      .filter(([, value]) => value != null),
  );
  const made = el(
    'div',
    {class: 'card city'},
    el('h3', {tabindex: '-1'}, file.names[city]),
    chart,
    entries.length > 0 &&
      el(
        'dl',
        {},
        entries.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
      ),
    single.length > 0 &&
      source(
        file.file,
        single.map(each => each.name),
      ),
  );
  if (chart) requestAnimationFrame(chart.redraw);
  return made;
}

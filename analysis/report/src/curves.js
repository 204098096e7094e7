// S-curves: adopters over time with their bands, single runs, and what was observed.
import * as Plot from '@observablehq/plot';
import {el, toggle} from './dom.js';
import {apart, figure, keyed, look, narrow, years} from './figure.js';
import {BLUE, GRID, INK, dash, series} from './palette.js';
import {count, plain, range} from './words.js';

const bandRows = (time, quantile) =>
  time.map((t, k) => ({
    t,
    q05: quantile[0][k],
    q25: quantile[1][k],
    q50: quantile[2][k],
    q75: quantile[3][k],
    q95: quantile[4][k],
  }));

/** Marks of one curve: 90 %, 50 %, median. */
function bands(rows, colour, stroke = 'none') {
  return [
    Plot.areaY(rows, {x: 't', y1: 'q05', y2: 'q95', fill: colour, fillOpacity: 0.16}),
    Plot.areaY(rows, {x: 't', y1: 'q25', y2: 'q75', fill: colour, fillOpacity: 0.28}),
    Plot.lineY(rows, {x: 't', y: 'q50', stroke: colour, strokeWidth: 2.4, strokeDasharray: stroke}),
  ];
}

const observedMarks = rows => [Plot.dot(rows, {x: 't', y: 'v', fill: '#fff', stroke: INK, strokeWidth: 1.4, r: 3.2})];

function labels(width, ends) {
  if (narrow(width)) return [];
  return [Plot.text(ends, {x: 't', y: 'at', text: 'text', fill: 'colour', textAnchor: 'start', dx: 7, fontWeight: 600})];
}

function startMarks(starts, time) {
  const seen = starts.filter(each => each.time != null && each.time >= time[0]);
  return [
    Plot.ruleX(seen, {x: 'time', stroke: '#B84A00', strokeDasharray: '4 3'}),
    Plot.text(seen, {
      x: 'time',
      frameAnchor: 'top',
      text: each => plain(each.name),
      dx: 5,
      dy: 2,
      textAnchor: 'start',
      fill: '#8A3800',
    }),
  ];
}

const tipWords = d =>
  `${d.name}, ${d.t}\nmedian ${count(d.q50)}\n50 % of runs ${range(d.q25, d.q75, count)}\n90 % of runs ${range(d.q05, d.q95, count)}${d.seen == null ? '' : `\nobserved ${count(d.seen)}`}`;

/** The chart; `single`: runs instead of bands. */
function drawCurves(result, rows, single, width) {
  const {time, policies} = result;
  const last = time.length - 1;
  const top = Math.max(...policies.map(each => Math.max(...each.quantile[4])), 1);
  const ends = apart(
    policies.map((each, p) => ({t: time[last], at: each.quantile[2][last], text: plain(each.name), colour: series(p)})),
    top * 0.06,
  );
  const runs = policies.flatMap((each, p) =>
    each.runs.flatMap((run, k) => run.map((v, i) => ({t: time[i], v, z: `${p}.${k}`, p}))),
  );
  const observed = policies.flatMap(each =>
    (each.observed_adopters ?? []).map((v, k) => ({t: time[k], v})).filter(each => each.v != null),
  );
  const tips = policies.flatMap((each, p) =>
    rows[p].map(row => ({...row, name: plain(each.name), seen: each.observed_adopters?.[time.indexOf(row.t)]})),
  );
  return Plot.plot(
    look(width, {
      height: narrow(width) ? 260 : 380,
      marginRight: narrow(width) ? 14 : 40 + 7.2 * Math.max(...policies.map(each => each.name.length)),
      x: years(width),
      y: {label: 'cities that have adopted', grid: true, zero: true, labelArrow: 'none', tickFormat: count},
      marks: [
        Plot.ruleY([0], {stroke: GRID}),
        ...(single
          ? [Plot.line(runs, {x: 't', y: 'v', z: 'z', stroke: d => series(d.p), strokeWidth: 0.8, strokeOpacity: 0.5})]
          : []),
        ...rows.flatMap((each, p) =>
          single ? [Plot.lineY(each, {x: 't', y: 'q50', stroke: series(p), strokeWidth: 2.4})] : bands(each, series(p), dash(p)),
        ),
        ...observedMarks(observed),
        ...startMarks(result.interventions, time),
        ...labels(width, ends),
        Plot.tip(
          tips,
          Plot.pointer({
            x: 't',
            y: 'q50',
            title: tipWords,
          }),
        ),
      ],
    }),
  );
}

/** Adopters of all policies of a result. */
export function scurves(result) {
  const {time, policies, file} = result;
  const last = time.length - 1;
  let single = false;
  const rows = policies.map(each => bandRows(time, each.quantile));
  const seen = policies.some(each => each.observed_adopters);
  const made = figure({
    name: `adopters-${result.key}`,
    title: 'How many cities have adopted',
    file,
    note: `${result.left ? 'Adopters at the end of each step, without those that have left. ' : ''}Line: the median run. Dark band: half of all runs. Light band: nine of ten runs.`,
    label:
      `Curves of adopters from ${time[0]} to ${time[last]}: ` +
      policies
        .map(
          each =>
            `${plain(each.name)} ends at ${range(each.quantile[0][last], each.quantile[4][last], count)} in nine of ten runs`,
        )
        .join('; '),
    variables: ['adopters', ...(seen ? ['observed_adopters'] : [])],
    draw: width => drawCurves(result, rows, single, width),
    controls: [
      toggle('Single runs', false, on => {
        single = on;
        made.redraw();
      }),
    ],
    legend: () => [
      ...(policies.length > 1 ? policies.map((each, p) => keyed(series(p), plain(each.name), 'line')) : []),
      ...(seen ? [keyed(INK, 'observed, of the cities that may adopt here', 'ring')] : []),
    ],
    data: () => ({
      head: ['policy', result.unit, 'q05', 'q25', 'median', 'q75', 'q95', 'observed'],
      rows: policies.flatMap((each, p) =>
        rows[p].map((row, k) => [
          each.name,
          row.t,
          row.q05,
          row.q25,
          row.q50,
          row.q75,
          row.q95,
          each.observed_adopters?.[k] ?? null,
        ]),
      ),
    }),
  });
  return made;
}

/** Like with like: simulated and observed adopters among the cities of which data tell. */
export function besideObserved(result, policy) {
  const {time, file} = result;
  const {told} = policy;
  const rows = bandRows(time, told.quantile);
  const seen = time.map((t, k) => ({t, v: told.observed[k]})).filter(each => each.v != null);
  const within = seen.filter(each => {
    const row = rows[time.indexOf(each.t)];
    return each.v >= row.q05 && each.v <= row.q95;
  }).length;
  return figure({
    name: `observed-${policy.name}-${result.key}`,
    title: `${plain(policy.name)}: does the model follow what happened?`,
    file,
    note: `Only the ${count(told.cities)} cities of which data tell, simulated and observed alike. The observed curve lies in the band of nine of ten runs in ${within} of ${seen.length} ${result.unit}s.`,
    label: `Simulated band and observed curve of ${plain(policy.name)}; observed lies in the band in ${within} of ${seen.length} ${result.unit}s`,
    variables: ['adoption_time', 'status_known', 'at_risk', 'observed_adoption_time'],
    draw: width =>
      Plot.plot(
        look(width, {
          height: narrow(width) ? 230 : 300,
          x: years(width),
          y: {label: 'cities that have adopted', grid: true, zero: true, labelArrow: 'none'},
          marks: [
            Plot.ruleY([0], {stroke: GRID}),
            ...bands(rows, BLUE),
            Plot.lineY(seen, {x: 't', y: 'v', stroke: INK, strokeWidth: 1}),
            ...observedMarks(seen),
          ],
        }),
      ),
    legend: () => [keyed(BLUE, 'simulated: median, 50 % and 90 % of runs'), keyed(INK, 'observed', 'ring')],
    data: () => ({
      head: [result.unit, 'q05', 'q25', 'median', 'q75', 'q95', 'observed'],
      rows: rows.map((row, k) => [row.t, row.q05, row.q25, row.q50, row.q75, row.q95, told.observed[k]]),
    }),
  });
}

/** Small multiples by the values of an attribute. */
export function groups(result, policy, grouping) {
  const {time, file} = result;
  const of = grouping.of.map(each => ({...each, rows: bandRows(time, each.quantile)}));
  return figure({
    name: `${grouping.variable}-${policy.name}-${result.key}`,
    title: `${plain(policy.name)} by ${plain(grouping.attribute)}`,
    file,
    note: 'Adopting cities in each group, on one scale.',
    label:
      `Adopters by ${plain(grouping.attribute)} at the end, nine of ten runs: ` +
      of.map(each => `${each.label} ${range(each.quantile[0].at(-1), each.quantile[4].at(-1), count)}`).join('; '),
    variables: [grouping.variable, ...(of.some(each => each.observed) ? [`observed_${grouping.variable}`] : [])],
    draw: width => {
      const rows = of.flatMap(each => each.rows.map(row => ({...row, g: each.label})));
      const seen = of.flatMap(each =>
        (each.observed ?? []).map((v, k) => ({t: time[k], v, g: each.label})).filter(each => each.v != null),
      );
      const columns = narrow(width) ? 2 : Math.min(of.length, 4);
      const at = new Map(of.map((each, k) => [each.label, k]));
      const cell = each => ({fx: d => at.get(d.g) % columns, fy: d => Math.floor(at.get(d.g) / columns), ...each});
      return Plot.plot(
        look(width, {
          height: 60 + Math.ceil(of.length / columns) * (narrow(width) ? 120 : 150),
          marginTop: 26,
          fx: {axis: null, padding: 0.12},
          fy: {axis: null, padding: 0.2},
          x: {label: null, tickFormat: 'd', ticks: 3},
          y: {label: null, grid: true, ticks: 4, zero: true},
          marks: [
            Plot.areaY(rows, cell({x: 't', y1: 'q05', y2: 'q95', fill: BLUE, fillOpacity: 0.18})),
            Plot.areaY(rows, cell({x: 't', y1: 'q25', y2: 'q75', fill: BLUE, fillOpacity: 0.28})),
            Plot.lineY(rows, cell({x: 't', y: 'q50', stroke: BLUE, strokeWidth: 2})),
            Plot.dot(seen, cell({x: 't', y: 'v', fill: '#fff', stroke: INK, r: 2})),
            Plot.text(of, {
              fx: d => at.get(d.label) % columns,
              fy: d => Math.floor(at.get(d.label) / columns),
              text: d => plain(d.label),
              frameAnchor: 'top-left',
              dy: -14,
              fontWeight: 600,
            }),
          ],
        }),
      );
    },
    legend: () => (of.some(each => each.observed) ? [keyed(INK, 'observed', 'ring')] : []),
    data: () => ({
      head: [grouping.attribute, result.unit, 'q05', 'q25', 'median', 'q75', 'q95', 'observed'],
      rows: of.flatMap(each =>
        each.rows.map((row, k) => [each.label, row.t, row.q05, row.q25, row.q50, row.q75, row.q95, each.observed?.[k] ?? null]),
      ),
    }),
  });
}

function drawArms({time, scenarios}, rows, width) {
  const last = time.length - 1;
  const top = Math.max(...rows.flat().map(each => each.high));
  const ends = apart(
    rows.map((each, s) => ({t: time[last], at: each[last].mean, text: each[last].name, colour: series(s)})),
    top * 0.06,
  );
  return Plot.plot(
    look(width, {
      height: narrow(width) ? 240 : 340,
      marginRight: narrow(width) ? 14 : 40 + 7.2 * Math.max(...scenarios.map(each => each.length)),
      x: years(width),
      y: {label: 'cities that have adopted', grid: true, zero: true, labelArrow: 'none'},
      marks: [
        Plot.ruleY([0], {stroke: GRID}),
        ...rows.flatMap((each, s) => [
          Plot.areaY(each, {x: 't', y1: 'low', y2: 'high', fill: series(s), fillOpacity: 0.14}),
          Plot.lineY(each, {x: 't', y: 'mean', stroke: series(s), strokeWidth: 2.2, strokeDasharray: dash(s)}),
        ]),
        ...labels(width, ends),
        Plot.tip(
          rows.flat(),
          Plot.pointer({
            x: 't',
            y: 'mean',
            title: d => `${d.name}, ${d.t}\nmean ${count(d.mean)}\n90 % of runs ${range(d.low, d.high, count)}`,
          }),
        ),
      ],
    }),
  );
}

/** Adopters of a policy under each scenario of a comparison: mean, and nine of ten runs. */
export function arms(comparison, p) {
  const {time, scenarios, file} = comparison;
  const last = time.length - 1;
  const rows = scenarios.map((name, s) =>
    time.map((t, k) => ({
      t,
      name,
      mean: comparison.arms[s][p].mean[k],
      low: comparison.arms[s][p].q05[k],
      high: comparison.arms[s][p].q95[k],
    })),
  );
  const name = comparison.policies[p];
  return figure({
    name: `arms-${name}-${comparison.key}`,
    title: `${plain(name)} under each scenario`,
    file,
    note: 'Line: mean of the runs. Band: nine of ten runs. Bands overlap though differences are clear: runs are compared one by one, on the same random numbers.',
    label:
      `Adopters of ${plain(name)} in ${time[last]}: ` +
      rows.map(each => `${each[last].name} ${count(each[last].mean)}`).join(', '),
    variables: ['adopters_mean', 'adopters_quantile'],
    draw: width => drawArms(comparison, rows, width),
    legend: () => scenarios.map((each, s) => keyed(series(s), each, 'line')),
    data: () => ({
      head: ['scenario', comparison.unit, 'mean', 'mean_low', 'mean_high', 'q05', 'median', 'q95'],
      rows: scenarios.flatMap((each, s) => {
        const arm = comparison.arms[s][p];
        return time.map((t, k) => [each, t, arm.mean[k], arm.low[k], arm.high[k], arm.q05[k], arm.q50[k], arm.q95[k]]);
      }),
    }),
  });
}

export {startMarks};

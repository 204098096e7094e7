// What a what-if changes: the difference over time, by group, and when shares of cities are reached.
import * as Plot from '@observablehq/plot';
import {startMarks} from './curves.js';
import {figure, keyed, look, narrow, years} from './figure.js';
import {BLUE, INK, RED, SOFT} from './palette.js';
import {num, pct, plain, range, signed} from './words.js';

function drawDifference(rows, whatIf, time, width) {
  const last = rows.length - 1;
  return Plot.plot(
    look(width, {
      height: narrow(width) ? 240 : 320,
      x: years(width),
      marginRight: narrow(width) ? 14 : 70,
      y: {label: 'difference in adopting cities', grid: true, tickFormat: signed, labelArrow: 'none', zero: true},
      marks: [
        Plot.areaY(rows, {x: 't', y1: 'q05', y2: 'q95', fill: BLUE, fillOpacity: 0.15}),
        Plot.areaY(rows, {x: 't', y1: 'low', y2: 'high', fill: BLUE, fillOpacity: 0.4}),
        Plot.lineY(rows, {x: 't', y: 'mean', stroke: BLUE, strokeWidth: 2.4}),
        Plot.ruleY([0], {stroke: INK, strokeWidth: 1.4}),
        ...startMarks(whatIf.starts, time),
        ...(narrow(width)
          ? []
          : [
              Plot.text([rows[last]], {
                x: 't',
                y: 'mean',
                text: r => signed(r.mean),
                textAnchor: 'start',
                dx: 7,
                fill: BLUE,
                fontWeight: 700,
                fontSize: 15,
              }),
            ]),
        Plot.tip(
          rows,
          Plot.pointerX({
            x: 't',
            y: 'mean',
            title: r =>
              `${r.t}\nmean ${signed(r.mean)} (95 %: ${range(r.low, r.high, signed)})\n90 % of pairs ${range(r.q05, r.q95, signed)}`,
          }),
        ),
      ],
    }),
  );
}

/** Additional adopters over time: mean with its interval, and nine of ten pairs of runs. */
export function overTime(comparison, whatIf, policy) {
  const {time, file} = comparison;
  const d = policy.difference;
  const last = time.length - 1;
  const rows = time.map((t, k) => ({
    t,
    mean: d.mean[k],
    low: d.low[k],
    high: d.high[k],
    q05: d.q05[k],
    q50: d.q50[k],
    q95: d.q95[k],
  }));
  return figure({
    name: `difference-${whatIf.name}-${policy.name}-${comparison.key}`,
    title: 'Additional adopters over time',
    file,
    note: 'With the change less without it, run by run on the same random numbers. Line: mean. Dark band: 95 % interval of the mean. Light band: nine of ten pairs of runs.',
    label: `Difference of adopters in ${time[last]}: mean ${signed(d.mean[last])}, nine of ten pairs ${range(d.q05[last], d.q95[last], signed)}`,
    variables: ['adopters_difference', 'adopters_difference_bound', 'adopters_difference_quantile'],
    draw: width => drawDifference(rows, whatIf, time, width),
    data: () => ({
      head: [comparison.unit, 'mean', 'mean_low', 'mean_high', 'q05', 'median', 'q95'],
      rows: rows.map(r => [r.t, r.mean, r.low, r.high, r.q05, r.q50, r.q95]),
    }),
  });
}

/** Intervals about a zero line, a row each. */
function intervalRows(rows, width, axis) {
  const left = Math.min(0.42 * width, 20 + 7 * Math.max(...rows.map(each => each.name.length)));
  return Plot.plot(
    look(width, {
      height: 56 + 24 * rows.length,
      marginLeft: left,
      marginRight: narrow(width) ? 70 : 120,
      marginBottom: 40,
      x: {
        label: axis,
        grid: true,
        tickFormat: signed,
        labelAnchor: 'center',
        labelArrow: 'none',
        zero: true,
        nice: true,
        ticks: narrow(width) ? 4 : 8,
      },
      y: {domain: rows.map(each => each.name), label: null, type: 'band', tickSize: 0},
      marks: [
        Plot.barX(rows, {
          x: 'mean',
          y: 'name',
          fill: r => (r.mean < 0 ? RED : BLUE),
          fillOpacity: 0.35,
          insetTop: 4,
          insetBottom: 4,
        }),
        Plot.ruleY(rows, {y: 'name', x1: 'low', x2: 'high', stroke: r => (r.mean < 0 ? RED : BLUE), strokeWidth: 2}),
        Plot.dot(rows, {x: 'mean', y: 'name', fill: r => (r.mean < 0 ? RED : BLUE), r: 3.6}),
        Plot.ruleX([0], {stroke: INK, strokeWidth: 1.4}),
        Plot.text(rows, {y: 'name', text: 'words', frameAnchor: 'right', textAnchor: 'start', dx: 8, fill: SOFT}),
      ],
    }),
  );
}

/** Adopters at the end by group. */
export function byGroup(comparison, whatIf, policy, attribute) {
  const rows = policy.groups
    .filter(each => each.attribute === attribute)
    .map(each => ({
      name: plain(each.label),
      mean: each.difference[0],
      low: each.difference[1],
      high: each.difference[2],
      cities: each.cities,
      without: each.without[0],
      words: `${num(each.without[0])} → ${num(each.without[0] + each.difference[0])}`,
    }))
    .sort((a, b) => b.mean - a.mean);
  return figure({
    name: `difference-by-${attribute}-${whatIf.name}-${policy.name}-${comparison.key}`,
    title: `Where: by ${plain(attribute)}`,
    file: comparison.file,
    note: `Additional adopters in ${comparison.time.at(-1)}, with the 95 % interval of the mean; on the right adopters without → with.`,
    label: `Additional adopters by ${plain(attribute)}: ` + rows.map(r => `${r.name} ${signed(r.mean)}`).join(', '),
    variables: [`adopters_by_${attribute}_difference`, `adopters_by_${attribute}_without`],
    draw: width => intervalRows(rows, width, 'additional adopters'),
    data: () => ({
      head: [attribute, 'cities', 'without', 'difference', 'difference_low', 'difference_high'],
      rows: rows.map(r => [r.name, r.cities, r.without, r.mean, r.low, r.high]),
    }),
  });
}

/** Who else might have been funded: followers of other choices of as many cities. */
export function rivals(comparison, whatIf, policy) {
  const of = policy.rivals;
  const random = of.random.map((v, k) => ({v, k})).filter(each => each.v != null);
  const named = [
    ['these cities', of.chosen],
    ['the best connected', of.best_connected],
    ['the most inclined', of.most_inclined],
  ]
    .filter(([, each]) => each[0] != null)
    .map(([name, each]) => ({name, v: each[0], low: each[1], high: each[2]}));
  return figure({
    name: `rivals-${whatIf.name}-${policy.name}-${comparison.key}`,
    title: 'Would funding others have led to more?',
    file: comparison.file,
    note: `Followers: cities that are not funded and adopt all the same. Dots: ${random.length} random choices of as many cities; these lead to more than ${pct(of.beaten)} of them.`,
    label:
      `Followers by who is funded: ` +
      named.map(each => `${each.name} ${num(each.v)}`).join(', ') +
      `; more than ${pct(of.beaten)} of random choices`,
    variables: ['rival_followers', 'rivals_beaten'],
    draw: width => {
      const names = [...named.map(each => each.name), ...(random.length ? ['random choices'] : [])];
      return Plot.plot(
        look(width, {
          height: 60 + 34 * names.length,
          marginLeft: 140,
          marginBottom: 40,
          marginRight: 30,
          x: {label: 'followers', grid: true, labelAnchor: 'center', labelArrow: 'none', zero: true, nice: true},
          y: {domain: names, label: null, type: 'band', tickSize: 0},
          marks: [
            Plot.ruleY(named, {y: 'name', x1: 'low', x2: 'high', stroke: BLUE, strokeWidth: 2}),
            Plot.dot(named, {x: 'v', y: 'name', fill: BLUE, r: 5, symbol: (_, k) => (k === 0 ? 'diamond' : 'circle')}),
            Plot.text(named, {x: 'high', y: 'name', text: each => num(each.v), textAnchor: 'start', dx: 8, fontWeight: 600}),
            Plot.dot(random, {x: 'v', y: () => 'random choices', fill: SOFT, fillOpacity: 0.4, r: 4}),
            Plot.ruleX([0], {stroke: INK}),
          ],
        }),
      );
    },
    legend: () => [keyed(BLUE, 'mean and its 95 % interval', 'line')],
    data: () => ({
      head: ['funded', 'followers', 'low', 'high'],
      rows: [
        ...named.map(each => [each.name, each.v, each.low, each.high]),
        ...random.map(each => [`random ${each.k}`, each.v, null, null]),
      ],
    }),
  });
}

export {intervalRows};

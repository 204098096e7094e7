// What moved cities: adoptions attributed to mechanisms, over time and in all; signed, so that what holds cities back is seen.
import * as Plot from '@observablehq/plot';
import {choice} from './dom.js';
import {figure, keyed, look, narrow, years} from './figure.js';
import {INK, SOFT, mechanismColours} from './palette.js';
import {mechanism, num, pct, plain, range, signed} from './words.js';

/** Mechanisms that ever press, those that press most first. */
function pressing(result, policy) {
  return result.mechanisms
    .map((name, k) => ({
      name,
      k,
      total: policy.attribution.total[k],
      low: policy.attribution.quantile[0][k],
      high: policy.attribution.quantile[4][k],
      size: policy.attribution.by_step[k].reduce((a, b) => a + Math.abs(b ?? 0), 0),
    }))
    .filter(each => each.size > 1e-9)
    .sort((a, b) => b.total - a.total);
}

/** Totals over all steps, as diverging bars. */
export function totals(result, policy) {
  const rows = pressing(result, policy).map(each => ({...each, words: mechanism(each.name)}));
  const all = policy.attribution.total.reduce((a, b) => a + b, 0);
  const colours = mechanismColours(result.mechanisms);
  return figure({
    name: `attribution-${policy.name}-${result.key}`,
    title: `What moved cities towards ${plain(policy.name)}`,
    file: result.file,
    note: 'Every adoption is shared out among what pressed for it; what holds cities back counts below zero. Bar: mean. Line: nine of ten runs.',
    label: 'Attributed adoptions in all: ' + rows.map(each => `${each.words} ${signed(each.total)}`).join(', '),
    variables: ['new_adoptions_by_mechanism_total'],
    draw: width => {
      const left = Math.min(0.45 * width, 16 + 7.2 * Math.max(...rows.map(each => each.words.length), 4));
      return Plot.plot(
        look(width, {
          height: 56 + 30 * rows.length,
          marginLeft: left,
          marginRight: narrow(width) ? 56 : 120,
          marginBottom: 40,
          x: {
            label: 'attributed adoptions',
            grid: true,
            tickFormat: num,
            labelAnchor: 'center',
            labelArrow: 'none',
            zero: true,
            nice: true,
            ticks: narrow(width) ? 4 : 8,
          },
          y: {domain: rows.map(each => each.words), label: null, tickSize: 0},
          marks: [
            Plot.barX(rows, {x: 'total', y: 'words', fill: each => colours.get(each.name), insetTop: 4, insetBottom: 4}),
            Plot.ruleY(rows, {y: 'words', x1: 'low', x2: 'high', stroke: INK, strokeWidth: 1.3}),
            Plot.ruleX([0], {stroke: INK, strokeWidth: 1.4}),
            Plot.text(rows, {
              y: 'words',
              frameAnchor: 'right',
              textAnchor: 'start',
              dx: 8,
              text: each => (narrow(width) ? num(each.total) : `${num(each.total)} (${pct(each.total / all)})`),
              fill: SOFT,
            }),
          ],
        }),
      );
    },
    data: () => ({
      head: ['mechanism', 'mean', 'q05', 'q95'],
      rows: rows.map(each => [each.name, each.total, each.low, each.high]),
    }),
  });
}

function drawSteps(result, {rows, order, colours, counted}, width) {
  const {time} = result;
  const rank = new Map(order.map((each, k) => [each.name, k]));
  return Plot.plot(
    look(width, {
      height: narrow(width) ? 240 : 320,
      x: {...years(width), type: 'band', ticks: time.filter(t => t % (time.length > 60 ? 20 : 5) === 0)},
      y: {
        label: counted ? `new adoptions in the ${result.unit}` : 'share',
        grid: true,
        labelArrow: 'none',
        tickFormat: counted ? num : pct,
      },
      marks: [
        Plot.barY(
          rows,
          Plot.stackY({
            x: 't',
            y: 'v',
            fill: each => colours.get(each.name),
            z: 'name',
            order: each => rank.get(each.name),
            insetLeft: 0.4,
            insetRight: 0.4,
          }),
        ),
        Plot.ruleY([0], {stroke: INK, strokeWidth: 1.4}),
      ],
    }),
  );
}

/** The same by step, stacked away from zero on both sides. */
export function overSteps(result, policy) {
  const {time} = result;
  const order = pressing(result, policy);
  const colours = mechanismColours(result.mechanisms);
  let shares = 'count';
  const rows = () =>
    order.flatMap(each =>
      time.map((t, k) => {
        const v = policy.attribution.by_step[each.k][k] ?? 0;
        const sum = order.reduce((a, other) => a + Math.abs(policy.attribution.by_step[other.k][k] ?? 0), 0);
        return {t, name: each.name, v: shares === 'count' ? v : sum > 0 ? v / sum : 0};
      }),
    );
  const made = figure({
    name: `attribution-by-${result.unit}-${policy.name}-${result.key}`,
    title: 'When each of them counted',
    file: result.file,
    note: `New adoptions of each ${result.unit} by what moved them, mean over runs.`,
    label:
      `New adoptions by mechanism and ${result.unit}, stacked: ` +
      order
        .map(
          each =>
            `${mechanism(each.name)} ${range(Math.min(...policy.attribution.by_step[each.k]), Math.max(...policy.attribution.by_step[each.k]))}`,
        )
        .join('; '),
    variables: ['new_adoptions_by_mechanism'],
    controls: [
      choice(
        'Show',
        [
          ['count', 'adoptions'],
          ['share', 'shares'],
        ],
        'count',
        value => {
          shares = value;
          made.redraw();
        },
      ),
    ],
    draw: width => drawSteps(result, {rows: rows(), order, colours, counted: shares === 'count'}, width),
    legend: () => order.map(each => keyed(colours.get(each.name), mechanism(each.name))),
    data: () => ({
      head: [result.unit, ...result.mechanisms],
      rows: time.map((t, k) => [t, ...policy.attribution.by_step.map(each => each[k])]),
    }),
  });
  return made;
}

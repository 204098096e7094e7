// Pairs of parameters: what two of them do together, beyond what each does alone.
import * as Plot from '@observablehq/plot';
import {figure, keyed, look, narrow} from './figure.js';
import {INK, changeRamp} from './palette.js';
import {num} from './words.js';

const LEAST = 0.1; // of the variance: the end of the colours where all pairs do less

/** Both halves of the matrix: a row for each ordered pair of different parameters. */
function cellsOf(sweep, pairs) {
  return pairs.flatMap(({inputs: [a, b], S2: [v, low, high]}) =>
    [
      [a, b],
      [b, a],
    ].map(([x, y]) => ({x: sweep.short.get(x), y: sweep.short.get(y), v, low, high, sure: low > 0 || high < 0})),
  );
}

function draw(width, names, cells, most) {
  const side = Math.max(...names.map(each => each.length));
  const left = Math.min(0.4 * width, 18 + 6.8 * side);
  const short = text => (narrow(width) && text.length > 14 ? `${text.slice(0, 13)}…` : text);
  const tone = each => (each.v == null ? 0.5 : 0.5 + each.v / (2 * most));
  return Plot.plot(
    look(width, {
      height: 70 + 46 * names.length + 4.8 * side,
      width: Math.min(width, left + 30 + 110 * names.length),
      marginLeft: left,
      marginBottom: 16 + 4.8 * side,
      marginRight: 20,
      x: {domain: names, label: null, tickSize: 0, tickRotate: -35, tickFormat: short},
      y: {domain: names, label: null, tickSize: 0, tickFormat: short},
      marks: [
        Plot.cell(cells, {x: 'x', y: 'y', fill: each => changeRamp(tone(each)), inset: 1}),
        Plot.text(cells, {
          x: 'x',
          y: 'y',
          text: each => num(each.v),
          fontWeight: each => (each.sure ? 700 : 400),
          fill: each => (Math.abs(tone(each) - 0.5) > 0.3 ? '#fff' : INK),
        }),
        Plot.tip(
          cells,
          Plot.pointer({
            x: 'x',
            y: 'y',
            title: each => `${each.x} × ${each.y}\n${num(each.v)}, ${num(each.low)} to ${num(each.high)}`,
          }),
        ),
      ],
    }),
  );
}

/** A heat map of second-order indices; nothing where the design has none. */
export function interactions(sweep, measure, name) {
  const pairs = measure.analysis.pairs ?? [];
  if (pairs.length === 0) return null;
  const names = sweep.inputs.map(each => sweep.short.get(each.path));
  const cells = cellsOf(sweep, pairs);
  const most = Math.max(LEAST, ...pairs.map(each => Math.abs(each.S2[0] ?? 0)));
  return figure({
    name: `interactions-${name}`,
    title: 'Which parameters act together',
    file: sweep.file,
    note: `Share of the variance that comes with two parameters together, beyond what each does alone: Sobol' indices of the second order (S2). In bold where the 95 % interval does not hold 0; below 0 is luck of the sample.`,
    label:
      'Interactions: ' +
      pairs.map(({inputs: [a, b], S2}) => `${sweep.short.get(a)} with ${sweep.short.get(b)} ${num(S2[0])}`).join('; '),
    variables: [`${measure.name}_each`, ...sweep.inputs.map(each => each.path)],
    draw: width => draw(width, names, cells, most),
    legend: () => [keyed(changeRamp(1), num(most)), keyed(changeRamp(0.5), '0'), keyed(changeRamp(0), num(-most))],
    data: () => ({
      head: ['parameter', 'with', 'S2', 'S2_low', 'S2_high'],
      rows: pairs.map(({inputs, S2}) => [...inputs, ...S2]),
    }),
  });
}

// Luck, precision and strengths: three kinds of uncertainty, each by itself.
import * as Plot from '@observablehq/plot';
import {el} from './dom.js';
import {figure, look, narrow} from './figure.js';
import {BLUE, INK, SOFT} from './palette.js';
import {count, label, num, pct, plain, range, signed} from './words.js';

const KINDS = ['luck', 'precision', 'strengths'];

function threeRows(policy, last) {
  const d = policy.difference;
  return [
    {kind: 'luck', low: d.q05[last], high: d.q95[last], mid: d.q50[last], words: 'nine of ten runs'},
    {kind: 'precision', low: d.low[last], high: d.high[last], mid: d.mean[last], words: '95 % interval of the mean'},
    ...(d.draws
      ? [
          {
            kind: 'strengths',
            low: d.draws.low,
            high: d.draws.high,
            mid: d.draws.median,
            words: 'nine of ten draws of the strengths',
          },
        ]
      : []),
  ].filter(each => each.low != null);
}

function drawKinds(rows, drawn, width) {
  return Plot.plot(
    look(width, {
      height: 170,
      marginLeft: narrow(width) ? 76 : 100,
      marginRight: narrow(width) ? 16 : 335,
      marginBottom: 38,
      x: {
        label: 'additional adopters',
        grid: true,
        zero: true,
        tickFormat: signed,
        labelAnchor: 'center',
        labelArrow: 'none',
        nice: true,
      },
      y: {domain: KINDS, label: null, type: 'band', tickSize: 0},
      marks: [
        Plot.ruleX([0], {stroke: INK, strokeWidth: 1.4}),
        Plot.ruleY(rows, {y: 'kind', x1: 'low', x2: 'high', stroke: BLUE, strokeWidth: 9, strokeOpacity: 0.45}),
        Plot.tickX(rows, {x: 'mid', y: 'kind', stroke: BLUE, strokeWidth: 2.5, insetTop: 8, insetBottom: 8}),
        ...(narrow(width)
          ? []
          : [
              Plot.text(rows, {
                y: 'kind',
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 10,
                text: each => `${range(each.low, each.high, signed)}: ${each.words}`,
                fill: SOFT,
              }),
            ]),
        ...(drawn
          ? []
          : [
              Plot.text(['strengths'], {
                y: d => d,
                x: 0,
                text: () => 'not told: taken as certain',
                textAnchor: 'start',
                dx: 8,
                fill: SOFT,
                fontStyle: 'italic',
              }),
            ]),
      ],
    }),
  );
}

function kindWords(comparison, policy) {
  const drawn = policy.difference.draws;
  return el(
    'dl',
    {class: 'kinds'},
    el('dt', {}, 'Luck'),
    el('dd', {}, 'The same programme can end differently: every decision has chance in it. More runs do not make this narrower.'),
    el('dt', {}, 'Precision'),
    el(
      'dd',
      {},
      `There are ${count(comparison.finished)} runs of each scenario and no more; four times as many would halve this.`,
      policy.variance_ratio ? ` Unpaired, ${num(policy.variance_ratio)} times as many would be needed to know as much.` : '',
    ),
    el('dt', {}, 'Strengths'),
    el(
      'dd',
      {},
      drawn
        ? `What data leave open of the model's strengths: ${count(comparison.draws)} draws, ${pct(drawn.share)} (± ${num(100 * 1.96 * drawn.share_error)}) of the variance of single runs. Better data would narrow it.`
        : comparison.strengths.replace(/\n/g, ' '),
    ),
    el('dt', {}, 'The model'),
    el('dd', {}, 'Whether the right mechanisms are in it at all is in none of these numbers.'),
  );
}

export function threeKinds(comparison, whatIf, policy) {
  const last = comparison.time.length - 1;
  const rows = threeRows(policy, last);
  const drawn = policy.difference.draws;
  return [
    figure({
      name: `sureness-${whatIf.name}-${policy.name}-${comparison.key}`,
      title: 'How sure is this? Three things, never mixed',
      file: comparison.file,
      note: `Additional adopters of ${plain(policy.name)} in ${label(comparison, comparison.time[last])}, with ${whatIf.name}.`,
      label:
        'Uncertainty of the difference: ' + rows.map(each => `${each.kind} ${range(each.low, each.high, signed)}`).join('; '),
      variables: ['adopters_difference_quantile', 'adopters_difference_bound', ...(drawn ? ['adopters_difference_draws'] : [])],
      draw: width => drawKinds(rows, drawn, width),
      data: () => ({
        head: ['kind', 'low', 'middle', 'high', 'what'],
        rows: rows.map(r => [r.kind, r.low, r.mid, r.high, r.words]),
      }),
    }),
    kindWords(comparison, policy),
  ];
}

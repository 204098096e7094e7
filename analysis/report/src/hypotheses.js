// Hypotheses of a fit beside one another: Akaike weights, and the table of criteria.
import * as Plot from '@observablehq/plot';
import {el, source, table} from './dom.js';
import {figure, look, narrow} from './figure.js';
import {BLUE, INK, SOFT} from './palette.js';
import {num, pct, plain} from './words.js';

const CLOSE = 2; // Burnham & Anderson 2002: models whose AIC is within 2 of the lowest have substantial support
const told = of => of.hypotheses.filter(each => each.failure === '');
const two = value => (value == null ? '–' : value.toFixed(2).replace('-', '−'));
const quoted = each => `“${plain(each.name)}”`;

/** Which hypothesis data speak for, in a sentence; null where none was fitted. */
export function hypothesisFinding(of) {
  if (!of.hypotheses) return null;
  const ranked = told(of);
  if (ranked.length === 0) return el('li', {}, 'No hypothesis could be fitted.');
  const [best, ...others] = ranked;
  const near = others.filter(each => each.aic_difference < CLOSE);
  return el(
    'li',
    {},
    el('strong', {}, `Of ${ranked.length} hypotheses data speak most for ${quoted(best)}: `),
    `Akaike weight ${pct(best.weight)}. `,
    near.length
      ? `They do not tell it apart from ${near.map(quoted).join(', ')} (AIC within ${CLOSE}).`
      : others.length
        ? `The next, ${quoted(others[0])}, has an AIC higher by ${num(others[0].aic_difference)}.`
        : '',
  );
}

function drawWeights(rows, width) {
  const names = rows.map(each => plain(each.name));
  return Plot.plot(
    look(width, {
      height: 62 + 32 * rows.length,
      marginLeft: Math.min(0.42 * width, 18 + 7.5 * Math.max(...names.map(each => each.length))),
      marginRight: narrow(width) ? 78 : 190,
      marginBottom: 40,
      x: {
        label: 'Akaike weight',
        domain: [0, 1],
        grid: true,
        tickFormat: pct,
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: narrow(width) ? 3 : 6,
      },
      y: {domain: names, label: null, tickSize: 0},
      marks: [
        Plot.ruleX([0], {stroke: INK}),
        Plot.barX(rows, {
          x: 'weight',
          y: each => plain(each.name),
          fill: BLUE,
          fillOpacity: each => (each.aic_difference < CLOSE ? 1 : 0.45),
          insetTop: 5,
          insetBottom: 5,
        }),
        Plot.text(rows, {
          x: 1,
          y: each => plain(each.name),
          textAnchor: 'start',
          dx: 8,
          fill: SOFT,
          text: each =>
            each.aic_difference === 0
              ? `${pct(each.weight)}${narrow(width) ? '' : ', lowest AIC'}`
              : `${pct(each.weight)}${narrow(width) ? '' : `, AIC + ${num(each.aic_difference)}`}`,
        }),
      ],
    }),
  );
}

const HEAD = [
  'hypothesis',
  'parameters',
  'log_likelihood',
  'aic',
  'aic_difference',
  'weight',
  'bic',
  'bic_difference',
  'against',
  'ratio',
  'ratio_degrees',
  'ratio_p',
  'left_out_log',
  'left_out_rank',
  'failure',
];

export function hypothesesFigure(fit, of) {
  const rows = told(of);
  if (rows.length === 0) return null;
  return figure({
    name: `hypotheses-${of.name}-${fit.key}`,
    title: `Which hypothesis explains ${plain(of.name)}`,
    file: fit.file,
    note: `Akaike weights: how much data speak for each hypothesis against the others here, on the same rows. Dark where the AIC is within ${CLOSE} of the lowest. A weight says nothing of hypotheses that are not in the list.`,
    label: 'Akaike weights: ' + rows.map(each => `${plain(each.name)} ${pct(each.weight)}`).join('; '),
    variables: ['ranked_name', 'ranked_weight', 'ranked_aic_difference'],
    draw: width => drawWeights(rows, width),
    data: () => ({
      head: HEAD,
      rows: of.hypotheses.map(each => [each.name, ...HEAD.slice(1).map(key => each[key])]),
    }),
  });
}

export function hypothesesTable(fit, of) {
  const validated = of.hypotheses.some(each => each.left_out_log != null);
  const ratio = each =>
    each.ratio == null
      ? '–'
      : `${two(each.ratio)} (${each.ratio_degrees} df), p ${each.ratio_p < 0.001 ? '< 0.001' : each.ratio_p.toFixed(3)}, against ${plain(each.against)}`;
  return [
    table(
      `Hypotheses about ${plain(of.name)}, on the same rows`,
      [
        'hypothesis',
        'parameters',
        'log likelihood',
        'AIC',
        'difference',
        'weight',
        'BIC',
        'likelihood ratio',
        ...(validated ? ['left-out log score', 'rank'] : []),
      ],
      of.hypotheses.map(each =>
        each.failure
          ? [
              plain(each.name),
              null,
              null,
              null,
              null,
              null,
              null,
              `not ranked: ${each.failure}`,
              ...(validated ? [null, null] : []),
            ]
          : [
              plain(each.name),
              each.parameters,
              two(each.log_likelihood),
              two(each.aic),
              two(each.aic_difference),
              each.weight.toFixed(3),
              two(each.bic),
              ratio(each),
              ...(validated ? [two(each.left_out_log), each.left_out_rank || null] : []),
            ],
      ),
      {numbers: [1, 2, 3, 4, 5, 6, ...(validated ? [8, 9] : [])]},
    ),
    source(fit.file, [
      'ranked_log_likelihood',
      'ranked_aic',
      'ranked_bic',
      'ranked_ratio',
      ...(validated ? ['ranked_left_out_log'] : []),
    ]),
  ];
}

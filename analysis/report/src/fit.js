// Estimates: each coefficient with its 95 % interval, and what the fit says of itself.
import * as Plot from '@observablehq/plot';
import {el, source, table} from './dom.js';
import {figure, look, narrow} from './figure.js';
import {BLUE, INK, SOFT} from './palette.js';
import {num, plain, range, signed} from './words.js';

const Z = 1.959963984540054;
const normalTail = z => {
  // two-sided p of a standard normal: Abramowitz & Stegun 1964, 26.2.17
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  return 2 * density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
};
/** Ends of the 95 % interval: of the particles of a posterior, else of the normal law. */
export const interval = each =>
  each.low == null ? [each.estimate - Z * each.error, each.estimate + Z * each.error] : [each.low, each.high];
/** A term as people read it; those of posteriors are paths. */
export const termName = (of, term) =>
  of.posterior
    ? term
        .replace(/^mechanisms\./, '')
        .split('.')
        .map(plain)
        .join(' › ')
    : plain(term);
const pOf = (of, each) => (of.posterior ? null : normalTail(each.estimate / each.error));
const fixed = value => value.toFixed(Math.abs(value) < 0.0995 ? 3 : 2).replace('-', '−');
const pWords = p => (p == null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3));

function drawCoefficients(drawn, link, width) {
  const names = drawn.map(each => each.name);
  const ratio = link === 'logit' ? 'odds' : 'hazard';
  return Plot.plot(
    look(width, {
      height: 60 + 34 * drawn.length,
      marginLeft: Math.min(0.42 * width, 18 + 7 * Math.max(...names.map(each => each.length))),
      marginRight: narrow(width) ? 20 : 215,
      marginBottom: 40,
      x: {
        label: narrow(width) ? 'coefficient' : 'coefficient: to the left fewer adoptions, to the right more',
        grid: true,
        tickFormat: signed,
        labelAnchor: 'center',
        labelArrow: 'none',
        zero: true,
        nice: true,
        ticks: narrow(width) ? 4 : 8,
      },
      y: {domain: names, label: null, tickSize: 0},
      marks: [
        Plot.ruleX([0], {stroke: INK, strokeWidth: 1.4}),
        Plot.ruleY(drawn, {y: 'name', x1: 'low', x2: 'high', stroke: BLUE, strokeWidth: 2.2}),
        Plot.dot(drawn, {
          x: 'estimate',
          y: 'name',
          r: 5,
          stroke: BLUE,
          strokeWidth: 2,
          fill: each => (each.filled ? BLUE : '#fff'),
        }),
        ...(narrow(width)
          ? []
          : [
              Plot.text(drawn, {
                y: 'name',
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 10,
                text: each =>
                  link === 'additive'
                    ? num(each.estimate)
                    : `${ratio} × ${num(Math.exp(each.estimate))} (${range(Math.exp(each.low), Math.exp(each.high))})`,
                fill: SOFT,
              }),
            ]),
      ],
    }),
  );
}

export function coefficients(fit, of) {
  const rows = of.coefficients.map(each => ({
    ...each,
    name: termName(of, each.term),
    filled: of.posterior || interval(each)[0] > 0 || interval(each)[1] < 0,
    low: interval(each)[0],
    high: interval(each)[1],
  }));
  const shown = rows.filter(each => each.term !== 'baseline');
  const drawn = shown.length > 0 ? shown : rows;
  return figure({
    name: `coefficients-${of.name}-${fit.key}`,
    title: `What moves cities towards ${plain(of.name)}: estimates`,
    file: fit.file,
    note: `Coefficients (link ${of.link}) with 95 % ${of.posterior ? 'of the posterior, from its particles' : 'intervals'}${of.posterior ? '.' : '; filled where the interval leaves 0 out.'}${shown.length < rows.length && shown.length ? ' The baseline stands in the table.' : ''}`,
    label: 'Coefficients: ' + drawn.map(each => `${each.name} ${num(each.estimate)} (${range(each.low, each.high)})`).join('; '),
    variables: ['estimate', of.posterior ? 'particle_value' : 'covariance', 'term'],
    draw: width => drawCoefficients(drawn, of.link, width),
    data: () => ({
      head: ['term', 'estimate', 'standard_error', 'low', 'high', 'z', 'p'],
      rows: rows.map(each => [
        each.term,
        each.estimate,
        each.error,
        each.low,
        each.high,
        of.posterior ? null : each.estimate / each.error,
        pOf(of, each),
      ]),
    }),
  });
}

export function fitTable(fit, of) {
  return [
    table(
      `Estimates of ${plain(of.name)}`,
      [
        'term',
        of.posterior ? 'median' : 'estimate',
        'standard error',
        of.posterior ? '95 % of the posterior' : '95 % interval',
        'p',
        'replaces',
      ],
      of.coefficients.map(each => [
        termName(of, each.term),
        fixed(each.estimate),
        fixed(each.error),
        range(...interval(each), fixed),
        pWords(pOf(of, each)),
        each.paths.join(', '),
      ]),
      {numbers: [1, 2, 3, 4]},
    ),
    source(fit.file, ['estimate', 'standard_error', 'replaced_path']),
  ];
}

const FACTS = {
  rows: 'city-steps at risk',
  events: 'adoptions',
  log_likelihood: 'log likelihood',
  null_log_likelihood: 'log likelihood of the baseline alone',
  aic: 'AIC',
  bic: 'BIC',
  clusters: 'clusters',
  penalty: 'penalty',
  information: 'information',
  rank: 'rank',
};
export function facts(fit, of) {
  const entries = Object.entries(of.facts).filter(([, value]) => value !== '' && value != null);
  if (entries.length === 0) return [];
  return [
    el(
      'dl',
      {},
      entries.flatMap(([name, value]) => [
        el('dt', {}, FACTS[name] ?? plain(name)),
        el('dd', {}, typeof value === 'number' ? (Number.isInteger(value) ? value.toLocaleString('en') : fixed(value)) : value),
      ]),
    ),
    source(
      fit.file,
      entries.map(([name]) => name),
    ),
  ];
}

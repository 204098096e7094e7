// How well a fit reproduces the observed history: envelopes of simulated histories, with the observed one in them.
import * as Plot from '@observablehq/plot';
import {el} from './dom.js';
import {figure, keyed, look, narrow, years} from './figure.js';
import {BLUE, INK, SOFT} from './palette.js';
import {count, num, plain, range} from './words.js';

const STATISTICS = {
  curve: 'adopters over time',
  curve_by_group: 'adopters over time by group',
  exposure: 'exposure at adoption',
  exposure_at_adoption: 'exposure at adoption',
  moran: 'how alike neighbours are (Moran’s I)',
  seniority: 'how long those observed had adopted',
};
const WITHIN = 0.05;
const LIGHT = 0.16,
  DARK = 0.34;

/** Policy and statistic of a part: "bike_share.curve". */
function partOf({name}) {
  const dot = name.indexOf('.');
  const [policy, statistic] = dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)];
  return {policy, words: STATISTICS[statistic] ?? plain(statistic)};
}
const pWords = p => (p == null ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3));
const outside = each => each.observed < each.lower || each.observed > each.upper;

/** In a sentence, whether histories from the fit look like the observed one; null without envelopes. */
export function goodnessFinding({goodness}) {
  if (!goodness) return null;
  const bad = goodness.parts.filter(each => each.p < WITHIN);
  const all = goodness.parts.length;
  const several = new Set(goodness.parts.map(each => partOf(each).policy)).size > 1;
  const list = parts => parts.map(each => partOf(each).words + (several ? ` (${plain(partOf(each).policy)})` : '')).join(', ');
  return el(
    'li',
    {},
    el('strong', {}, 'Does the model reproduce what happened? '),
    bad.length === 0
      ? `Of ${count(goodness.histories)} histories simulated from the estimates, nothing observed stands out (${all} ${all === 1 ? 'statistic' : 'statistics'}, simultaneous 95 % envelopes).`
      : `Not in all. What was observed lies outside of what ${count(goodness.histories)} histories simulated from the estimates come to in: ${list(bad)} (simultaneous 95 % envelopes; ${all - bad.length} of ${all} statistics hold it).`,
  );
}

function seriesOf(part) {
  const split = part.values.map(each => {
    const dot = each.name.lastIndexOf('.');
    return {...each, group: dot < 0 ? '' : each.name.slice(0, dot), t: Number(each.name.slice(dot + 1))};
  });
  return split.length > 1 && split.every(each => Number.isInteger(each.t)) ? split : null;
}

function envelopeMarks(rows, more) {
  return [
    Plot.areaY(rows, {x: 't', y1: 'lower', y2: 'upper', fill: BLUE, fillOpacity: LIGHT, ...more}),
    Plot.areaY(rows, {x: 't', y1: 'low', y2: 'high', fill: BLUE, fillOpacity: DARK, ...more}),
    Plot.lineY(rows, {x: 't', y: 'mean', stroke: BLUE, strokeWidth: 1.8, ...more}),
    Plot.dot(rows, {x: 't', y: 'observed', r: 3.2, stroke: INK, fill: each => (outside(each) ? INK : '#fff'), ...more}),
  ];
}

function drawSeries(rows, width) {
  const groups = [...new Set(rows.map(each => each.group))];
  if (groups.length === 1)
    return Plot.plot(
      look(width, {
        height: narrow(width) ? 260 : 320,
        x: years(width),
        y: {label: 'share of cities', grid: true, labelArrow: 'none', zero: true},
        marks: [Plot.ruleY([0], {stroke: INK}), ...envelopeMarks(rows, {})],
      }),
    );
  const columns = Math.min(groups.length, Math.max(1, Math.floor(width / 235)));
  const place = new Map(groups.map((each, k) => [each, [k % columns, Math.floor(k / columns)]]));
  const facet = {fx: each => place.get(each.group)[0], fy: each => place.get(each.group)[1]};
  const heads = groups.map(group => ({group}));
  return Plot.plot(
    look(width, {
      height: 40 + 150 * Math.ceil(groups.length / columns),
      marginTop: 12,
      x: {...years(width), ticks: 3},
      y: {label: null, grid: true, ticks: 3, zero: true},
      fx: {axis: null, padding: 0.12},
      fy: {axis: null, padding: 0.22},
      marks: [
        ...envelopeMarks(rows, facet),
        Plot.text(heads, {
          ...facet,
          text: each => plain(each.group.replace('.', ': ')),
          frameAnchor: 'top-left',
          dx: 4,
          dy: -13,
          fontWeight: 600,
        }),
      ],
    }),
  );
}

/** Numbers on scales of their own: where in its envelope each observed one lies. */
function drawRows(values, width) {
  const rows = values.map(each => {
    const span = each.upper - each.lower;
    const at = value => (span > 0 ? (value - each.lower) / span : value === each.lower ? 0.5 : value < each.lower ? -0.4 : 1.4);
    const to = value => Math.max(-0.45, Math.min(1.45, at(value)));
    return {...each, words: plain(each.name.replaceAll('.', ': ')), a: to(each.low), b: to(each.high), o: to(each.observed)};
  });
  const slim = narrow(width);
  return Plot.plot(
    look(width, {
      height: 66 + 30 * rows.length,
      marginLeft: Math.min(0.42 * width, 18 + 7 * Math.max(...rows.map(each => each.words.length))),
      marginRight: slim ? 16 : 300,
      marginBottom: 40,
      x: {
        domain: [-0.5, 1.5],
        ticks: [0, 1],
        tickFormat: each => (each === 0 ? 'lowest' : 'highest'),
        label: 'of what is simulated (95 %, all at once)',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: {domain: rows.map(each => each.words), label: null, tickSize: 0},
      marks: [
        Plot.barX(rows, {x1: 0, x2: 1, y: 'words', fill: BLUE, fillOpacity: LIGHT, insetTop: 6, insetBottom: 6}),
        Plot.barX(rows, {x1: 'a', x2: 'b', y: 'words', fill: BLUE, fillOpacity: DARK, insetTop: 6, insetBottom: 6}),
        Plot.dot(rows, {x: 'o', y: 'words', r: 4.5, stroke: INK, strokeWidth: 1.6, fill: each => (outside(each) ? INK : '#fff')}),
        ...(slim
          ? []
          : [
              Plot.text(rows, {
                y: 'words',
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 10,
                fill: SOFT,
                text: each => `observed ${num(each.observed)}; simulated ${range(each.lower, each.upper)}`,
              }),
            ]),
      ],
    }),
  );
}

export function goodnessFigure(fit, part) {
  const {policy, words} = partOf(part);
  const rows = seriesOf(part);
  const off = part.values.filter(outside).length;
  const colour = opacity => `color-mix(in srgb, ${BLUE} ${100 * opacity}%, white)`;
  return figure({
    name: `goodness-${part.name.replace(/[^A-Za-z0-9_-]+/g, '-')}-${fit.key}`,
    title: `${plain(policy)}: ${words}`,
    file: fit.file,
    note: `${part.p < WITHIN ? 'The observed history stands out' : 'The observed history does not stand out'}: p ${pWords(part.p)} over the whole of it; ${off === 0 ? 'no number lies' : `${off} of ${part.values.length} lie`} outside of the envelope. Filled dots do.`,
    label: `${words} of ${plain(policy)}: ${part.values.length} observed numbers in envelopes of ${count(fit.goodness.histories)} simulated histories, ${off} outside; p ${pWords(part.p)}`,
    variables: [
      'goodness_observed',
      'goodness_mean',
      'goodness_low',
      'goodness_high',
      'goodness_lower',
      'goodness_upper',
      'goodness_p',
    ],
    legend: () => [
      keyed(INK, 'observed', 'dot'),
      keyed(colour(DARK), '95 % of simulated histories, number by number'),
      keyed(colour(LIGHT), '95 %, all numbers at once'),
    ],
    draw: width => (rows ? drawSeries(rows, width) : drawRows(part.values, width)),
    data: () => ({
      head: ['number', 'observed', 'mean', 'low', 'high', 'lower', 'upper'],
      rows: part.values.map(each => [each.name, each.observed, each.mean, each.low, each.high, each.lower, each.upper]),
    }),
  });
}

/** The section: figures of all parts; null without envelopes. */
export function goodnessSection(fit) {
  const {goodness} = fit;
  if (!goodness || goodness.parts.length === 0) return null;
  return {
    title: 'Does it reproduce what happened',
    body: [
      el(
        'p',
        {},
        `${count(goodness.histories)} histories simulated from the estimates${goodness.failed ? ` (${count(goodness.failed)} failed, and are in no envelope)` : ''}, beside the one that was observed and fitted.`,
      ),
      goodness.parts.map(each => goodnessFigure(fit, each)),
    ],
  };
}

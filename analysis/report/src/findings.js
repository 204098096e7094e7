// Key findings: what a reader knows after five seconds, the uncertainty beside each number.
import {interval, termName} from './fit.js';
import {el, source} from './dom.js';
import {cities, count, label, mechanism, num, pct, plain, range, signed, upper, year} from './words.js';

/** A strip with the range of nine of ten runs, the middle marked, over an axis from `low` to `high`. */
function strip({low, high, q05, mid, q95, zero, extra = []}) {
  const at = value => `${((100 * (value - low)) / (high - low || 1)).toFixed(2)}%`;
  const span = (a, b) => `left:${at(a)};width:calc(${at(b)} - ${at(a)} + 2px)`;
  return el(
    'div',
    {class: 'strip', 'aria-hidden': 'true'},
    el('i', {class: 'range', style: span(q05, q95)}),
    zero && el('i', {class: 'zero', style: `left:${at(0)}`}),
    el('i', {class: 'mid', style: `left:${at(mid)}`}),
    extra.map(each => el('i', {class: 'seen', style: `left:${at(each)}`})),
    el('b', {style: 'left:0'}, zero && low < 0 ? signed(low) : count(low)),
    el('b', {style: 'right:0'}, zero ? signed(high) : count(high)),
  );
}

const hero = (big, words, below, from) =>
  el('div', {class: 'hero'}, el('p', {class: 'big'}, big), el('p', {class: 'words'}, words), below, from);

/** One policy of a result. */
function policyFinding(result, policy) {
  const last = result.time.length - 1;
  const [q05, , q50, , q95] = policy.quantile.map(each => each[last]);
  const all = result.cities.count;
  const end = label(result, result.time[last]);
  return hero(
    [range(q05, q95, count), el('span', {}, ` of ${count(all)} cities`)],
    [
      `have ${plain(policy.name)} by ${end} in nine of ten runs; the median run has `,
      el('strong', {}, count(q50)),
      ` (${pct(q50 / all)}).`,
    ],
    strip({low: 0, high: Math.max(q95 * 1.25, 1), q05, mid: q50, q95}),
    source(result.file, ['adopters']),
  );
}

/** In how many steps of those that are observed the observed number lies in the band of nine of ten runs. */
function bandWords({observed, quantile}) {
  const seen = [...observed.keys()].filter(k => observed[k] != null);
  return `${seen.filter(k => observed[k] >= quantile[0][k] && observed[k] <= quantile[4][k]).length} of ${seen.length}`;
}

function observedLine(result, policy) {
  const {told} = policy;
  if (!told) return null;
  const at = told.observed.findLastIndex(each => each != null);
  if (at < 0) return null;
  const [low, , , , high] = told.quantile.map(each => each[at]);
  const seen = told.observed[at];
  const verdict =
    seen < low ? 'fewer than the model expects' : seen > high ? 'more than the model expects' : 'within what the model expects';
  return el(
    'li',
    {},
    el('strong', {}, `${plain(policy.name)}, beside what happened: `),
    `among the ${count(told.cities)} cities of which data tell, ${range(low, high, count)} adopt by ${label(result, result.time[at])} in nine of ten runs; ${count(seen)} were observed, ${verdict}. Over the years the observed curve lies in that band in ${bandWords(told)}.`,
  );
}

function halfLine(result, policy) {
  const {half} = policy;
  if (half.reached === 0)
    return el(
      'li',
      {},
      el('strong', {}, `${plain(policy.name)}, half of all cities: `),
      `reached in none of ${count(result.finished)} runs by ${label(result, result.time.at(-1))}.`,
    );
  const missed = result.finished - half.reached;
  return el(
    'li',
    {},
    el('strong', {}, `${plain(policy.name)}, half of all cities: `),
    `reached ${range(half.low, half.high, year)} in nine of ten runs that come so far (median ${year(half.median)})`,
    missed ? `; not reached in ${count(missed)} of ${count(result.finished)} runs.` : '.',
  );
}

function causeLine(result, policy) {
  if (!policy.attribution) return null;
  const all = policy.attribution.total.reduce((a, b) => a + b, 0);
  if (!(all > 0)) return null;
  const order = result.mechanisms
    .map((name, k) => ({name, share: policy.attribution.total[k] / all}))
    .filter(each => each.name !== 'data' && each.share > 0)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3);
  if (order.length === 0) return null;
  return el(
    'li',
    {},
    el('strong', {}, `${plain(policy.name)}, what moved cities: `),
    order
      .map((each, k) => `${k ? (k === order.length - 1 ? ' and ' : ', ') : ''}${mechanism(each.name)} (${pct(each.share)})`)
      .join(''),
    ' weigh most among all adoptions.',
  );
}

/** Numbers at a glance; what follows stands beside one of them, below several. */
const besides = (heroes, ...lists) =>
  heroes.length === 1
    ? el('div', {class: 'glance'}, heroes, el('div', {}, lists))
    : [el('div', {class: 'heroes'}, heroes), lists];

export function resultFindings(result) {
  return [
    besides(
      result.policies.map(each => policyFinding(result, each)),
      el(
        'ul',
        {class: 'findings'},
        result.policies.flatMap(each => [observedLine(result, each), halfLine(result, each), causeLine(result, each)]),
      ),
    ),
    el(
      'p',
      {class: 'soft'},
      `These are ${count(result.finished)} runs of a model. Their spread is luck within it; what it assumes is not in these numbers.`,
    ),
  ];
}

/** "25 to 42 more cities"; both signs where there are both. */
function moreOrFewer(low, high) {
  if (low >= 0) return [range(low, high), el('span', {}, ' more cities')];
  if (high <= 0) return [range(-high, -low), el('span', {}, ' fewer cities')];
  return [range(low, high, signed), el('span', {}, ' cities')];
}

/** What a what-if does, and from when on. */
function startWords(whatIf) {
  const {starts} = whatIf;
  if (starts.length === 0 || starts.length > 2) return '';
  return ` (${starts.map(each => [plain(each.kind), each.time].filter(some => some != null && some !== '').join(' ')).join(', ')})`;
}

/** One what-if and policy. */
function differenceFinding(comparison, whatIf, policy) {
  const d = policy.difference;
  const last = comparison.time.length - 1;
  const [mean, q05, q95] = [d.mean[last], d.q05[last], d.q95[last]];
  const clear = d.low[last] > 0 || d.high[last] < 0;
  const low = Math.min(0, q05),
    high = Math.max(0, q95);
  const pad = 0.08 * (high - low || 1);
  return hero(
    moreOrFewer(q05, q95),
    [
      `have ${plain(policy.name)} by ${label(comparison, comparison.time[last])} with `,
      el('strong', {}, whatIf.name),
      startWords(whatIf),
      ', in nine of ten runs; on average ',
      el('strong', {}, signed(mean)),
      clear ? '.' : ': so little that runs do not tell it from none.',
      d.draws &&
        ` What data leave open of the strengths makes it ${range(d.draws.low, d.draws.high, signed)}, luck averaged out.`,
    ],
    strip({low: low < 0 ? low - pad : 0, high: high > 0 ? high + pad : 0, q05, mid: mean, q95, zero: true}),
    source(comparison.file, ['adopters_difference', 'adopters_difference_quantile']),
  );
}

function followerLines(policy) {
  if (policy.funded.length === 0) return [];
  const n = policy.funded.length;
  const lines = [
    el(
      'li',
      {},
      el('strong', {}, `${num(policy.followers[0])} followers: `),
      `cities that are not funded and adopt all the same (95 % interval of the mean ${range(policy.followers[1], policy.followers[2])}).`,
    ),
    el(
      'li',
      {},
      el('strong', {}, `${num(policy.deadweight[0])} of the ${cities(n)} funded `),
      `would have adopted anyway; ${num(policy.funded_difference[0])} more do.`,
    ),
  ];
  const rivals = policy.rivals;
  if (rivals && rivals.beaten != null && rivals.random.some(each => each != null))
    lines.push(
      el(
        'li',
        {},
        el('strong', {}, 'The choice matters: '),
        `these lead to more followers than ${pct(rivals.beaten)} of ${count(rivals.random.length)} random choices of as many cities.`,
      ),
    );
  return lines;
}

function costLine(comparison, whatIf, policy) {
  if (!whatIf.cost || policy.cost_per_adopter[0] == null) return null;
  const money = comparison.currency ? ` ${comparison.currency}` : '';
  const [mean, low, high] = policy.cost_per_adopter;
  return el(
    'li',
    {},
    el('strong', {}, `${count(mean)}${money} for each additional adopter`),
    low == null ? '.' : ` (95 % interval ${range(low, high, count)}).`,
  );
}

function gainedLine(numbers) {
  let more = 0,
    fewer = 0;
  for (let i = 0; i < numbers.with.length; ++i) {
    const change = numbers.with[i] - numbers.without[i];
    if (change > 0.05) ++more;
    if (change < -0.05) ++fewer;
  }
  return el(
    'li',
    {},
    el('strong', {}, `${cities(more)} gained, ${cities(fewer)} lost: `),
    'so many have a chance to adopt that is more than five points higher, and lower.',
  );
}

export function comparisonFindings(comparison) {
  const told = comparison.what_ifs.flatMap(whatIf => whatIf.policies.map(policy => ({whatIf, policy})));
  return [
    besides(
      told.map(each => differenceFinding(comparison, each.whatIf, each.policy)),
      told.map(({whatIf, policy}) =>
        el(
          'ul',
          {class: 'findings'},
          told.length > 1 && el('li', {class: 'lead'}, `${whatIf.name}, ${plain(policy.name)}`),
          followerLines(policy),
          policy.numbers && gainedLine(policy.numbers),
          costLine(comparison, whatIf, policy),
        ),
      ),
    ),
    el('p', {class: 'soft'}, comparison.strengths.replace(/\n/g, ' ')),
    el(
      'details',
      {},
      el('summary', {}, 'The findings in full sentences'),
      told.map(({policy}) => el('p', {}, policy.finding)),
    ),
  ];
}

const best = analysis => analysis.rows && [...analysis.rows].sort((a, b) => weight(b) - weight(a))[0];
/** How much an input matters, whatever the method. */
export function weight(row) {
  if (row.ST) return row.ST[0] ?? 0;
  if (row.mu_star != null) return row.mu_star;
  if (row.PRCC != null) return Math.abs(row.PRCC);
  return Math.abs(row.high ?? 0) + Math.abs(row.low ?? 0);
}

/** Whether a measure is a label of time. */
export const isLabel = measure => /^(time_to|peak_time)/.test(measure.name);

export function sweepFindings(sweep, words) {
  return [
    el(
      'ul',
      {class: 'findings'},
      sweep.measures.map(measure => {
        const {analysis} = measure;
        const values = measure.mean.filter(each => each != null);
        const word = isLabel(measure) ? year : num;
        const spread = values.length
          ? `between ${word(Math.min(...values))} and ${word(Math.max(...values))} over the points`
          : 'missing everywhere';
        const top = best(analysis);
        const how = !top
          ? ''
          : top.ST
            ? `: total Sobol’ index ${num(top.ST[0])} (95 % interval ${range(top.ST[1], top.ST[2])}), where 1 is all of the variance`
            : top.mu_star != null
              ? `: an elementary effect of ${num(top.mu_star)} on average`
              : top.PRCC != null
                ? `: partial rank correlation ${num(top.PRCC)}`
                : `: from ${signed(Math.min(top.low ?? 0, top.high ?? 0))} to ${signed(Math.max(top.low ?? 0, top.high ?? 0))}`;
        return el(
          'li',
          {},
          el('strong', {}, `${upper(words(measure))} `),
          `lies ${spread}`,
          top
            ? [', and hangs most on ', el('strong', {}, sweep.short.get(top.input)), how, '.']
            : `. ${analysis.why_not ? `No analysis: ${analysis.why_not}.` : ''}`,
        );
      }),
    ),
    el(
      'p',
      {class: 'soft'},
      `${count(sweep.points)} points, ${count(sweep.replicates)} runs each${sweep.failed ? `; ${count(sweep.failed)} runs failed` : ''}.`,
    ),
  ];
}

/** What a coefficient multiplies, at one unit of its term. */
function timesWords(fit, c) {
  const what = {logit: 'odds', cloglog: 'hazard'}[fit.link];
  return what ? `, the ${what} times ${num(Math.exp(c.estimate))} for each unit` : '';
}

/** Terms of a posterior: what is left of the priors, without a claim that something differs from 0. */
function posteriorFindings(fit, each) {
  return [
    fit.fits.length > 1 && el('h3', {}, plain(each.name)),
    el(
      'ul',
      {class: 'findings'},
      each.coefficients.map(c =>
        el(
          'li',
          {},
          el('strong', {}, `${termName(each, c.term)} lies in ${range(...interval(c))}: `),
          `95 % of the posterior; median ${num(c.estimate)}.`,
        ),
      ),
    ),
    el(
      'p',
      {class: 'soft'},
      'A posterior has no values where its priors have none: that it lies above 0 is a finding only where the prior reaches below. The scenario at the end of this page states the priors.',
    ),
  ];
}

export function fitFindings(fit) {
  return fit.fits.map(each => {
    if (each.posterior) return posteriorFindings(fit, each);
    const terms = each.coefficients.filter(c => c.term !== 'baseline');
    const clear = terms
      .filter(c => interval(c)[0] > 0 || interval(c)[1] < 0)
      .sort((a, b) => Math.abs(b.estimate / b.error) - Math.abs(a.estimate / a.error));
    const open = terms.filter(c => !clear.includes(c));
    return [
      fit.fits.length > 1 && el('h3', {}, plain(each.name)),
      el(
        'ul',
        {class: 'findings'},
        clear.map(c =>
          el(
            'li',
            {},
            el('strong', {}, `${plain(c.term)} goes with ${c.estimate > 0 ? 'more' : 'fewer'} adoptions: `),
            `${range(...interval(c))} (95 % interval; estimate ${num(c.estimate)})${timesWords(each, c)}.`,
          ),
        ),
        clear.length === 0 && el('li', {}, 'Data tell no term from 0.'),
        open.length > 0 &&
          el(
            'li',
            {},
            el('strong', {}, 'Left open by the data: '),
            `${open.map(c => plain(c.term)).join(', ')}. Their intervals hold 0, which does not say that they are 0.`,
          ),
      ),
    ];
  });
}

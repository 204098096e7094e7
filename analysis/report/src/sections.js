// The sections that each kind of file has.
import {resultCity, comparisonCity} from './city.js';
import {Atlas} from './atlas.js';
import {changesMap, followingTable} from './changes_map.js';
import {arms, besideObserved, groups, scurves} from './curves.js';
import {byGroup, overTime, rivals} from './differences.js';
import {choice, el, policyChoice, source, table} from './dom.js';
import {coefficients, facts, fitTable} from './fit.js';
import {goodnessFinding, goodnessSection} from './goodness.js';
import {hypothesesFigure, hypothesesTable, hypothesisFinding} from './hypotheses.js';
import {statisticCity} from './statistic_city.js';
import {statisticFindings, statisticsOf} from './statistics.js';
import {comparisonFindings, fitFindings, resultFindings, sweepFindings} from './findings.js';
import {namedCities} from './people.js';
import {overSteps, totals} from './attribution.js';
import {stepSeries} from './series.js';
import {threeKinds} from './sureness.js';
import {interactions} from './interactions.js';
import {decisive, measureWords, nameOf, noise, surface} from './sweep.js';
import {citySearch} from './search.js';
import {num, plain, upper} from './words.js';

/** A place for a city's page; `show(element)` fills it and leads there. */
function cityPlace(hint) {
  const place = el('div', {class: 'cityplace'}, el('p', {class: 'soft'}, hint));
  const show = element => {
    place.replaceChildren(element);
    element.querySelector('h3').focus({preventScroll: true});
    element.scrollIntoView({
      block: 'nearest',
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
    });
  };
  return {place, show};
}

function interventionTable(result) {
  if (result.interventions.length === 0) return null;
  return [
    table(
      'What was done, and what became of it',
      ['name', 'what', 'policy', 'from', 'until', 'seeded', 'failed', 'had adopted'],
      result.interventions.map(each => [
        plain(each.name),
        plain(each.kind),
        plain(each.policy ?? '–'),
        each.time,
        each.until,
        ...(each.seeds ?? [null, null, null]).slice(0, 3).map(num),
      ]),
      {numbers: [3, 4, 5, 6, 7]},
    ),
    source(result.file, ['intervention', 'intervention_kind', 'seeds']),
  ];
}

function attributionSection(result, policies) {
  const told = each => each.attribution && each.attribution.total.some(v => Math.abs(v) > 1e-9);
  if (!policies.some(told)) return null;
  const box = el('div', {class: 'pair'});
  const show = p => {
    const charts = told(policies[p]) ? [totals(result, policies[p]), overSteps(result, policies[p])] : [];
    box.replaceChildren(...charts, charts.length ? '' : `Nobody adopts ${plain(policies[p].name)}.`);
    for (const each of charts) each.redraw();
  };
  queueMicrotask(() => show(0));
  return {
    title: 'What moved cities',
    body: [
      policies.length > 1 &&
        el(
          'div',
          {class: 'controls'},
          policyChoice(
            result,
            policies.map(each => plain(each.name)),
            show,
          ),
        ),
      box,
    ],
  };
}

function mapSection(result) {
  if (!result.cities.listed || !result.policies.some(each => each.numbers)) return null;
  if (!result.cities.lat?.some(each => each != null)) {
    const {place, show} = cityPlace('Find a city by its name, or id, for its own page.');
    return {title: 'Single cities', body: [citySearch(result.names, city => show(resultCity(result, city))), place]};
  }
  const {place, show} = cityPlace('Choose a city on the map, or find it by its name, for its own page.');
  const atlas = new Atlas(result, city => {
    atlas.map.choose(city);
    show(resultCity(result, city));
  });
  return {
    title: 'Where and when',
    body: [
      atlas.element,
      el(
        'p',
        {class: 'soft'},
        'Who follows whom is not in the file of one run. Comparisons have it, as arcs on their map: ',
        el('code', {}, 'hansa compare SCENARIO WHATIF'),
        ', where the what-if seeds cities.',
      ),
      place,
    ],
    atlas,
  };
}

/** What the series by step are about. */
function seriesTitle(result) {
  const about = {
    population_covered: 'people',
    members: 'members',
    pledges: 'members',
    pledged_adoptions: 'members',
    tie_count: 'ties',
    tie_strength: 'ties',
    ties_used: 'ties',
  };
  return upper(
    [...new Set(result.series.filter(each => each.of.length).map(each => about[each.variable] ?? 'costs'))].join(', '),
  );
}

export function resultSections(result) {
  const grouped = result.policies.flatMap(policy => policy.groups.map(each => groups(result, policy, each)));
  const seen = result.policies.filter(each => each.told).map(each => besideObserved(result, each));
  return [
    {title: 'Key findings', body: resultFindings(result)},
    {title: 'How fast it spreads', body: [scurves(result), ...seen]},
    mapSection(result),
    grouped.length > 0 && {title: 'By group', body: grouped},
    attributionSection(result, result.policies),
    result.series.some(each => each.of.length) && {
      title: seriesTitle(result),
      body: result.series.filter(each => each.of.length).map(each => stepSeries(result, each)),
    },
    result.interventions.length > 0 && {title: 'Interventions', body: interventionTable(result)},
  ].filter(Boolean);
}

/** What one what-if changes for one policy. */
function whatIfSections(comparison, whatIf, policy) {
  const {place, show} = cityPlace('Choose a city, on the map or by its name, for its own page.');
  const pick = city => {
    changes?.map.choose(city);
    show(comparisonCity(comparison, whatIf, policy, city));
  };
  const located = comparison.cities.lat?.some(each => each != null);
  const changes = located && policy.numbers ? changesMap(comparison, whatIf, policy, pick) : null;
  const attributes = [...new Set(policy.groups.map(each => each.attribute))];
  const told = policy.difference.mean.some(v => v != null && v !== 0);
  const many = comparison.what_ifs.length * comparison.policies.length > 1;
  const title = many ? `${whatIf.name}${comparison.policies.length > 1 ? `: ${plain(policy.name)}` : ''}` : 'What changes';
  if (!told)
    return {
      title,
      body: [
        el('p', {}, `Nothing changes for ${plain(policy.name)}: the difference is 0 in every step.`),
        source(comparison.file, ['adopters_difference']),
      ],
    };
  return {
    title,
    body: [
      policy.numbers
        ? namedCities(comparison, whatIf, policy, pick)
        : el('p', {class: 'soft'}, 'Single cities of this what-if are in the file only: the page would be too large.'),
      overTime(comparison, whatIf, policy),
      changes?.element,
      policy.numbers && place,
      policy.rivals && policy.rivals.chosen[0] != null && rivals(comparison, whatIf, policy),
      followingTable(comparison, policy, table),
      policy.funded.length > 0 && policy.reruns && el('p', {class: 'soft'}, policy.reruns),
      el(
        'div',
        {class: 'pair'},
        attributes.map(each => byGroup(comparison, whatIf, policy, each)),
      ),
      threeKinds(comparison, whatIf, policy),
    ],
  };
}

export function comparisonSections(comparison) {
  return [
    {title: 'Key findings', body: comparisonFindings(comparison)},
    ...comparison.what_ifs.flatMap(whatIf => whatIf.policies.map(policy => whatIfSections(comparison, whatIf, policy))),
    {title: 'The curves behind it', body: comparison.policies.map((_, p) => arms(comparison, p))},
  ];
}

export function sweepSections(sweep) {
  const label = measure => measureWords(sweep, measure);
  const box = el('div', {});
  const show = k => {
    const measure = sweep.measures[k];
    const pairs = interactions(sweep, measure, nameOf(sweep, measure));
    const charts = [decisive(sweep, measure), pairs, noise(sweep, measure), surface(sweep, measure)].filter(Boolean);
    box.replaceChildren(...charts, ...(measure.analysis.warnings ?? []).map(each => el('p', {class: 'warn'}, `${upper(each)}.`)));
    for (const each of charts) each.redraw?.();
  };
  if (sweep.measures.length) queueMicrotask(() => show(0));
  return [
    {title: 'Key findings', body: sweepFindings(sweep, label)},
    sweep.measures.length > 0 && {
      title: 'What the measure hangs on',
      body: [
        el(
          'div',
          {class: 'controls'},
          choice(
            'Measure',
            sweep.measures.map((each, k) => [k, label(each)]),
            0,
            value => show(Number(value)),
          ),
        ),
        box,
        sweep.others.length > 0 &&
          el('p', {class: 'soft'}, `Measures by group, mechanism or step are in the file only: ${sweep.others.join(', ')}.`),
      ],
    },
  ].filter(Boolean);
}

function hypothesesSection(fit) {
  const compared = fit.fits.filter(each => each.hypotheses);
  if (compared.length === 0) return null;
  return {
    title: 'Hypotheses',
    body: [
      compared.map(each => [hypothesesFigure(fit, each), hypothesesTable(fit, each)]),
      fit.notes.map(each => el('p', {class: 'soft'}, `Note: ${each}.`)),
    ],
  };
}

/** What a fit's file has not, and which command gives it. */
function fitHints(fit) {
  if (fit.fits.some(each => each.posterior)) return null;
  const missing = [
    fit.fits.every(each => !each.hypotheses) && 'hypotheses beside one another: hansa fit SCENARIO --compare -o FILE',
    !fit.goodness && 'how well histories from the fit look like the observed one: hansa fit SCENARIO --goodness 500 -o FILE',
  ].filter(Boolean);
  return missing.length > 0 && el('p', {class: 'soft'}, `Not in this file: ${missing.join('; ')}.`);
}

/** Variables that the findings of a fit are read from. */
const foundIn = fit => [
  'estimate',
  fit.fits.some(each => each.posterior) ? 'particle_value' : 'covariance',
  ...(fit.fits.some(each => each.hypotheses) ? ['ranked_weight', 'ranked_aic_difference'] : []),
  ...(fit.goodness ? ['goodness_p'] : []),
];

export function fitSections(fit) {
  const judged = [...fit.fits.map(hypothesisFinding), goodnessFinding(fit)].filter(Boolean);
  return [
    {
      title: 'Key findings',
      body: [
        fitFindings(fit),
        judged.length > 0 && el('ul', {class: 'findings'}, judged),
        source(fit.file, foundIn(fit)),
        fitHints(fit),
      ],
    },
    ...fit.fits.map(each => ({
      title: `Estimates: ${plain(each.name)}`,
      body: [coefficients(fit, each), fitTable(fit, each), facts(fit, each)],
    })),
    hypothesesSection(fit),
    goodnessSection(fit),
  ].filter(Boolean);
}

/** Statistics of the policy that is chosen: figures anew with each choice. */
function chosenStatistics(file, title, of) {
  if (file.policies.every((_, p) => of(p).length === 0)) return null;
  const box = el('div', {});
  const show = p => {
    const made = of(p);
    box.replaceChildren(...(made.length ? made.flat() : [`Nothing is known of ${plain(file.policies[p])}.`]));
    for (const each of made.flat()) each.redraw?.();
  };
  queueMicrotask(() => show(0));
  const names = file.policies.map(plain);
  return {title, body: [names.length > 1 && el('div', {class: 'controls'}, policyChoice(file, names, show)), box]};
}

export function statisticsSections(file) {
  const {place, show} = cityPlace('Find a city by its name, or id, for its own statistics.');
  return [
    {
      title: 'Key findings',
      body: [
        file.policies.map((policy, p) => [
          file.policies.length > 1 && el('h3', {}, plain(policy)),
          el('ul', {class: 'findings'}, statisticFindings(file, p)),
        ]),
        source(
          file.file,
          file.statistics
            .filter(each => ['survival', 'moran', 'threshold'].includes(each.kind) || each.name.endsWith('_hazard'))
            .filter(each => !/_(at_risk|events|cumulative_hazard|refused|sd)$/.test(each.name))
            .map(each => each.name),
        ),
        el(
          'p',
          {class: 'soft'},
          'These statistics describe who adopted when, and who is connected with whom. They do not tell contagion from common causes: hansa fit estimates both at once.',
        ),
        file.left_out.length > 0 &&
          el('p', {class: 'soft'}, `In the file only, since the page would be too large: ${file.left_out.join(', ')}.`),
      ],
    },
    chosenStatistics(file, 'Over time', p => statisticsOf(file, p).time),
    chosenStatistics(file, 'Who adopts when', p => statisticsOf(file, p).who),
    chosenStatistics(file, 'In numbers', p => statisticsOf(file, p).tables),
    file.statistics.some(each => each.by_city) && {
      title: 'Single cities',
      body: [citySearch(file.names, city => show(statisticCity(file, city))), place],
    },
  ].filter(Boolean);
}

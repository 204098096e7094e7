// A city's own page: who it is, when it adopts, what moved it, what it expects, and who moves it or follows it.
import * as Plot from '@observablehq/plot';
import {el, source, table} from './dom.js';
import {figure, keyed, look, narrow, years} from './figure.js';
import {BLUE, GRID, INK, dash, mechanismColours, series} from './palette.js';
import {slope} from './people.js';
import {cityExposures} from './statistic_city.js';
import {count, mechanism, num, pct, plain, signed, upper} from './words.js';

function who(file, city) {
  const {cities} = file;
  const facts = [
    cities.country?.[city],
    cities.region?.[city],
    cities.population?.[city] != null && `${count(cities.population[city])} people`,
  ]
    .filter(Boolean)
    .join(' · ');
  return [el('h3', {tabindex: '-1'}, file.names[city]), facts && el('p', {class: 'soft'}, facts)];
}

function chances(result, city) {
  const {time, finished} = result;
  const n = result.cities.count;
  const rows = result.policies.flatMap((each, p) =>
    time.map((t, k) => ({t, p, name: plain(each.name), v: each.numbers[k * n + city] / finished})),
  );
  const seen = result.policies
    .map((each, p) => ({p, t: each.observed_adoption_time?.[city]}))
    .filter(each => each.t != null && each.t >= time[0]);
  return figure({
    name: `city-${result.key}`,
    title: 'Chance to have adopted',
    file: result.file,
    note: 'Share of runs in which the city has adopted by then.' + (seen.length ? ' Ring: when it was observed to.' : ''),
    label:
      `Chance of ${result.names[city]} to have adopted by ${time.at(-1)}: ` +
      result.policies.map(each => `${plain(each.name)} ${pct(each.numbers[(time.length - 1) * n + city] / finished)}`).join(', '),
    variables: ['adoption_time', ...(seen.length ? ['observed_adoption_time'] : [])],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 220,
          x: years(width),
          y: {label: 'share of runs', domain: [0, 1], grid: true, tickFormat: pct, labelArrow: 'none'},
          marks: [
            Plot.ruleY([0], {stroke: GRID}),
            ...result.policies.map((_, p) =>
              Plot.lineY(
                rows.filter(each => each.p === p),
                {x: 't', y: 'v', stroke: series(p), strokeWidth: 2.4, strokeDasharray: dash(p)},
              ),
            ),
            Plot.dot(seen, {x: 't', y: 0, stroke: INK, fill: '#fff', r: 5}),
            Plot.ruleX(seen, {x: 't', stroke: INK, strokeDasharray: '2 3'}),
            Plot.text(seen, {x: 't', y: 1, text: each => `observed ${each.t}`, dx: 6, dy: 6, textAnchor: 'start'}),
          ],
        }),
      ),
    legend: () =>
      result.policies.length > 1 ? result.policies.map((each, p) => keyed(series(p), plain(each.name), 'line')) : [],
    data: () => ({head: ['policy', result.unit, 'share_of_runs'], rows: rows.map(each => [each.name, each.t, each.v])}),
  });
}

function causes(result, policy, city) {
  if (!policy.causeCounts) return null;
  const m = result.mechanisms.length;
  const rows = result.mechanisms
    .map((name, k) => ({name, v: policy.causeCounts[city * m + k]}))
    .filter(each => each.v > 0)
    .sort((a, b) => b.v - a.v);
  if (rows.length === 0) return el('p', {class: 'soft'}, `In no run it adopts ${plain(policy.name)} within the steps.`);
  const colours = mechanismColours(result.mechanisms);
  const top = rows[0].v;
  return el(
    'div',
    {},
    el('h4', {}, `What mattered for ${plain(policy.name)}`),
    el(
      'ul',
      {class: 'bars'},
      rows.map(each =>
        el(
          'li',
          {},
          el('span', {}, mechanism(each.name)),
          el('i', {style: `width:${(55 * each.v) / top}%;background:${colours.get(each.name)}`, 'aria-hidden': 'true'}),
          el('b', {}, `${count(each.v)} runs`),
        ),
      ),
    ),
    el('p', {class: 'soft'}, 'Runs in which this had the largest share of its adoption.'),
    source(result.file, ['event_city', 'event_mechanism']),
  );
}

function beliefs(result, policy, city) {
  if (!policy.beliefMeans) return null;
  const n = result.cities.count;
  const rows = result.time.map((t, k) => ({t, v: policy.beliefMeans[k * n + city]})).filter(each => !Number.isNaN(each.v));
  if (rows.length === 0) return null;
  return figure({
    name: `beliefs-${policy.name}-${result.key}`,
    title: `What it expects of ${plain(policy.name)}`,
    file: result.file,
    note: 'Expected performance, mean over runs.',
    label: `Belief about ${plain(policy.name)} ends at ${num(rows.at(-1).v)}`,
    variables: ['belief_mean'],
    draw: width =>
      Plot.plot(
        look(width, {
          height: 190,
          x: years(width),
          y: {label: 'expected performance', grid: true, labelArrow: 'none'},
          marks: [Plot.ruleY([0], {stroke: INK}), Plot.lineY(rows, {x: 't', y: 'v', stroke: BLUE, strokeWidth: 2})],
        }),
      ),
    data: () => ({head: [result.unit, 'belief_mean'], rows: rows.map(each => [each.t, each.v])}),
  });
}

/** What of this city the file has not, and which command gives it. */
function hints(result, exposed) {
  const learns = /^\s*learning:/m.test(result.scenario);
  const missing = [
    result.policies.every(each => !each.causeCounts) && ['what mattered for it', 'hansa run … --set output.events=true'],
    learns && result.policies.every(each => !each.beliefMeans) && ['what it believes', 'hansa run … --set output.beliefs=true'],
    !exposed && [
      'how many of those it observes have adopted',
      'an entry of the kind exposure in the section stats, hansa stats SCENARIO --histories RESULT.h5 -o STATS.h5, and hansa report RESULT.h5 STATS.h5',
    ],
    ['whom it moves, and who moves it', 'a what-if that seeds it, and hansa compare SCENARIO WHATIF'],
  ].filter(Boolean);
  return el(
    'details',
    {},
    el('summary', {}, 'What this file does not tell of it, and what would'),
    el(
      'ul',
      {},
      missing.map(([what, how]) => el('li', {}, el('strong', {}, `${upper(what)}: `), `${how}.`)),
    ),
  );
}

export function resultCity(result, city) {
  const exposed = (result.exposures ?? []).map(each => cityExposures(each.file, each.position[city])).filter(Boolean);
  const charts = [chances(result, city), ...result.policies.map(each => beliefs(result, each, city)), ...exposed].filter(Boolean);
  const made = el(
    'div',
    {class: 'card city'},
    who(result, city),
    charts,
    result.policies.map(each => causes(result, each, city)),
    hints(result, exposed.length > 0),
  );
  for (const each of charts) requestAnimationFrame(each.redraw);
  return made;
}

export function comparisonCity(comparison, whatIf, policy, city) {
  const {numbers, following} = policy;
  const name = i => comparison.names[i];
  const flows = following?.flows ?? [];
  const from = flows.filter(([group, to]) => to === city).slice(0, 8);
  const group = following?.groups.findIndex(each => each.city === city) ?? -1;
  const to = group < 0 ? [] : flows.filter(([g]) => g === group).slice(0, 12);
  return el(
    'div',
    {class: 'card city'},
    who(comparison, city),
    el(
      'p',
      {class: 'chances'},
      `Chance to have ${plain(policy.name)} by ${comparison.time.at(-1)}: ${pct(numbers.without[city])} → `,
      el('strong', {}, pct(numbers.with[city])),
      slope(numbers.without[city], numbers.with[city]),
    ),
    el(
      'dl',
      {},
      el('dt', {}, 'earlier'),
      el('dd', {}, `in ${pct(numbers.earlier[city])} of pairs of runs; later in ${pct(numbers.later[city])}`),
      el('dt', {}, `only with ${whatIf.name}`),
      el('dd', {}, `in ${pct(numbers.only_with[city])} of pairs; only without in ${pct(numbers.only_without[city])}`),
      el('dt', {}, `${comparison.unit}s gained`),
      el('dd', {}, signed(numbers.steps_gained[city])),
    ),
    policy.funded.includes(city) &&
      el(
        'p',
        {},
        el('strong', {}, 'Funded.'),
        group >= 0 ? ` Alone it leads to ${num(following.groups[group].alone[0])} followers.` : '',
      ),
    to.length > 0 &&
      table(
        `Who follows ${name(city)}`,
        ['city', 'share of runs changed'],
        to.map(([, i, share]) => [name(i), pct(share)]),
        {numbers: [1]},
      ),
    from.length > 0 &&
      table(
        `Whom ${name(city)} follows`,
        ['funded city', 'share of runs changed'],
        from.map(([g, , share]) => [following.groups[g].name, pct(share)]),
        {numbers: [1]},
      ),
    source(comparison.file, [
      'adoption_chance',
      'earlier',
      'only_with',
      'steps_gained',
      ...(flows.length ? ['changed_alone'] : []),
    ]),
  );
}

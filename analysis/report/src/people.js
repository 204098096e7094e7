// Cities by name: who is funded on the left, who follows on the right, with the chance before and after.
import {el, source} from './dom.js';
import {label, pct, plain, signed} from './words.js';

const MOST = 12;

/** A chance before and after, as a bar from one to the other. */
export function slope(before, after) {
  const [a, b] = [Math.min(before, after), Math.max(before, after)];
  return el(
    'span',
    {class: `slope ${after < before ? 'less' : 'more'}`, 'aria-hidden': 'true'},
    el('i', {style: `left:${100 * a}%;width:${100 * (b - a)}%`}),
    el('b', {style: `left:${100 * after}%`}),
  );
}

function list(title, entries, nobody, pick) {
  return el(
    'div',
    {class: 'people'},
    el('h4', {}, title),
    entries.length === 0
      ? el('p', {class: 'soft'}, nobody)
      : el(
          'ol',
          {},
          entries.map(({city, name, before, after}) =>
            el(
              'li',
              {},
              el('button', {type: 'button', class: 'link', click: () => pick(city)}, name),
              el('span', {class: 'chances'}, el('span', {}, `${pct(before)} → `), el('strong', {}, pct(after))),
              slope(before, after),
            ),
          ),
        ),
  );
}

export function namedCities(comparison, whatIf, policy, pick) {
  const {names} = comparison;
  const {numbers} = policy;
  const entry = city => ({city, name: names[city], before: numbers.without[city], after: numbers.with[city]});
  const funded = new Set(policy.funded);
  const moved = [...names.keys()]
    .filter(i => !funded.has(i))
    .map(entry)
    .sort((a, b) => b.after - b.before - (a.after - a.before));
  const gained = moved.filter(each => each.after - each.before > 0).slice(0, MOST);
  const lost = moved
    .filter(each => each.after - each.before < 0)
    .reverse()
    .slice(0, MOST);
  const left =
    funded.size > 0
      ? list(
          `Funded (${funded.size})`,
          policy.funded.map(entry).sort((a, b) => b.after - b.before - (a.after - a.before)),
          '',
          pick,
        )
      : list('They lose most', lost, 'No city has a lower chance.', pick);
  const right = list(
    funded.size > 0 ? 'They follow: not funded, most moved' : 'They gain most',
    gained,
    'No city has a higher chance.',
    pick,
  );
  const sides = funded.size > 0 || lost.length > 0 ? [left, right] : [right];
  if (gained.length === 0 && funded.size === 0) sides.pop();
  return el(
    'div',
    {class: 'card'},
    el(
      'h3',
      {},
      `Which cities: chance to have ${plain(policy.name)} by ${label(comparison, comparison.time.at(-1))}, before → after`,
    ),
    el('div', {class: 'sides'}, sides),
    funded.size > 0 &&
      lost.length > 0 &&
      lost[0].after - lost[0].before < -0.02 &&
      el(
        'p',
        {class: 'soft'},
        `Lower chances: ${lost
          .slice(0, 5)
          .map(each => `${each.name} (${signed(Math.round(100 * (each.after - each.before)))} points)`)
          .join(', ')}.`,
      ),
    source(comparison.file, ['adoption_chance', ...(funded.size ? ['funded'] : []), 'city_name']),
  );
}

'use strict';
const MOST_BARS = 10, MOST_JSON = 4000, LONG_NAME = 24;
const $ = id => document.getElementById(id);
const el = (tag, text, cls) => {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (cls) e.className = cls;
  return e;
};
const lines = text => text.split('\n').filter(line => line.trim());
const percent = p => (100 * p).toFixed(p < 0.0995 ? 1 : 0) + ' %';

// What each ability asks for, what it sends, and how its answer is shown.
const asks = {
  classify: { what: 'Which label fits a text, or a pair of texts.',
    first: 'Text', second: 'Second text, if the model compares two', example: ['a gripping film', ''],
    body: (a, b) => b.trim() ? { text: a, pair: b } : { text: a },
    show: r => [bars(Object.entries(r.probabilities).sort((x, y) => y[1] - x[1]))] },
  regress: { what: 'A number for a text, or for a pair of texts.',
    first: 'Text', second: 'Second text, if the model compares two', example: ['A man is playing a guitar.', 'Someone plays an instrument.'],
    body: (a, b) => b.trim() ? { text: a, pair: b } : { text: a },
    show: r => [el('div', r.value.toFixed(2), 'big'),
      el('div', 'on a scale from ' + r.minimum + ' to ' + r.maximum, 'note')] },
  answer: { what: 'Where in a text the answer to a question stands.',
    first: 'Text', second: 'Question', example: ['Ada Lovelace wrote the first program in 1843, for a machine that was never built.', 'When was the first program written?'],
    body: (a, b) => ({ question: b, context: a, top: 5 }),
    show: (r, a) => {
      const out = [];
      if (r.answer) {
        const p = el('div', a.slice(0, r.answer.start), 'text');
        p.append(el('mark', r.answer.text), a.slice(r.answer.end));
        out.push(p);
      } else {
        out.push(el('div', 'The model finds no answer in the text.'));
      }
      if (r.candidates.length) out.push(el('div', 'Candidates', 'note'), bars(r.candidates.map(c => [c.text, c.probability])));
      return out;
    } },
  tag: { what: 'A label for every word. Words outside of everything (O) stay plain.',
    first: 'Text', example: ['George Washington went to Washington.'],
    body: a => ({ text: a }),
    show: (r, a) => [marked(a, r.words.filter(w => w.tag !== 'O').map(w => ({ ...w, name: w.tag, title: w.tag + ': ' + percent(w.probability) }))),
      el('div', 'Point at a word for the probability of its label.', 'note')] },
  parse: { what: 'What an utterance wants, and the parts that say it in detail.',
    first: 'Utterance', example: ['Show me flights from San Jose to Boston on Monday.'],
    body: a => ({ text: a }),
    show: (r, a) => [marked(a, r.slots.map(s => ({ ...s, name: s.type, title: s.type + ': ' + percent(s.probability) }))),
      el('div', 'Intent', 'note'), bars(Object.entries(r.probabilities).sort((x, y) => y[1] - x[1]))] },
  rank: { what: 'Which of several documents fits a query best.',
    first: 'Documents, one per line', second: 'Query', example: ['It rained all day in Paris.\nThe new telescope found a planet.\nBread rises because of yeast.', 'What did astronomers see?'],
    body: (a, b) => ({ query: b, documents: lines(a) }),
    show: (r, a, b, all) => {
      const scores = all.map(one => one.score), top = Math.max(...scores);
      const rows = lines(a).map((text, i) => [text, scores[i]]).sort((x, y) => y[1] - x[1]);
      if (rankScores === 'probability') return [bars(rows), el('div', 'How likely each document fits, whatever the others.', 'note')];
      if (rankScores === 'value') {
        return [bars(rows.map(([text, value]) => [text, top > 0 ? value / top : 0, value.toFixed(2)])),
          el('div', 'The number that the model gives the query and each document.', 'note')];
      }
      const parts = scores.map(s => Math.exp(s - top)), sum = parts.reduce((x, y) => x + y, 0);
      return [bars(lines(a).map((text, i) => [text, parts[i] / sum]).sort((x, y) => y[1] - x[1])),
        el('div', 'Shares of the documents, if one of them is right.', 'note')];
    } },
  detect: { what: 'Which tokens look as if another one had stood there.',
    first: 'Text in which tokens may have been replaced', example: ['the chef ate the delicious meal and then cooked it'],
    body: a => ({ text: a }),
    show: (r, a) => {
      const out = el('div', undefined, 'text');
      let at = 0;
      for (const t of r.tokens) {
        if (t.end <= at) continue;
        out.append(a.slice(at, t.start));
        const s = el('span', a.slice(Math.max(at, t.start), t.end), 'token');
        s.style.backgroundColor = 'rgba(224, 49, 49, ' + (0.85 * t.replaced).toFixed(3) + ')';
        s.title = t.token + ': ' + percent(t.replaced);
        out.append(s);
        at = t.end;
      }
      out.append(a.slice(at));
      return [out, el('div', 'The redder a token, the likelier it was replaced. Point at it for the number.', 'note')];
    } },
  'fill-mask': { what: 'What the generator would write for [MASK].',
    first: 'Text with [MASK]', example: ['the [MASK] cooked the meal'],
    body: a => ({ text: a, top: 8 }),
    show: r => r.masks.flatMap((m, i) => {
      const shown = bars(m.map(f => [f.token, f.probability]));
      return r.masks.length > 1 ? [el('div', 'Mask ' + (i + 1), 'note'), shown] : [shown];
    }) },
  embed: { what: 'The meaning of a text as a vector. Models that were only pre-trained are weak at this.',
    first: 'Text', second: 'Text to compare with', example: ['a gripping film', 'an exciting movie'],
    body: (a, b) => b.trim() ? { texts: [a, b], normalize: true } : { text: a },
    show: (r, a, b, all) => {
      const out = [];
      if (all.length === 2) {
        const cosine = all[0].vector.reduce((sum, x, i) => sum + x * all[1].vector[i], 0);
        out.push(el('div', cosine.toFixed(4), 'big'), el('div', 'Cosine of the angle between the two', 'note'));
      }
      out.push(el('div', r.vector.length + ' numbers: ' + r.vector.slice(0, 12).map(x => x.toFixed(4)).join(', ') + (r.vector.length > 12 ? ' …' : ''), 'note'));
      return out;
    } }
};

function bars(rows) {
  const grid = el('div', undefined, 'bars');
  const long = rows.slice(0, MOST_BARS).some(row => row[0].length > LONG_NAME);
  rows.slice(0, MOST_BARS).forEach(([name, p, shown], i) => {
    const first = i === 0 ? ' first' : '';
    const track = el('div', undefined, 'track'), fill = el('div');
    fill.style.width = Math.min(100, Math.max(0, 100 * p)) + '%';
    track.append(fill);
    grid.append(el('div', name, (long ? 'long' : '') + first), track, el('div', shown || percent(p), 'number' + first));
  });
  if (rows.length <= MOST_BARS) return grid;
  const out = el('div');
  out.append(grid, el('div', 'and ' + (rows.length - MOST_BARS) + ' more', 'note'));
  return out;
}

function marked(text, spans) {
  const out = el('div', undefined, 'text');
  let at = 0;
  for (const span of spans) {
    const s = el('span', text.slice(span.start, span.end), 'tagged');
    s.title = span.title;
    s.append(el('small', span.name));
    out.append(text.slice(at, span.start), s);
    at = span.end;
  }
  out.append(text.slice(at));
  return out;
}

let ability, rankScores;
const headers = () => {
  const h = { 'Content-Type': 'application/json' };
  if ($('token').value) h.Authorization = 'Bearer ' + $('token').value;
  return h;
};

async function call(path, body) {
  const response = await fetch(path, body ? { method: 'POST', headers: headers(), body: JSON.stringify(body) } : { headers: headers() });
  const answer = await response.json();
  if (!response.ok) {
    const e = new Error(answer.error.message);
    e.status = response.status;
    throw e;
  }
  return answer;
}

function complain(e) {
  $('result').replaceChildren(el('div', e.status ? e.message : 'The service cannot be reached. Is it still running?', 'error'));
}

function clear() {
  $('result').replaceChildren();
  $('status').textContent = '';
  $('raw').hidden = true;
}

function choose(word) {
  ability = word;
  const ask = asks[word];
  for (const b of $('abilities').children) b.setAttribute('aria-pressed', String(b.textContent === word));
  $('what').textContent = ask.what;
  $('first-label').textContent = ask.first;
  $('second-label').textContent = ask.second || '';
  $('second-row').hidden = !ask.second;
  $('first').value = ask.example[0];
  $('second').value = ask.example[1] || '';
  $('form').hidden = false;
  clear();
}

async function open() {
  try {
    const model = await call('/v1/model');
    $('login').hidden = true;
    $('name').textContent = model.name;
    rankScores = model.rank_scores;
    document.title = model.name + ' – ELECTRA';
    $('facts').textContent = 'An ELECTRA model that reads up to ' + model.max_tokens + ' tokens at a time; longer texts in windows.';
    $('abilities').replaceChildren(...model.can.map(word => {
      const b = el('button', word);
      b.type = 'button';
      b.onclick = () => choose(word);
      return b;
    }));
    choose(model.can[0]);
  } catch (e) {
    $('login').hidden = e.status !== 401;
    if (e.status !== 401 || $('token').value) complain(e);
  }
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

function showRaw(path, body, answer) {
  const token = $('token').value ? ' -H "Authorization: Bearer $TOKEN"' : '';
  const json = JSON.stringify(answer, null, 1);
  $('curl').textContent = 'curl' + token + ' --json ' + quoted(JSON.stringify(body)) + ' ' + location.origin + path;
  $('json').textContent = json.length > MOST_JSON ? json.slice(0, MOST_JSON) + '\n…' : json;
  $('raw').hidden = false;
}

async function ask() {
  const word = ability, asked = asks[word], path = '/v1/' + word, a = $('first').value, b = $('second').value;
  const body = asked.body(a, b), start = performance.now();
  $('go').disabled = true;
  $('status').textContent = 'Asking …';
  try {
    const answer = await call(path, body);
    if (word !== ability) return; // another question was chosen meanwhile
    $('status').textContent = Math.round(performance.now() - start) + ' ms';
    $('result').replaceChildren(...asked.show(answer.results[0], a, b, answer.results));
    showRaw(path, body, answer);
  } catch (e) {
    if (word !== ability) return;
    clear();
    complain(e);
  } finally {
    $('go').disabled = false;
  }
}

$('login').onsubmit = event => {
  event.preventDefault();
  clear();
  open();
};
$('form').onsubmit = event => {
  event.preventDefault();
  ask();
};
$('form').onkeydown = event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !$('go').disabled) {
    event.preventDefault();
    ask();
  }
};
open();

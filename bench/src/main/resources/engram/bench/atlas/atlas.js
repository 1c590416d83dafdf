'use strict';
// An op stays where each word that was typed stands in its name, summary, shapes or formula.
const field = document.getElementById('search');
const count = document.getElementById('count');
const ops = [...document.querySelectorAll('article')];
function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const op of ops) {
    op.hidden = !words.every(word => op.dataset.words.includes(word));
    shown += op.hidden ? 0 : 1;
  }
  count.textContent = words.length ? `${shown} of ${ops.length}` : '';
}
field.addEventListener('input', search);
search();

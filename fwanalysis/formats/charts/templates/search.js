// Search of summaries and evidence: where a text occurs, and showing it without changing the page.
const MOST_HIGHLIGHTS = 2000;
const SHORTEST_QUERY = 2;
const searchTexts = new WeakMap();

function queryPattern() {
  const query = view.query.trim();
  if (query.length < SHORTEST_QUERY) return null;
  const escaped = query
    .replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/['’‘]/g, "['’‘]")
    .replace(/["“”]/g, '["“”]');
  return new RegExp(escaped, 'giu');
}

function textOf(node) {
  if (!searchTexts.has(node)) searchTexts.set(node, node.textContent);
  return searchTexts.get(node);
}

const countIn = (node, pattern) => (textOf(node).match(pattern) ?? []).length;
const summaryNodes = (root) => all('.summary, .remark', root);
const quoteNodes = new Map();
function quoteNode(passage) {
  if (!quoteNodes.has(passage)) quoteNodes.set(passage, passageItem(passage).querySelector('blockquote'));
  return quoteNodes.get(passage);
}

// Return the hits in each cell: {inSummary, passages: Map of passage to its number of hits}.
function findHits(pattern) {
  const inPassages = new Map();
  const hitsOf = (passage) => {
    if (!inPassages.has(passage)) inPassages.set(passage, countIn(quoteNode(passage), pattern));
    return inPassages.get(passage);
  };
  return (cell) => {
    const inSummary = summaryNodes(cell.td).reduce((sum, node) => sum + countIn(node, pattern), 0);
    const passages = new Map(cell.passages.map((passage) => [passage, hitsOf(passage)]).filter(([, hits]) => hits));
    return { inSummary, passages };
  };
}

function rangesIn(root, pattern) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  let length = 0;
  while (walker.nextNode()) {
    texts.push({ node: walker.currentNode, start: length });
    length += walker.currentNode.data.length;
  }
  const place = (offset) => {
    let at = texts.length - 1;
    while (at > 0 && texts[at].start > offset) at -= 1;
    return [texts[at].node, offset - texts[at].start];
  };
  return [...root.textContent.matchAll(pattern)].map((hit) => {
    const range = new Range();
    range.setStart(...place(hit.index));
    const [node, offset] = place(hit.index + hit[0].length - 1);
    range.setEnd(node, offset + 1);
    return range;
  });
}

let matchingCells = [];
function highlight() {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete('hit');
  const pattern = queryPattern();
  if (!pattern) return;
  const roots = [
    ...summaryNodes(byId('panel-content')),
    ...all('blockquote', byId('panel-content')),
    ...summaryNodes(byId('reading')),
    ...matchingCells.flatMap((cell) => summaryNodes(cell.td)),
    ...all('#evidence blockquote'),
  ];
  const ranges = [];
  for (const root of roots) {
    if (ranges.length >= MOST_HIGHLIGHTS) break;
    if (countIn(root, pattern)) ranges.push(...rangesIn(root, pattern));
  }
  CSS.highlights.set('hit', new Highlight(...ranges));
}

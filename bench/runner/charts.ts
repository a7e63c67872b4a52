// Draws an SVG for each workload. Each peer of each row has a bar, and a line from the smallest to the largest
// repetition.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from './group.js';
import { short } from './markdown.js';
import { figure, workloadOf, type PeerName, type Row } from './model.js';
import type { Results, Summary } from './statistics.js';

const WIDTH = 760;
const LABEL_WIDTH = 130;
const VALUE_WIDTH = 90;
const BAR_WIDTH = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
const BAR = 16;
const STEP = 22;
const TITLE = 34;

// Readable on white and on black. The image chooses its own text colour, because the page's colour doesn't apply to it.
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-weight: 600; }
  .bar { fill: #8c959f; }
  .c { fill: #57606a; }
  .rxvirt { fill: #bf3989; }
  .whisker { stroke: #24292f; stroke-width: 1; opacity: 0.6; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .bar { fill: #6e7681; }
    .c { fill: #afb8c1; }
    .rxvirt { fill: #f778ba; }
    .whisker { stroke: #e6edf3; }
  }
`;

/** Writes charts/WORKLOAD.svg for each workload. Returns the paths of the charts, relative to `out`, by workload. */
export function writeCharts(results: Results, rows: Row[], out: string): Map<string, string> {
  mkdirSync(join(out, 'charts'), { recursive: true });
  const paths = new Map<string, string>();
  for (const [workload, ofIt] of groupBy(rows, (row) => workloadOf(row.name))) {
    const path = `charts/${workload}.svg`;
    writeFileSync(join(out, path), chart(results, ofIt));
    paths.set(workload, path);
  }
  return paths;
}

function chart(results: Results, rows: Row[]): string {
  let y = 0;
  const groups: string[] = [];
  for (const row of rows) {
    const bars = barsOf(results, row);
    if (bars.length === 0) continue;
    groups.push(`<g transform="translate(0 ${y})">${group(row, bars)}</g>`);
    y += TITLE + bars.length * STEP + 8;
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}">` +
    `<style>${STYLE}</style>\n${groups.join('\n')}\n</svg>\n`
  );
}

interface Bar {
  peer: PeerName;
  summary: Summary;
}

function barsOf(results: Results, row: Row): Bar[] {
  const [main] = row.figures;
  return row.peers.flatMap((peer) => {
    const summary = main && results.summary(row.name, peer, main);
    return summary ? [{ peer, summary }] : [];
  });
}

function group(row: Row, bars: Bar[]): string {
  const [main = 'cpu_s'] = row.figures;
  const { label, better } = figure(main);
  const largest = Math.max(...bars.map(({ summary }) => summary.max)) || 1;
  const x = (value: number): number => LABEL_WIDTH + Math.round((value / largest) * BAR_WIDTH);
  const title = `<text class="title" x="0" y="20">${escape(row.name)}: ${escape(label)}, ${better} is better</text>`;
  const lines = bars.map(({ peer, summary: { median, min, max } }, i) => {
    const top = TITLE + i * STEP;
    const middle = top + BAR / 2;
    return [
      `<text x="${LABEL_WIDTH - 8}" y="${top + 12}" text-anchor="end">${peer}</text>`,
      `<rect class="bar ${peer}" x="${LABEL_WIDTH}" y="${top}" height="${BAR}" rx="2" ` +
        `width="${Math.max(1, x(median) - LABEL_WIDTH)}"/>`,
      `<line class="whisker" x1="${x(min)}" x2="${x(max)}" y1="${middle}" y2="${middle}"/>`,
      `<text x="${x(max) + 8}" y="${top + 12}">${short(median)}</text>`,
    ].join('');
  });
  return [title, ...lines].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/**
 * The report of one or more runs: one HTML file that needs nothing else. {@link
 * engram.bench.report.Report} reads run folders, {@code src/main/jte} says how the page is built,
 * {@code report.css} and {@code report.js} how it looks and draws its charts.
 */
package engram.bench.report;

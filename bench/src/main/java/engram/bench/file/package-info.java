/**
 * Files in two forms, whatever is in them: YAML options ({@link engram.bench.file.ConfigFile}), and
 * CSV tables written ({@link engram.bench.file.CsvOut}) and read ({@link engram.bench.file.CsvIn}).
 */
package engram.bench.file;

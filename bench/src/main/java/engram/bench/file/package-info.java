/**
 * Files in three forms, whatever is in them: YAML options ({@link engram.bench.file.ConfigFile}),
 * CSV tables written ({@link engram.bench.file.CsvOut}) and read ({@link engram.bench.file.CsvIn}),
 * and any file that is there whole or not at all ({@link engram.bench.file.WholeFile}).
 */
package engram.bench.file;

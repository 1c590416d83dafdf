/**
 * Files in three forms, whatever is in them: YAML options ({@link engram.bench.file.ConfigFile}),
 * CSV tables written ({@link engram.bench.file.CsvOut}) and read ({@link engram.bench.file.CsvIn}),
 * and messages of protocol buffers written ({@link engram.bench.file.Protobuf}).
 */
package engram.bench.file;

/**
 * Out of the house: {@code engram export} writes a trained network as an ONNX file. A {@link
 * engram.bench.export.CheckpointChoice} finds the checkpoint that is meant, {@code LayerNodes}
 * turns its layers into the nodes of a {@code Graph}, {@code Folding} takes batch norms into the
 * convolutions before them, and {@code OnnxFile} writes the graph byte by byte.
 *
 * <p>The file is written here and not by a library: of ONNX's schema a network needs nine messages,
 * a screen of code over {@link engram.bench.file.Protobuf}, whereas the generated classes and the
 * runtime of protocol buffers are 2.3 MB, and the latter warns on every start that it uses what
 * Java is about to take away.
 */
package engram.bench.export;

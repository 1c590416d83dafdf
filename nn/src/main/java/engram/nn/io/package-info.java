/**
 * Networks in files. A {@link engram.nn.io.Checkpoint} is a network as PyTorch names and arranges
 * its tensors; {@link engram.nn.io.SafeTensors} is the file format, tensors by name. The rest reads
 * and writes that format: {@code SafeTensorsHeader} its JSON, {@code SafeTensorsReader} and {@code
 * SafeTensorsWriter} the bytes, {@code Dtype} the types of numbers. What is wrong with a file is
 * said by a {@link engram.nn.io.SafeTensorsException} that names file, place and rule.
 */
package engram.nn.io;

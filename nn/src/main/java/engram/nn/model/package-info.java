/**
 * Networks that are there to be used, each for data of any shape that fits: {@link
 * engram.nn.model.Models} finds them by name. {@link engram.nn.model.SimpleCnn} is the one to read
 * first, {@code ResNet} shows how layers nest.
 *
 * <p>{@link engram.nn.model.NetworkText} is networks in words: {@code LayerParser} reads them from
 * {@code Words}, {@code LayerWriter} writes them, both with {@code InitWords} for first values, and
 * {@code Budget} says how large a network may be.
 */
package engram.nn.model;

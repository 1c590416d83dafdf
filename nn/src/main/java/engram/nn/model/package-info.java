/**
 * Networks that are there to be used, each for data of any shape that fits: {@link
 * engram.nn.model.Models} finds them by name. {@link engram.nn.model.SimpleCnn} is the one to read
 * first.
 */
package engram.nn.model;

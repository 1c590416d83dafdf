/**
 * MNIST and what has its form. {@link engram.data.idx.Mnist} finds the four files by {@code
 * MnistFiles}, reads each as an {@code IdxFile} and joins images with labels; {@link
 * engram.data.idx.MnistForm} says what tells the members of the family apart.
 */
package engram.data.idx;
